import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import type { Response } from 'superagent';
import { furnish, MACHINES } from '../testing/cast';
import { eachLab } from '../testing/each-lab';
import { routesOf } from '../testing/route-table';
import type { TestLab } from '../testing/test-lab';

const MAIL_PASSWORD = 'xyzzy-mail-password';
/** Streams have no end; the pages of the web app are not built here. */
const LEFT_ALONE = /live$|^\/api\/docs|^(?!\/api\/v1)/;
/** Columns in which something secret is kept, as it is or as what guards it. */
const SECRET_COLUMN = /password_hash|token_hash|refresh_hash|key_hash|code_hash|secret|sealed/;
/** Who was here last: noted by the request as such, whatever its method. */
const NOTED_BY_REQUESTS = /^(last_used_at|last_seen_at|last_ip|ip)$/;

type Rows = Record<string, string | number | boolean | null>[];

async function tablesOf(lab: TestLab): Promise<string[]> {
  const isPostgres = lab.settings.database.location.kind === 'postgres';
  const rows = await lab.rows<{ name: string }>(
    isPostgres
      ? "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
      : "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  );
  return rows.map(({ name }) => name).sort();
}

async function contentOf(lab: TestLab): Promise<Map<string, Rows>> {
  const content = new Map<string, Rows>();
  for (const table of await tablesOf(lab)) {
    content.set(table, await lab.rows(`SELECT * FROM ${table}`));
  }
  return content;
}

/** The same without the trail and without what every request notes, in an order of its own. */
function comparable(content: Map<string, Rows>): Record<string, string[]> {
  const tables = [...content].filter(([table]) => !table.startsWith('audit_'));
  const told = tables.map(([table, rows]) => {
    const lines = rows.map((row) =>
      JSON.stringify(Object.entries(row).filter(([name]) => !NOTED_BY_REQUESTS.test(name))),
    );
    return [table, lines.sort()] as const;
  });
  return Object.fromEntries(told);
}

/** What an answer says, of workbooks the cells. */
async function textOf({ body, headers, text }: Response): Promise<string> {
  if (!Buffer.isBuffer(body)) return text ?? JSON.stringify(body);
  if (!String(headers['content-type']).includes('spreadsheet')) return body.toString('utf8');
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(body as unknown as ArrayBuffer);
  return JSON.stringify(workbook.worksheets.map((sheet) => sheet.getSheetValues()));
}

eachLab(
  async (lab) => {
    await furnish(lab);
  },
  (scene) => {
    const shown: string[] = [];

    /** Everything secret that a lab can have. */
    beforeAll(async () => {
      const { api } = scene;
      const key = await api
        .post('api-keys', { name: 'Door', permissions: ['read'], days: 1 })
        .expect(201);
      const account = await api.post('board-accounts', { machineId: MACHINES.laser }).expect(201);
      const link = await api
        .post(`members/${api.memberId}/password-link`, { how: 'show' })
        .expect(200);
      const factor = await api.post('auth/second-factor', {}).expect(200);
      shown.push(
        (key.body as { key: string }).key,
        (account.body as { password: string }).password,
        (link.body as { path: string }).path.split('#')[1] ?? '',
        (factor.body as { secret: string }).secret,
      );
    });

    it('[B2] [B8] [S6] no GET changes anything, and none tells a secret', async () => {
      const { lab, api } = scene;
      const before = await contentOf(lab);
      const guarded = [...before].flatMap(([, rows]) =>
        rows.flatMap((row) =>
          Object.entries(row)
            .filter(([name, value]) => SECRET_COLUMN.test(name) && value !== null)
            .map(([, value]) => String(value)),
        ),
      );
      const { jwtSecret } = JSON.parse(
        readFileSync(join(lab.settings.data.folder, 'secrets.json'), 'utf8'),
      ) as { jwtSecret: string };
      const secrets = [...guarded, ...shown, jwtSecret, MAIL_PASSWORD];
      // Passwords of members, the session, the link, the key, the board, the second factor.
      expect(guarded.length).toBeGreaterThan(5);
      for (const secret of secrets) expect(secret.length).toBeGreaterThan(9);

      const told: string[] = [];
      let answered = 0;
      for (const { method, path } of routesOf(lab)) {
        if (method !== 'GET' || LEFT_ALONE.test(path)) continue;
        for (const id of [String(MACHINES.laser), String(api.memberId)]) {
          const address = path.replace('/api/v1/', '').replace(/:\w+/g, id);
          const answer = await api
            .get(address)
            .buffer(true)
            .parse((response, done) => {
              const parts: Buffer[] = [];
              response.on('data', (part: Buffer) => parts.push(part));
              response.on('end', () => done(null, Buffer.concat(parts)));
            });
          if (answer.status === 200) answered += 1;
          const text = await textOf(answer);
          const found = secrets.filter((secret) => text.includes(secret));
          if (found.length > 0 || /"password_?hash"/i.test(text)) told.push(address);
        }
      }
      expect(told).toEqual([]);
      expect(answered).toBeGreaterThan(70);
      const after = await contentOf(lab);
      expect(comparable(after)).toEqual(comparable(before));
      // That somebody took the log along is recorded, and nothing else.
      const entries = (after.get('audit_entries') ?? []).slice(before.get('audit_entries')?.length);
      expect([...new Set(entries.map(({ action }) => action))]).toEqual(['download-log']);
    }, 120_000);
  },
  () =>
    Promise.resolve({
      environment: {
        FABOMATIC_MQTT_BOARD_ACCOUNTS: 'optional',
        FABOMATIC_EMAIL_SERVER: '127.0.0.1',
        FABOMATIC_EMAIL_USERNAME: 'lab',
        FABOMATIC_EMAIL_PASSWORD: MAIL_PASSWORD,
      },
    }),
);
