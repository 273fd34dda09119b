import { type AuditEntryView, type AuditVerificationView } from '@fabomatic/system';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReadDb } from '../database/db';
import { eachLab } from '../testing/each-lab';
import { queriesOf } from '../testing/query-count';
import { until } from '../testing/test-lab';
import { AuditService } from './audit.service';

interface Row {
  id: number;
}

eachLab(
  async () => undefined,
  (scene) => {
    const list = async (query = '') =>
      (await scene.api.get(`audit?${query}`).expect(200)).body as {
        items: AuditEntryView[];
        total: number;
      };
    const checked = async (): Promise<AuditVerificationView> => {
      await scene.api.post('audit/verification').expect(202);
      let found: AuditVerificationView | undefined;
      await until(async () => {
        found = (await scene.api.get('audit/verification').expect(200))
          .body as AuditVerificationView;
        return found.state !== 'running';
      });
      if (found === undefined) throw new Error('not asked');
      return found;
    };
    const tamper = (sql: string, params: (string | number)[] = []) =>
      scene.lab.change((db) => db.execute(sql, params));

    it('[20] [B20] a change tells who, what, on what, before and after, from where and when', async () => {
      const { body } = await scene.api.post('machine-types', { name: 'Lasers' }).expect(201);
      const { id, version } = body as { id: number; version: number };
      const changed = await scene.api
        .patch(`machine-types/${id}`, { version, name: 'Laser cutters', timeoutMin: 30 })
        .expect(200);
      const { items } = await list(`subject=machine-type&subjectId=${id}`);
      expect(items.map(({ action }) => action)).toEqual(['update', 'create']);
      expect(items[0]).toMatchObject({
        actorKind: 'member',
        actorId: scene.api.memberId,
        actorName: 'Pat admin',
        subject: 'machine-type',
        subjectId: id,
        subjectName: 'Laser cutters',
        ip: expect.stringMatching(/127\.0\.0\.1/),
        correlationId: changed.get('x-correlation-id'),
        isErased: false,
        fieldCount: 2,
      });
      expect(items[0]?.fields).toEqual([
        { field: 'name', before: 'Lasers', after: 'Laser cutters' },
        { field: 'timeoutMin', before: expect.any(Number), after: 30 },
      ]);
      // In a list only some of the fields of a new record.
      expect(items[1]?.fields).toHaveLength(3);
      const whole = await scene.api.get(`audit/${items[1]?.id}`).expect(200);
      const { fields, fieldCount } = whole.body as AuditEntryView;
      expect(fieldCount).toBeGreaterThan(3);
      expect(fields).toHaveLength(fieldCount);
      await scene.api.get('audit/999999').expect(404);
    });

    it('filters by who, what, which record and when, and searches names and correlation ids', async () => {
      const { body } = await scene.api
        .post('api-keys', { name: 'Door 100%', permissions: ['machines'], days: 1 })
        .expect(201);
      const { id, key } = body as { id: number; key: string };
      await scene.api.with(key).post('machine-types', { name: 'By a program' }).expect(201);

      const byKey = await list('actorKind=api-key');
      expect(byKey.items).toMatchObject([{ actorName: 'Door 100%', subjectName: 'By a program' }]);
      expect((await list(`actorKind=api-key&actorId=${id}`)).total).toBe(1);
      expect((await list('actorKind=api-key&actorId=999')).total).toBe(0);
      expect((await list('subject=api-key&action=create')).total).toBe(1);
      // The key as what was made, and as who made the type.
      expect((await list('q=door 100%25')).items.map(({ subject }) => subject)).toEqual([
        'machine-type',
        'api-key',
      ]);
      expect((await list('q=by a prog')).total).toBe(1);
      const correlation = byKey.items[0]?.correlationId ?? '';
      expect((await list(`q=${correlation}`)).items).toMatchObject([{ id: byKey.items[0]?.id }]);
      expect((await list(`q=pat&subject=machine-type&actorKind=member`)).total).toBe(2);
      expect((await list('from=2100-01-01T00:00:00Z')).total).toBe(0);
      expect((await list('to=2100-01-01T00:00:00Z')).total).toBe((await list()).total);
      const newest = (await list()).items.map((entry) => entry.id);
      expect(newest).toEqual([...newest].sort((one, other) => other - one));
      expect((await list('sort=at')).items[0]?.id).toBe(newest.at(-1));
      const [first, second] = [await list('pageSize=1'), await list('pageSize=1&page=2')];
      expect([first.items[0]?.id, second.items[0]?.id]).toEqual(newest.slice(0, 2));
      expect((await list('pageSize=1&page=999')).items).toEqual([]);
      await scene.api.get('audit?action=nonsense').expect(422);
    });

    it('[B20] reads the same number of statements whatever the page', async () => {
      const queries = (query: string) => queriesOf(scene.lab, () => list(query));
      expect(await queries('pageSize=1')).toBe(await queries('pageSize=200'));
      expect(await queries('q=a&pageSize=1')).toBe(await queries('q=pat&pageSize=200'));
      expect(await queries('q=pat')).toBe((await queries('')) + 1);
    });

    it('[B1] only administrators read, check and export it', async () => {
      const editor = await scene.as('members');
      for (const path of ['audit', 'audit/1', 'audit/verification', 'exports/audit.xlsx']) {
        await editor.get(path).expect(403);
      }
      await editor.post('audit/verification').expect(403);
    });

    it('[B8] holds no secret of a login, a key or the settings', async () => {
      const stored = JSON.stringify(await scene.lab.rows('SELECT * FROM audit_entries'));
      expect(stored).not.toContain(scene.api.login.password);
      expect(stored).not.toMatch(/scrypt:|\$argon2|fab_[\w-]{43}/);
    });

    it('says that the chain holds, also while others write', async () => {
      const write = async () => {
        for (let n = 0; n < 20; n++) {
          await scene.api.post('machine-types', { name: `Meanwhile ${n}` }).expect(201);
        }
      };
      const [check] = await Promise.all([checked(), write()]);
      expect(check).toMatchObject({ state: 'holds', brokenAt: null, how: null });
      const [{ n } = { n: 0 }] = await scene.lab.rows<{ n: number }>(
        'SELECT COUNT(*) AS n FROM audit_entries',
      );
      expect(await checked()).toMatchObject({ state: 'holds', checked: Number(n) });
    });

    describe('with a trail that somebody wrote to past the portal', () => {
      let before: Record<string, string | number | null>[] = [];
      let third = 0;
      beforeEach(async () => {
        before = await scene.lab.rows('SELECT * FROM audit_entries ORDER BY id');
        third = Number(before[2]?.['id']);
      });
      /** The rows as they were. */
      afterEach(async () => {
        await scene.lab.change(async (db) => {
          await db.execute('DELETE FROM audit_entries');
          for (const row of before) await db.insert('audit_entries', row);
        });
        expect(await checked()).toMatchObject({ state: 'holds' });
      });

      it.each<[string, string]>([
        ['who', 'actor_id = 4711'],
        ['what', "action = 'delete'"],
        ['when', 'at = at + 1'],
        ['the details', `details_json = REPLACE(details_json, 'Pat', 'Sam')`],
        ['the digest as well', "details_json = '{}', details_digest = 'x'"],
        ['its own hash', "hash = 'forged'"],
      ])('finds an entry whose %s was changed', async (_, change) => {
        await tamper(`UPDATE audit_entries SET ${change} WHERE id = ?`, [third]);
        expect(await checked()).toMatchObject({ state: 'broken', brokenAt: third, how: 'changed' });
      });

      it('finds an entry that was taken out, at the one behind it', async () => {
        await tamper('DELETE FROM audit_entries WHERE id = ?', [third]);
        const behind = Number(before[3]?.['id']);
        expect(await checked()).toMatchObject({
          brokenAt: behind,
          how: 'out-of-order',
          checked: 2,
        });
      });

      it('finds an entry that was taken out, also when the one behind it was told to follow another', async () => {
        const behind = Number(before[3]?.['id']);
        await tamper('DELETE FROM audit_entries WHERE id = ?', [third]);
        await tamper('UPDATE audit_entries SET previous_hash = ? WHERE id = ?', [
          String(before[1]?.['hash']),
          behind,
        ]);
        expect(await checked()).toMatchObject({ brokenAt: behind, how: 'changed' });
      });

      it('finds two entries that changed places', async () => {
        const fourth = Number(before[3]?.['id']);
        for (const [from, to] of [
          [third, 900_000],
          [fourth, third],
          [900_000, fourth],
        ] as const) {
          await tamper('UPDATE audit_entries SET id = ? WHERE id = ?', [to, from]);
        }
        expect(await checked()).toMatchObject({ brokenAt: third, how: 'out-of-order' });
      });

      it('finds that the newest entries were cut off', async () => {
        const last = Number(before.at(-1)?.['id']);
        await tamper('DELETE FROM audit_entries WHERE id >= ?', [last - 1]);
        expect(await checked()).toMatchObject({ brokenAt: last - 1, how: 'cut-off' });
      });

      it('finds that all were taken out', async () => {
        await tamper('DELETE FROM audit_entries');
        expect(await checked()).toMatchObject({ brokenAt: 1, how: 'cut-off', checked: 0 });
      });
    });

    it('[S21] what is erased with a member leaves its entry, and the chain', async () => {
      const role = (await scene.api.post('roles', { name: 'Guests' }).expect(201)).body as Row;
      const { body } = await scene.api
        .post('members', { firstName: 'Erika', lastName: 'Gone', roleId: role.id })
        .expect(201);
      const { id } = body as Row;
      await scene.lab.change((db) =>
        scene.lab.app.get(AuditService).forget(db, id, ['Erika Gone']),
      );
      const { items } = await list(`subject=member&subjectId=${id}`);
      expect(items).toMatchObject([
        { isErased: true, actorName: null, subjectName: null, ip: null, fields: [], fieldCount: 0 },
      ]);
      expect(await scene.lab.app.get(AuditService).verify(scene.lab.app.get(ReadDb))).toMatchObject(
        {
          ok: true,
        },
      );
    });
  },
);

