import type { NewApiKeyView } from '@fabomatic/members';
import { eachLab } from '../testing/each-lab';
import { until } from '../testing/test-lab';

eachLab(
  async () => undefined,
  (scene) => {
    const create = async (body: object): Promise<NewApiKeyView> =>
      (await scene.api.post('api-keys', { days: 30, ...body }).expect(201)).body as NewApiKeyView;

    it('a key is shown once, opens what it was given, and stands in the trail by its name', async () => {
      const made = await create({ name: 'Door', permissions: ['machines', 'read'] });
      expect(made).toMatchObject({
        key: expect.stringMatching(/^fab_[\w-]{43}$/),
        permissions: ['read', 'machines'],
        state: 'good',
        createdBy: 'Pat admin',
        lastUsedAt: null,
      });
      const stored = JSON.stringify(await scene.lab.rows('SELECT * FROM api_keys'));
      expect(stored).not.toContain(made.key);
      expect((await scene.api.get(`api-keys/${made.id}`)).body).not.toHaveProperty('key');

      const program = scene.api.with(made.key);
      await program.get('machines').expect(200);
      await program.get('me').expect(403);
      await program.post('members/1/password-link').expect(403);
      await program.post('machine-types', { name: 'By a key' }).expect(201);
      const [entry] = await scene.lab.rows<{ actor_id: number; details_json: string }>(
        "SELECT actor_id, details_json FROM audit_entries WHERE actor_kind = 'api-key'",
      );
      expect(entry?.actor_id).toBe(made.id);
      expect(JSON.parse(entry?.details_json ?? '')).toMatchObject({ actorName: 'Door' });
      await until(async () => {
        const { body } = await scene.api.get(`api-keys/${made.id}`);
        return (body as { lastUsedAt: string | null }).lastUsedAt !== null;
      });
    });

    it('a key that is revoked or too old opens nothing, and stays in the list', async () => {
      const [revoked, old] = [
        await create({ name: 'Revoked', permissions: ['read'] }),
        await create({ name: 'Old', permissions: ['read'] }),
      ];
      await scene.api.delete(`api-keys/${revoked.id}`).expect(204);
      await scene.api.delete(`api-keys/${revoked.id}`).expect(204);
      await scene.lab.change((db) =>
        db.execute('UPDATE api_keys SET expires_at = 1 WHERE id = ?', [old.id]),
      );
      for (const { key } of [revoked, old]) {
        await scene.api.with(key).get('machines').expect(401);
      }
      await scene.api.with('fab_x').get('machines').expect(401);
      const list = async (query: string) => {
        const { body } = await scene.api.get(`api-keys?${query}`).expect(200);
        return (body as { items: { name: string }[] }).items.map(({ name }) => name);
      };
      expect(await list('state=revoked')).toEqual(['Revoked']);
      expect(await list('state=expired&q=o')).toEqual(['Old']);
      expect(await list('sort=-createdAt')).toEqual(['Old', 'Revoked', 'Door']);
    });

    it('a key makes no keys, and people without administration neither', async () => {
      const { key } = await create({ name: 'All', permissions: ['admin'] });
      await scene.api.with(key).get('api-keys').expect(403);
      await scene.api
        .with(key)
        .post('api-keys', { name: 'x', permissions: ['read'], days: 1 })
        .expect(403);
      await (await scene.as('machines')).get('api-keys').expect(403);
    });

    it.each<[string, object, string]>([
      ['no name', { permissions: ['read'], days: 1 }, 'name'],
      ['no permission', { name: 'x', permissions: [], days: 1 }, 'permissions'],
      [
        'a permission for members only',
        { name: 'x', permissions: ['self'], days: 1 },
        'permissions.0',
      ],
      ['no end', { name: 'x', permissions: ['read'] }, 'days'],
      ['too late an end', { name: 'x', permissions: ['read'], days: 367 }, 'days'],
    ])('refuses %s', async (_, body, field) => {
      const answer = await scene.api.post('api-keys', body).expect(422);
      expect(Object.keys((answer.body as { fields: object }).fields)).toEqual([field]);
    });
  },
);
