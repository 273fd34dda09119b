import { eachLab } from '../testing/each-lab';
import type { TestApi } from '../testing/test-api';

eachLab(
  async () => undefined,
  (scene) => {
    let ann: TestApi;
    let bob: TestApi;

    beforeAll(async () => {
      [ann, bob] = [await scene.as('none'), await scene.as('none')];
      await scene.lab.change(async (db) => {
        for (const [place, { memberId }] of [ann, bob].entries()) {
          const uid = `0badf00${place}`;
          await db.insert('cards', { member_id: memberId, uid, created_at: 1 });
          await db.insert('authorizations', {
            member_id: memberId,
            machine_id: 1,
            created_at: 1_700_000_000,
          });
          for (const started_at of [1_700_000_000, 1_700_010_000]) {
            await db.insert('uses', {
              machine_id: 1,
              member_id: memberId,
              card_uid: uid,
              started_at,
              last_seen_at: started_at + 60,
              ended_at: started_at + 60,
              duration_s: 60,
              authorized: true,
            });
          }
        }
      });
    });

    it('a member without access to the portal sees what is theirs', async () => {
      expect((await ann.get('me').expect(200)).body).toMatchObject({
        id: ann.memberId,
        firstName: 'Pat',
        mayUseAllMachines: false,
        cards: 1,
        authorizations: 1,
        uses: 2,
        lab: { name: 'FabLab', timezone: expect.any(String) },
      });
      expect((await ann.get('me/summary').expect(200)).body).toMatchObject({
        uses: 2,
        durationS: 120,
        machines: [{ machineName: 'MACHINE1', uses: 2, durationS: 120 }],
        authorizations: [{ machineName: 'MACHINE1' }],
      });
      expect((await ann.get('me/cards').expect(200)).body).toMatchObject({
        items: [{ uid: '0badf000', revokedAt: null }],
        total: 1,
      });
      expect((await ann.get('me/authorizations').expect(200)).body).toMatchObject({
        items: [{ machineId: 1, machineName: 'MACHINE1', isBlocked: false }],
        total: 1,
      });
      expect((await ann.get('me/uses?pageSize=1').expect(200)).body).toEqual({
        items: [
          {
            id: expect.any(Number),
            machineName: 'MACHINE1',
            startedAt: '2023-11-15T01:00:00.000Z',
            endedAt: '2023-11-15T01:01:00.000Z',
            durationS: 60,
            isEstimated: false,
          },
        ],
        total: 2,
        page: 1,
        pageSize: 1,
      });
    });

    it('and nothing of others, whatever is asked', async () => {
      for (const path of ['me/cards', 'me/uses', 'me/authorizations']) {
        await ann.get(`${path}?memberId=${bob.memberId}`).expect(422);
      }
      const summary = await bob.get(`me/summary?memberId=${ann.memberId}`).expect(200);
      expect(summary.body).toMatchObject({ uses: 2, durationS: 120 });
      expect((await ann.get('me').expect(200)).text).not.toContain('password');
      for (const path of ['members', 'machines', 'uses', 'dashboard', 'live']) {
        const { body } = await ann.get(path).expect(403);
        expect(body).toMatchObject({ code: 'auth.forbidden' });
      }
    });

    it('chooses the language, and only the languages that there are [S18]', async () => {
      const { body } = await ann.get('me').expect(200);
      const { version } = body as { version: number };
      await ann.patch('me', { version, language: 'zz' }).expect(422);
      await ann.patch('me', { version, language: 'it', roleId: 1 }).expect(422);
      const changed = await ann.patch('me', { version, language: 'it' }).expect(200);
      expect(changed.body).toMatchObject({ language: 'it', version: version + 1 });
      await ann.patch('me', { version, language: 'de' }).expect(409);
    });
  },
);
