import ExcelJS from 'exceljs';
import request from 'supertest';
import { furnish, MACHINES } from '../testing/cast';
import { eachLab } from '../testing/each-lab';
import { queriesOf } from '../testing/query-count';

const { laser, lathe } = MACHINES;
const HOUR = 3600;
const FORMULA = '=HYPERLINK("http://evil.example";"x")';
const NAMES = [
  'authorizations',
  'boards',
  'interventions',
  'machine-types',
  'machines',
  'maintenance-plans',
  'members',
  'roles',
  'unrecognized-cards',
  'uses',
];

eachLab(
  async (lab) => {
    await furnish(lab);
    await lab.lab.changeUses(async (db) => {
      const [ada] = await db.query<{ id: number }>(
        "SELECT id FROM members WHERE first_name = 'Ada'",
      );
      const member_id = ada?.id ?? null;
      // More than one chunk of the database and more than one page of a list.
      for (let n = 0; n < 1200; n++) {
        const started_at = Date.parse('2026-07-01T10:00:00Z') / 1000 + n * 2 * HOUR;
        await db.insert('uses', {
          machine_id: n % 3 === 0 ? laser : lathe,
          member_id,
          started_at,
          last_seen_at: started_at + HOUR + 90,
          ended_at: started_at + HOUR + 90,
          duration_s: HOUR + 90,
          authorized: true,
          closed_by: 'stop',
        });
      }
      for (let n = 0; n < 250; n++) {
        const last_name = n === 0 ? '@SUM(1)' : 'Many';
        const first_name = n === 0 ? FORMULA : `Member ${n}`;
        await db.insert('members', { first_name, last_name, role_id: 1, created_at: 1e9 });
      }
      const plan = await db.insert('maintenance_plans', {
        machine_id: laser,
        description: '+cmd|calc',
        interval_s: 36_000,
        created_at: 1,
      });
      const done_at = Date.parse('2026-01-05T09:30:00Z') / 1000;
      for (const machine_id of [laser, lathe]) {
        await db.insert('interventions', { plan_id: plan, machine_id, member_id, done_at });
      }
    });
  },
  (scene) => {
    const download = async (path: string, language = 'en') => {
      const answer = await request(scene.lab.app.getHttpServer())
        .get(`/api/v1/exports/${path}`)
        .set('Authorization', `Bearer ${scene.api.token}`)
        .set('Accept-Language', language)
        .buffer(true)
        .parse((response, done) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () => done(null, Buffer.concat(parts)));
        })
        .expect(200);
      return answer;
    };
    const rowsOf = async (path: string, language = 'en') => {
      const answer = await download(path, language);
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.load(answer.body as ArrayBuffer);
      const [sheet] = workbook.worksheets;
      if (!sheet) throw new Error('no sheet');
      const [head, ...rows] = sheet.getSheetValues().slice(1) as unknown[][];
      const heads = (head ?? []).slice(1).map(String);
      return {
        sheet,
        heads,
        rows: rows.map((row) => Object.fromEntries(heads.map((name, at) => [name, row[at + 1]]))),
      };
    };

    it.each(NAMES)(
      '[B16][C2] %s.xlsx opens, with a heading and the day in its name',
      async (name) => {
        const answer = await download(`${name}.xlsx`);
        const disposition = String(answer.headers['content-disposition']);
        expect(disposition).toMatch(new RegExp(`filename="${name}-\\d{4}-\\d\\d-\\d\\d\\.xlsx"`));
        const { heads } = await rowsOf(`${name}.xlsx`);
        expect(heads.length).toBeGreaterThan(3);
        expect(heads).not.toContain('undefined');
      },
    );

    it('[33][43][B16] uses: all pages of the filtered list, dates of the lab, names beside ids', async () => {
      const { rows, heads, sheet } = await rowsOf(`uses.xlsx?machineId=${lathe}&sort=startedAt`);
      expect(heads).toEqual(
        expect.arrayContaining(['Machine no.', 'Machine', 'Member', 'Duration']),
      );
      expect(rows).toHaveLength(800);
      expect(rows[0]).toMatchObject({
        Machine: 'lathe',
        'Machine no.': lathe,
        Member: 'Ada Test',
        // 12:00 UTC in summer.
        Start: new Date('2026-07-01T14:00:00Z'),
        'Duration (s)': HOUR + 90,
        'Sent later': 'no',
        'Ended by': 'member',
      });
      const first = sheet.getRow(2);
      const hours = first.getCell(heads.indexOf('Duration') + 1);
      expect(hours.numFmt).toBe('[h]:mm');
      expect(first.getCell(heads.indexOf('Start') + 1).numFmt).toBe('yyyy-mm-dd hh:mm:ss');
      const starts = rows.map((row) => (row['Start'] as Date).getTime());
      expect(starts).toEqual([...starts].sort((a, b) => a - b));
      expect((await rowsOf('uses.xlsx?q=nobody')).rows).toEqual([]);
      const half = await rowsOf('uses.xlsx?from=2026-08-01T00:00:00Z&to=2026-08-02T00:00:00Z');
      expect(half.rows).toHaveLength(12);
    });

    it('[28][S15][B8] members: every page, and nothing secret', async () => {
      const { rows, heads } = await rowsOf('members.xlsx?pageSize=10&page=2');
      expect(rows.length).toBeGreaterThan(255);
      expect(heads.join()).not.toMatch(/password|hash/i);
      const hashes = await scene.lab.rows<{ password_hash: string }>(
        'SELECT password_hash FROM members WHERE password_hash IS NOT NULL',
      );
      const content = JSON.stringify(rows);
      expect(hashes.length).toBeGreaterThan(0);
      for (const { password_hash } of hashes) expect(content).not.toContain(password_hash);
      expect((await rowsOf('members.xlsx?q=many')).rows).toHaveLength(249);
    });

    it('[47] authorisations: what the filter says', async () => {
      const { rows } = await rowsOf(`authorizations.xlsx?machineId=${laser}&sort=-member`);
      expect(rows.map((row) => row['Member'])).toEqual(['Eve Test', 'Ada Test']);
    });

    it('[51] interventions: what the filter says, names beside ids, dates of the lab', async () => {
      const { rows } = await rowsOf(`interventions.xlsx?machineId=${laser}`);
      expect(rows).toMatchObject([
        {
          Plan: '+cmd|calc',
          Machine: 'laser',
          'Machine no.': laser,
          Member: 'Ada Test',
          // 9:30 UTC in winter.
          Done: new Date('2026-01-05T10:30:00Z'),
          'Sent later': 'no',
        },
      ]);
      expect((await rowsOf('interventions.xlsx')).rows).toHaveLength(2);
    });

    it('a text that begins like a formula stays a text', async () => {
      const { sheet, heads } = await rowsOf('members.xlsx?q=HYPERLINK');
      const cell = sheet.getRow(2).getCell(heads.indexOf('First name') + 1);
      expect(cell.type).not.toBe(ExcelJS.ValueType.Formula);
      expect(cell.value).toBe(FORMULA);
      const plans = await rowsOf('maintenance-plans.xlsx');
      expect(plans.rows[0]?.['Description']).toBe('+cmd|calc');
    });

    it('heads are in the language of the one who asks', async () => {
      expect((await rowsOf('machines.xlsx', 'it-IT,it;q=0.9')).heads).toContain('Nome');
      expect((await rowsOf('machines.xlsx?lang=de', 'it')).heads).toContain('Bezeichnung');
      expect((await rowsOf('machines.xlsx', 'pt')).heads).toContain('Name');
      await scene.api.get('exports/machines.xlsx?lang=xx').expect(422);
    });

    it('is refused as the list is', async () => {
      const { body } = await scene.api.get('exports/uses.xlsx?from=yesterday').expect(422);
      expect(body).toMatchObject({ fields: { from: 'field.invalid' } });
      await scene.api.get('exports/uses.xlsx?colour=red').expect(422);
      await scene.api.get('exports/nothing.xlsx').expect(404);
      await request(scene.lab.app.getHttpServer()).get('/api/v1/exports/uses.xlsx').expect(401);
      await (await scene.as('read-only')).get('exports/uses.xlsx').expect(200);
    });

    it('[B14] uses are read in one go, whatever their number', async () => {
      const none = await queriesOf(scene.lab, () =>
        download('uses.xlsx?from=2099-01-01T00:00:00Z'),
      );
      expect(await queriesOf(scene.lab, () => download('uses.xlsx'))).toBe(none);
    });
  },
);