/** A statement of the product that changes rows of the trail, and where it may stand. */
const WRITES =
  /(?:UPDATE|DELETE FROM|TRUNCATE(?: TABLE)?|REPLACE INTO|INSERT INTO)\s+audit_entries|(?:updateVersioned|insert)\(\s*[^)]*'audit_entries'/g;

test('[B20] nothing in the product changes or deletes entries but the erasure of a member', () => {
  const root = join(__dirname, '..');
  const found = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(spec|fixture)\.ts$/.test(file))
    .flatMap((file) => {
      const statements = readFileSync(join(root, file), 'utf8').match(WRITES) ?? [];
      return statements.map((statement) => `${file}: ${statement.replace(/\s+/g, ' ')}`);
    });
  expect(found.sort()).toEqual([
    'audit/audit.service.ts: UPDATE audit_entries',
    'audit/audit.service.ts: UPDATE audit_entries',
    "audit/audit.service.ts: insert('audit_entries'",
  ]);
  const service = readFileSync(join(__dirname, 'audit.service.ts'), 'utf8');
  const changes = service.match(/UPDATE audit_entries SET \w+ = \w+/g);
  expect(changes).toEqual([
    'UPDATE audit_entries SET details_json = NULL',
    'UPDATE audit_entries SET details_json = NULL',
  ]);
});
