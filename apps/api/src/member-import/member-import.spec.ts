import { setTimeout as sleep } from 'node:timers/promises';
import { deflateRawSync } from 'node:zlib';
import type { MemberImportPreview } from '@fabomatic/members';
import ExcelJS from 'exceljs';
import request from 'supertest';
import { CARDS, furnish, MACHINES } from '../testing/cast';
import { eachLab } from '../testing/each-lab';
import { TestApi } from '../testing/test-api';
import { TestLab } from '../testing/test-lab';
import { readSheet } from './sheet-worker';
import { type WorkbookEdits, workbookOf } from './workbook.fixture';

const CSV = 'members.csv';
type Cell = string | number | ExcelJS.CellValue;

function send(
  lab: TestLab,
  api: TestApi,
  path: string,
  content: Buffer | string,
  plan: object = {},
) {
  return request(lab.app.getHttpServer())
    .post(`/api/v1/members/import${path}`)
    .set('Authorization', `Bearer ${api.token}`)
    .field('plan', JSON.stringify({ columns: null, ...plan }))
    .attach('file', Buffer.from(content), CSV);
}

async function xlsx(rows: Cell[][]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet('Members').addRows(rows);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** A zip with one part that tells a lie about its size. */
function bomb(): Buffer {
  const packed = deflateRawSync(Buffer.alloc(80 * 1024 * 1024));
  const name = Buffer.from('xl/worksheets/sheet1.xml');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(100, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(100, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + packed.length, 16);
  return Buffer.concat([local, name, packed, entry, name, end]);
}

/** The longest that anybody waits in three seconds, in milliseconds. */
async function slowestAnswer(lab: TestLab): Promise<number> {
  let slowestMs = 0;
  for (let n = 0; n < 30; n++) {
    await sleep(100);
    const startMs = performance.now();
    await request(lab.app.getHttpServer()).get('/healthz').expect(200);
    slowestMs = Math.max(slowestMs, performance.now() - startMs);
  }
  return slowestMs;
}

eachLab(furnish, (scene) => {
  const at = (path: string, content: Buffer | string, plan: object = {}) =>
    send(scene.lab, scene.api, path, content, plan);
  const preview = async (content: Buffer | string, plan: object = {}) =>
    (await at('/preview', content, plan).expect(200)).body as MemberImportPreview;
  const roleOf = async (name: string) => {
    const [role] = await scene.lab.rows<{ id: number }>('SELECT id FROM roles WHERE name = ?', [
      name,
    ]);
    return role?.id ?? 0;
  };
  const countMembers = async () => (await scene.lab.rows('SELECT id FROM members')).length;

  test('members and their machines come in, and boards know them at once', async () => {
    const text = `Vorname;Nachname;E-Mail;Karte;Rolle;laser;drill
Grace;Hopper;grace@example.org;9ace0001;ordinary;x;
=1+1;@SUM(A1);formula@example.org;9ace0002;Ordinary;;ja
`;
    const seen = await preview(text);
    expect(seen.columns.map(({ target }) => target)).toEqual([
      'firstName',
      'lastName',
      'email',
      'card',
      'role',
      `machine:${MACHINES.laser}`,
      `machine:${MACHINES.drill}`,
    ]);
    expect(seen).toMatchObject({
      counts: { create: 2, update: 0, skip: 0, wrong: 0, authorizations: 2 },
      problems: [],
    });
    const before = await countMembers();
    const { body } = await at('', text).expect(200);
    expect(body).toEqual({ created: 2, updated: 0, skipped: 0, authorizations: 2 });
    expect(await countMembers()).toBe(before + 2);
    expect(
      await scene.lab.rows("SELECT first_name, last_name FROM members WHERE email LIKE 'formula%'"),
    ).toEqual([{ first_name: '=1+1', last_name: '@SUM(A1)' }]);
    const boards = await scene.lab.boards();
    const ask = (machine: number) => boards.ask(machine, { action: 'checkuser', uid: '9ace0001' });
    expect(await ask(MACHINES.laser)).toMatchObject({ is_valid: true });
    expect(await ask(MACHINES.drill)).toMatchObject({ is_valid: false });
    expect(
      await scene.lab.rows(
        "SELECT action FROM audit_entries WHERE subject IN ('member', 'authorization') AND action <> 'log-in' ORDER BY id",
      ),
    ).toEqual([{ action: 'create' }, { action: 'create' }, { action: 'bulk' }]);
    // The same table once more: nobody is there twice.
    expect(await preview(text)).toMatchObject({ counts: { create: 0, skip: 2, wrong: 0 } });
  });

  test('errors are told by line and column, and nothing is done by half', async () => {
    const text = `First name,Last name,Email,Card,Role,laser
Linus,T,linus@example.org,,Ordinary,x
,,nobody@example.org,,Ordinary,
Bad,Mail,not an address,,Ordinary,
Bad,Card,,zz,Ordinary,
Bad,Role,,,Kings,
Bad,Tick,,,Ordinary,perhaps
Linus,Again,LINUS@example.org,,Ordinary,
No,Role,,,,
Too,Many,,,Ordinary,x,y
`;
    const { problems, counts, problemCount } = await preview(text);
    expect(problems.map(({ line, column, code }) => [line, column, code])).toEqual([
      [3, null, 'member_import.no_name'],
      [4, 2, 'member_import.email_invalid'],
      [5, 3, 'member.card_uid_invalid'],
      [6, 4, 'member_import.role_unknown'],
      [7, 5, 'member_import.tick_unclear'],
      [8, null, 'member_import.repeated'],
      [9, 4, 'member_import.role_missing'],
      [10, null, 'member_import.extra_cells'],
    ]);
    expect(problemCount).toBe(8);
    expect(counts).toMatchObject({ create: 1, wrong: 8 });
    const before = await countMembers();
    const { body } = await at('', text).expect(422);
    expect(body).toMatchObject({ code: 'member_import.has_problems', params: { count: 8 } });
    expect(await countMembers()).toBe(before);
  });

  test('consent and end of membership: read, told where they are no days, written, and kept where empty', async () => {
    const roleId = await roleOf('Ordinary');
    const heading = 'Name;E-Mail;Consenso;Fine iscrizione\n';
    const wrong = `${heading}Iris West;iris@example.org;31/02/2026;never\n`;
    expect((await preview(wrong, { roleId })).problems).toMatchObject([
      { line: 2, column: 2, code: 'member_import.day_unclear', value: '31/02/2026' },
      { line: 2, column: 3, code: 'member_import.day_unclear', value: 'never' },
    ]);
    await at('', wrong, { roleId }).expect(422);
    const text = `${heading}Iris West;iris@example.org;3/4/2026;31.12.2026\nJoe West;joe@example.org;;\n`;
    expect((await preview(text, { roleId })).rows).toMatchObject([
      { consentAt: '2026-04-03', membershipEndsOn: '2026-12-31' },
      { consentAt: null, membershipEndsOn: null },
    ]);
    const stored = () =>
      scene.lab.rows(
        "SELECT consent_at, membership_ends_on, version FROM members WHERE last_name = 'West' ORDER BY id",
      );
    const none = { consent_at: null, membership_ends_on: null, version: 1 };
    await at('', text, { roleId }).expect(200);
    const iris = { consent_at: '2026-04-03', membership_ends_on: '2026-12-31', version: 1 };
    expect(await stored()).toEqual([iris, none]);
    // The next year's list: an empty cell says nothing, and the same day is no change.
    const later = `${heading}Iris West;iris@example.org;;2027-12-31\nJoe West;joe@example.org;;\n`;
    await at('', later, { existing: 'update' }).expect(200);
    const renewed = { ...iris, membership_ends_on: '2027-12-31', version: 2 };
    expect(await stored()).toEqual([renewed, none]);
    await at('', later, { existing: 'update' }).expect(200);
    expect(await stored()).toEqual([renewed, none]);
  });

  test('who is here already is left, or changed where the table says otherwise', async () => {
    const roleId = await roleOf('Maintainers');
    const text = `Name\tKarte\tBerechtigungen\nDan Dare\t${CARDS.dan}\tlaser, drill\n`;
    expect(await preview(text, { roleId })).toMatchObject({ counts: { skip: 1 } });
    expect((await at('', text, { existing: 'update' }).expect(200)).body).toMatchObject({
      updated: 1,
      authorizations: 2,
    });
    expect(await scene.lab.rows("SELECT last_name FROM members WHERE first_name = 'Dan'")).toEqual([
      { last_name: 'Dare' },
    ]);
  });

  test('a row for each machine of a member is one member', async () => {
    const roleId = await roleOf('Ordinary');
    const text = 'Membre;Machine\nMarie Curie;laser\nMarie Curie;drill\n';
    expect(await preview(text, { roleId })).toMatchObject({
      counts: { create: 1, authorizations: 2, wrong: 0 },
    });
    const wrong = await preview('Membre;Machine\nMarie Curie;lazer\n', { roleId });
    expect(wrong.problems).toMatchObject([
      { line: 2, column: 1, code: 'member_import.machine_unknown', value: 'lazer' },
    ]);
  });

  test('the same card twice, and an address and a card of two members', async () => {
    const roleId = await roleOf('Ordinary');
    const twice = 'Name,Card\nOne Card,99990001\nTwo Card,99:99:00:01\n';
    expect((await preview(twice, { roleId })).problems).toMatchObject([
      { line: 3, code: 'member_import.repeated', params: { line: 2 } },
    ]);
    const mixed = `Name,Email,Card\nGrace,grace@example.org,${CARDS.ada}\n`;
    expect((await preview(mixed, { roleId })).problems).toMatchObject([
      { line: 2, code: 'member_import.differ', params: { one: 'Grace Hopper', other: 'Ada Test' } },
    ]);
  });

  test.each<[string, () => Buffer | Promise<Buffer>, string]>([
    ['empty', () => Buffer.alloc(0), 'member_import.empty'],
    ['only headings', () => Buffer.from('Name,Card\n\n'), 'member_import.empty'],
    [
      'a program',
      () => Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3]),
      'member_import.not_a_table',
    ],
    [
      'a picture',
      () => Buffer.from('89504e470d0a1a0a0000000d', 'hex'),
      'member_import.not_a_table',
    ],
    ['an open quotation mark', () => Buffer.from('Name\n"Ada\nBob\n'), 'member_import.broken'],
    [
      'too many rows',
      () => Buffer.from(`Name\n${'Ada\n'.repeat(10_001)}`),
      'member_import.too_many_rows',
    ],
    [
      'too many columns',
      () => Buffer.from(`${'a,'.repeat(201)}a\nx\n`),
      'member_import.too_many_columns',
    ],
    ['too large', () => Buffer.alloc(5 * 1024 * 1024 + 1, 'a'), 'member_import.too_large'],
    [
      'a torn workbook',
      async () => (await xlsx([['Name'], ['Ada']])).subarray(0, 900),
      'member_import.not_a_table',
    ],
    ['a zip bomb', bomb, 'member_import.too_large'],
    ['a zip that hides a part', () => workbookOf({ hiddenParts: 1 }), 'member_import.not_a_table'],
    [
      'an archive of something else',
      () => {
        const other = bomb();
        return other.subarray(0, 4 + 26);
      },
      'member_import.not_a_table',
    ],
  ])('refused in words: %s', async (_name, content, code) => {
    const { body } = await at('/preview', await content());
    expect(body).toMatchObject({ code });
  });

  const ALL_CELLS = 'A1:XFD1048576';

  test.each<[what: string, edits: WorkbookEdits]>([
    ['nothing unusual', {}],
    ['columns', { beforeRows: '<cols><col min="1" max="2000000000" width="9"/></cols>' }],
    [
      'merged cells',
      { afterRows: `<mergeCells count="1"><mergeCell ref="${ALL_CELLS}"/></mergeCells>` },
    ],
    [
      'validations',
      {
        afterRows: `<dataValidations count="1"><dataValidation type="list" sqref="${ALL_CELLS}"><formula1>"a"</formula1></dataValidation></dataValidations>`,
      },
    ],
  ])('what is not read of a workbook may be endless: %s', async (_what, edits) => {
    const roleId = await roleOf('Ordinary');
    const { rows } = await preview(workbookOf(edits), { roleId });
    expect(rows).toMatchObject([{ name: 'Ada Byron', action: 'create' }]);
  });

  test('encodings, separators, one column, doubled headings', async () => {
    const roleId = await roleOf('Ordinary');
    const bytes = (text: string, encoding: BufferEncoding, mark: number[] = []) =>
      Buffer.concat([Buffer.from(mark), Buffer.from(text, encoding)]);
    const tables: Buffer[] = [
      bytes('Name;Tessera\nNicolò Pastore;77770001\n', 'utf8', [0xef, 0xbb, 0xbf]),
      bytes('Name\tTessera\nNicolò Pastore\t77770001\n', 'utf16le', [0xff, 0xfe]),
      bytes('Name\tTessera\nNicolò Pastore\t77770001\n', 'utf16le', [0xff, 0xfe]).swap16(),
      bytes('Name,Tessera\r\n"Nicolò Pastore",77770001\r\n', 'latin1'),
    ];
    for (const table of tables) {
      const { rows } = await preview(table, { roleId });
      expect(rows).toMatchObject([{ line: 2, name: 'Nicolò Pastore', card: '77770001' }]);
    }
    expect((await preview('Name\nAda King Lovelace\n', { roleId })).rows).toMatchObject([
      { name: 'Ada King Lovelace', action: 'create' },
    ]);
    const doubled = 'Email,Email,Name\na@example.org,b@example.org,Ada\n';
    expect((await preview(doubled, { roleId })).columns.map(({ target }) => target)).toEqual([
      'email',
      null,
      'fullName',
    ]);
    const twice = { roleId, columns: ['email', 'email', 'fullName'] };
    expect((await at('', doubled, twice)).body).toMatchObject({
      code: 'member_import.target_twice',
    });
    expect((await at('', doubled, { columns: ['email'] })).body).toMatchObject({
      code: 'member_import.other_columns',
    });
  });

  test('a workbook: numbers, formulas that are never calculated, formatted texts', async () => {
    const roleId = await roleOf('Ordinary');
    const content = await xlsx([
      ['First name', 'Last name', 'Card', 'laser', 'Expires'],
      [
        'Rosa',
        { richText: [{ text: 'Park' }, { text: 's' }] },
        77_770_002,
        1,
        new Date('2027-03-31T00:00:00Z'),
      ],
      [{ formula: 'HYPERLINK("http://example.org")', result: 'Ida' }, '=cmd', '', 'x'],
    ]);
    expect((await preview(content, { roleId })).rows).toMatchObject([
      {
        line: 2,
        name: 'Rosa Parks',
        card: '77770002',
        machines: ['laser'],
        membershipEndsOn: '2027-03-31',
      },
      { line: 3, name: 'Ida =cmd', action: 'create' },
    ]);
    const answer = await scene.api
      .get('members/import/template.xlsx?lang=it')
      .buffer()
      .parse((response, done) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => done(null, Buffer.concat(parts)));
      })
      .expect(200);
    const template = new ExcelJS.Workbook();
    await template.xlsx.load(answer.body as ExcelJS.Buffer);
    expect(template.worksheets[0]?.getRow(1).values).toEqual(
      expect.arrayContaining([
        'Nome',
        'Cognome',
        'Tessera',
        'Informativa firmata',
        'Fine iscrizione',
        'laser',
      ]),
    );
  });

  test('who manages members gives nobody the portal', async () => {
    const manager = await scene.as('members');
    const text = 'Name,Email,Role\nEvil Admin,evil@example.org,admins\n';
    const { body } = await send(scene.lab, manager, '/preview', text).expect(200);
    expect((body as MemberImportPreview).problems).toMatchObject([
      { line: 2, column: 2, code: 'member.needs_administrator' },
    ]);
    await send(scene.lab, manager, '', text).expect(422);
  });
});

describe('an endless workbook', () => {
  const ALL_NAMED =
    '<definedNames><definedName name="x">A!$A$1:$XFD$1048576</definedName></definedNames>';
  const FAR_BELOW = '<row r="2000000000"><c r="A9"><v>1</v></c></row>';

  test.each<[what: string, edits: WorkbookEdits]>([
    ['a name for all cells', { afterSheets: ALL_NAMED }],
    ['a row far below', { moreRows: FAR_BELOW }],
  ])('is refused, and others are answered meanwhile: %s', async (_what, edits) => {
    const lab = await TestLab.start();
    try {
      const manager = await TestApi.as(lab, 'admin');
      const sent = send(lab, manager, '/preview', workbookOf(edits));
      const [{ body }, waitMs] = await Promise.all([sent, slowestAnswer(lab)]);
      expect(body).toMatchObject({ code: 'member_import.too_large' });
      expect(waitMs).toBeLessThan(1500);
    } finally {
      await lab.stop();
    }
  });

  test('is given up after a while', async () => {
    await expect(readSheet(workbookOf({}), 1)).rejects.toMatchObject({
      code: 'member_import.too_large',
    });
    expect(await readSheet(workbookOf({}))).toHaveLength(2);
  });
});
