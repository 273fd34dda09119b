import { pbkdf2Sync } from 'node:crypto';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportNoteCode } from '@fabomatic/system';
import { loadWords } from '@fabomatic/i18n';
import { verifyPassword } from '../auth/password-hash';
import { StartError } from '../start-error';
import { eachDatabase, type TestDatabase } from '../testing/databases';
import { importOriginal, type ImportOptions } from './import-original';
import { importedBefore } from './import-record';
import type { ImportReport } from './import-report';
import { changedOriginal, fixturePath } from './original.fixture';
import { OriginalFile } from './original-file';
import { portalCandidates } from './portal-admins';

const NOW_S = 1_795_000_000;

async function importFile(path: string, database: TestDatabase): Promise<ImportReport> {
  const original = OriginalFile.open(path);
  try {
    return await importOriginal(original, database.units, { nowS: NOW_S });
  } finally {
    original.close();
  }
}

async function importWith(database: TestDatabase, options: ImportOptions): Promise<void> {
  const original = OriginalFile.open(fixturePath('0.4.0'));
  try {
    await importOriginal(original, database.units, options);
  } finally {
    original.close();
  }
}

/** table of the original -> [read, written] */
function counts(report: ImportReport): Record<string, [number, number]> {
  return Object.fromEntries(
    report.tables.map(({ from, read, written }) => [from, [read, written]]),
  );
}

/** A flag is 0 or 1 in the file, and true or false here. */
function numbered(value: unknown): unknown {
  return typeof value === 'boolean' ? Number(value) : value;
}

function noteOf(report: ImportReport, wanted: ImportNoteCode) {
  return report.notes.find(({ code }) => code === wanted);
}

const KEPT_COUNTS = 'SELECT machine_id, member_id, uses FROM use_counts ORDER BY 1, 2';
const COUNTED_USES = `SELECT machine_id, COALESCE(member_id, 0) AS member_id, COUNT(*) AS uses FROM uses
  GROUP BY machine_id, COALESCE(member_id, 0) ORDER BY 1, 2`;

eachDatabase((_kind, open) => {
  /** Most users of the samples have an empty password, with which nobody logs in here. */
  const TWO = { 1: 'password1', 2: 'password2', 3: '' };
  test.each<[string, Record<string, number>, Record<number, string>]>([
    ['0.0.18', { machine_types: 1, roles: 3, machines: 1, users: 1 }, { 1: 'admin' }],
    [
      '0.1.7',
      {
        machine_types: 3,
        roles: 3,
        machines: 11,
        users: 112,
        maintenances: 11,
        uses: 21_989,
        interventions: 4391,
      },
      TWO,
    ],
    [
      '0.2.7',
      { machine_types: 3, roles: 3, machines: 11, users: 11, maintenances: 11, interventions: 2 },
      TWO,
    ],
    [
      '0.4.0',
      { machine_types: 3, roles: 3, machines: 11, users: 11, maintenances: 11, interventions: 2 },
      TWO,
    ],
    [
      '1.0.4-fixture',
      { machine_types: 3, roles: 6, machines: 9, users: 11, authorizations: 7 },
      { 2: 'admin' },
    ],
  ])('[62] takes over all of a database of %s, and its passwords verify', async (...row) => {
    const [release, expected, passwords] = row;
    const database = await open();
    const original = OriginalFile.open(fixturePath(release));
    const inFile = [...original.select('SELECT user_id AS id, password_hash FROM users')].map(
      ({ id, password_hash: hash }) => ({ id, password_hash: hash === '' ? null : hash }),
    );
    const report = await importOriginal(original, database.units, { nowS: NOW_S });
    original.close();
    for (const { from, read, written } of report.tables) {
      expect([from, read, written]).toEqual([from, read, read]);
      expect([from, read]).toEqual([from, expected[from] ?? 0]);
    }
    const imported = await database.reader.query<{ id: number; password_hash: string | null }>(
      'SELECT id, password_hash FROM members ORDER BY id',
    );
    // The first administrator may have stayed behind them.
    expect(imported.slice(0, inFile.length)).toEqual(inFile);
    for (const [id, password] of Object.entries(passwords)) {
      const hash = imported.find((member) => member.id === Number(id))?.password_hash ?? '';
      expect(await verifyPassword(hash, password)).toEqual({ ok: true, needsRehash: true });
      expect(await verifyPassword(hash, `${password}x`)).toMatchObject({ ok: false });
    }
    expect(await database.reader.query(KEPT_COUNTS)).toEqual(
      await database.reader.query(COUNTED_USES),
    );
    // Ids that are given from now on are new ones.
    await database.units.run((db) => db.insert('roles', { name: 'a new one' }));
  });

  /** What the file says, under the names of ours; and ours. */
  const SAME: readonly [original: string, ours: string][] = [
    [
      'SELECT role_id AS id, role_name AS name, reserved, authorize_all, maintenance FROM roles',
      'SELECT id, name, reserved, authorize_all, maintenance FROM roles',
    ],
    [
      `SELECT user_id AS id, name AS first_name, surname AS last_name, NULLIF(email, '') AS email,
         role_id, disabled, receive_weekly_summary AS weekly_summary FROM users`,
      `SELECT id, first_name, last_name, email, role_id, disabled, weekly_summary FROM members`,
    ],
    [
      `SELECT type_id AS id, type_name AS name, type_timeout_min AS timeout_min,
         COALESCE(grace_period_min, 2) AS grace_min,
         CASE WHEN access_management = 1 THEN 'open' ELSE 'authorization' END AS access
       FROM machine_types`,
      'SELECT id, name, timeout_min, grace_min, access FROM machine_types',
    ],
    [
      `SELECT machine_id AS id, machine_name AS name, machine_type_id AS type_id, blocked,
         machine_hours * 3600 AS hours_s, last_seen AS last_seen_at FROM machines`,
      'SELECT id, name, type_id, blocked, hours_s, last_seen_at FROM machines',
    ],
    [
      `SELECT authorization_id AS id, user_id AS member_id, machine_id FROM authorizations`,
      'SELECT id, member_id, machine_id FROM authorizations',
    ],
    [
      `SELECT maintenance_id AS id, machine_id, description, lcd_message, instructions_url,
         hours_between * 3600 AS interval_s,
         (SELECT MAX(timestamp) FROM interventions i WHERE i.maintenance_id = m.maintenance_id)
           AS last_done_at
       FROM maintenances m`,
      `SELECT id, machine_id, description, lcd_message, instructions_url, interval_s, last_done_at
       FROM maintenance_plans`,
    ],
    [
      `SELECT intervention_id AS id, maintenance_id AS plan_id, machine_id, user_id AS member_id,
         timestamp AS done_at, COALESCE(replay, 0) AS replayed FROM interventions`,
      'SELECT id, plan_id, machine_id, member_id, done_at, replayed FROM interventions',
    ],
    [
      `SELECT use_id AS id, user_id AS member_id, machine_id, start_timestamp AS started_at,
         last_seen AS last_seen_at, end_timestamp AS ended_at, COALESCE(replay, 0) AS replayed
       FROM uses`,
      'SELECT id, member_id, machine_id, started_at, last_seen_at, ended_at, replayed FROM uses',
    ],
    [
      `SELECT board_id AS id, machine_id, ip_address AS ip, fw_version AS firmware, serial, heap,
         last_seen AS last_seen_at FROM boards`,
      'SELECT id, machine_id, ip, firmware, serial, heap, last_seen_at FROM boards',
    ],
    [
      `SELECT LOWER(card_UUID) AS uid, machine_id, timestamp AS first_seen_at,
         timestamp AS last_seen_at FROM unknown_cards`,
      'SELECT uid, machine_id, first_seen_at, last_seen_at FROM unrecognised_cards',
    ],
  ];

  test('[62] every value comes over: whoever, whatever, when and how long, under the same id', async () => {
    const database = await open();
    const at = NOW_S - 5000;
    const { path, remove } = changedOriginal([
      'UPDATE users SET receive_weekly_summary = 1 WHERE user_id = 4',
      `UPDATE machines SET machine_hours = 12.25, last_seen = ${at + 0.5} WHERE machine_id = 4`,
      `INSERT INTO maintenances (maintenance_id, hours_between, description, machine_id, lcd_message, instructions_url)
       VALUES (7, 12.5, 'Oil the spindle', 4, 'Oil', 'https://example.org/oil'), (9, 100, 'Belt', 1, 'Belt', NULL)`,
      `INSERT INTO interventions (intervention_id, maintenance_id, machine_id, user_id, timestamp, replay)
       VALUES (3, 7, 4, 3, ${at + 1.5}, 1), (5, 7, 4, 8, ${at + 99}, NULL), (6, 9, 1, 8, ${at}, 0)`,
      `INSERT INTO uses (use_id, user_id, machine_id, start_timestamp, last_seen, end_timestamp, replay)
       VALUES (11, 4, 1, ${at + 1.25}, ${at + 61.5}, ${at + 61.25}, 1),
         (12, 5, 4, ${at + 10}, ${at + 400}, ${at + 410}, NULL), (15, 4, 1, ${at + 500}, ${at + 600}, NULL, 0)`,
      `INSERT INTO boards (board_id, machine_id, ip_address, fw_version, serial, heap, last_seen)
       VALUES (4, 1, '10.0.0.1', '0.9.2', 'aabbcc', 150000, ${at + 7.5})`,
      `INSERT INTO unknown_cards (card_UUID, timestamp, machine_id) VALUES ('FFFF0001', ${at + 8.5}, 1)`,
    ]);
    const original = OriginalFile.open(path);
    await importOriginal(original, database.units, { nowS: NOW_S });
    for (const [theirs, ours] of SAME) {
      const flags = (row: Readonly<Record<string, unknown>>) =>
        Object.fromEntries(Object.entries(row).map(([key, value]) => [key, numbered(value)]));
      const expected = [...original.select(`${theirs} ORDER BY 1`)].map(flags);
      expect(expected.length).toBeGreaterThan(0);
      const found = await database.reader.query(`${ours} ORDER BY 1`);
      expect(found.map(flags)).toEqual(expected);
    }
    original.close();
    remove();
  });

  /** Schemas of which there is no sample, made from the one before or after. */
  const BOARDS_0_1_9 = `CREATE TABLE boards (board_id INTEGER PRIMARY KEY,
    machine_id INTEGER NOT NULL, ip_address TEXT NOT NULL, fw_version TEXT NOT NULL,
    last_seen FLOAT NOT NULL)`;
  const BOARD = `INSERT INTO boards (machine_id, ip_address, fw_version, last_seen)
    VALUES (1, '10.0.0.1', '0.1.9', 1700000000)`;
  test.each([
    ['0.1.9', '0.1.7', [BOARDS_0_1_9, BOARD], { serial: '', heap: null }],
    [
      '0.2.5',
      '0.1.7',
      [
        BOARDS_0_1_9,
        "ALTER TABLE boards ADD COLUMN serial TEXT DEFAULT '?'",
        'ALTER TABLE boards ADD COLUMN heap INTEGER DEFAULT 0',
        BOARD,
      ],
      { serial: '', heap: 0 },
    ],
    [
      '0.3.0',
      '0.4.0',
      [
        'ALTER TABLE uses DROP COLUMN replay',
        'ALTER TABLE interventions DROP COLUMN replay',
        'UPDATE machine_types SET access_management = NULL',
        BOARD,
      ],
      { serial: '', heap: null },
    ],
  ])('[62] the schema of %s, of which there is no sample', async (_release, from, sql, board) => {
    const database = await open();
    const { path, remove } = changedOriginal(sql, fixturePath(from));
    const report = await importFile(path, database);
    remove();
    for (const { from: table, read, written } of report.tables) {
      expect([table, written]).toEqual([table, read]);
    }
    expect(counts(report)).toMatchObject({ machines: [11, 11], boards: [1, 1] });
    expect(await database.reader.query('SELECT serial, heap FROM boards')).toEqual([board]);
    // A type that does not say whether it asks for authorisations asks for them.
    expect(await database.reader.query('SELECT DISTINCT access FROM machine_types')).toEqual([
      { access: 'authorization' },
    ]);
  });

  test('[62] hours are those of the original, also where its uses say otherwise, which is told; plans count what it would sum up', async () => {
    const database = await open();
    const report = await importFile(fixturePath('0.1.7'), database);
    expect(await database.reader.query('SELECT DISTINCT hours_s FROM machines')).toEqual([
      { hours_s: 0 },
    ]);
    const [sum] = await database.reader.query<{ s: number }>(
      'SELECT SUM(duration_s) AS s FROM uses WHERE machine_id = 1',
    );
    const note = noteOf(report, 'hours_not_of_uses');
    expect(note?.count).toBe(11);
    expect(note?.examples[0]).toEqual({
      form: 'hours_and_uses',
      machineId: 1,
      hoursS: 0,
      usesS: expect.closeTo(Number(sum?.s), 3) as number,
    });
    expect(report.toText(await loadWords('en'))).toContain('machine 1: 0.00 h, its uses ');

    // So are the counters of plans: what the original would sum up.
    const plans = await database.reader.query<{
      machine_id: number;
      elapsed_s: number;
      last_done_at: number | null;
    }>('SELECT machine_id, elapsed_s, last_done_at FROM maintenance_plans ORDER BY id');
    expect(plans).toHaveLength(11);
    for (const { machine_id, elapsed_s, last_done_at } of plans) {
      const since = last_done_at ?? 0;
      const [sinceDone] = await database.reader.query<{ s: number }>(
        `SELECT COALESCE(SUM(ended_at - CASE WHEN started_at > ? THEN started_at ELSE ? END), 0) AS s
         FROM uses WHERE machine_id = ? AND ended_at > ?`,
        [since, since, machine_id, since],
      );
      expect(elapsed_s).toBeCloseTo(sinceDone?.s ?? -1, 3);
    }
  });

  test('a file without portal admins makes nobody one, and keeps the first administrator', async () => {
    const database = await open();
    const report = await importFile(fixturePath('0.4.0'), database);
    expect(noteOf(report, 'first_admin_stays')?.examples).toEqual([
      { form: 'text', text: 'admin@example.org' },
    ]);
    expect(noteOf(report, 'could_log_in')?.examples).toEqual([
      { form: 'text', text: 'Mario Rossi (marco.rossi@fablab.org)' },
    ]);
    const admins = await database.reader.query<{ email: string; must_change_password: boolean }>(
      `SELECT m.email, m.must_change_password FROM members m JOIN roles r ON r.id = m.role_id
       WHERE r.portal_access <> 'none'`,
    );
    expect(admins).toEqual([{ email: 'admin@example.org', must_change_password: true }]);
  });

  test('an admin of the original stays one, with the old password', async () => {
    const database = await open();
    const { path, remove } = changedOriginal([
      `UPDATE users SET email = 'power@example.org', password_hash = 'scrypt:1$2$3' WHERE user_id = 11`,
    ]);
    const report = await importFile(path, database);
    remove();
    // Any role that may use all machines opened the original's portal: that this one does not is told.
    expect(noteOf(report, 'could_log_in')?.examples).toEqual([
      { form: 'text', text: 'Power User (power@example.org)' },
    ]);
    expect(noteOf(report, 'first_admin_stays')).toBeUndefined();
    const [admin] = await database.reader.query<{ password_hash: string }>(
      `SELECT m.password_hash FROM members m JOIN roles r ON r.id = m.role_id
       WHERE r.portal_access = 'admin' AND m.email = 'admin@fablab.org'`,
    );
    expect((await verifyPassword(admin?.password_hash ?? '', 'admin')).ok).toBe(true);
  });

  test('what cannot be taken over as it stands is changed and told', async () => {
    const database = await open();
    const at = NOW_S;
    const { path, remove } = changedOriginal([
      `UPDATE users SET card_UUID = '1234' WHERE user_id = 3`,
      `UPDATE users SET card_UUID = 'abcd1234' WHERE user_id = 11`,
      `INSERT INTO uses (use_id, user_id, machine_id, start_timestamp, last_seen, end_timestamp, replay) VALUES
        (1, 4, 1, ${at - 9000}, ${at - 8000}, NULL, NULL),
        (2, 5, 1, ${at - 600}, ${at - 10}, NULL, 1),
        (3, 4, 4, ${at - 100}, ${at - 100}, ${at - 150}, 0),
        (4, 4, 4, ${at - 90_000}, ${at}, ${at}, 0),
        (5, 99, 4, ${at - 50}, ${at}, ${at}, 0),
        (6, 4, 77, ${at - 50}, ${at}, ${at}, 0)`,
      `INSERT INTO unknown_cards (card_UUID, timestamp, machine_id) VALUES
        ('FFFFFFFF', ${at - 30}, 1), ('ffffffff', ${at - 20}, 1), ('ffffffff', ${at - 10}, 2)`,
      `INSERT INTO boards (machine_id, ip_address, fw_version, serial, heap, last_seen) VALUES
        (1, '10.0.0.1', 'v1', '?', 'abc', ${at - 5}), (1, '10.0.0.2', 'v2', 's', '123', ${at - 4})`,
      `UPDATE machines SET machine_hours = 2.5, machine_type_id = 77 WHERE machine_id = 4`,
    ]);
    const report = await importFile(path, database);
    remove();

    expect(counts(report)).toMatchObject({ uses: [6, 5], unknown_cards: [3, 2], boards: [2, 1] });
    expect(noteOf(report, 'card_unreadable')?.examples).toEqual([
      { form: 'member_card', member: { id: 3, name: 'Maria Rossi' }, card: '1234' },
    ]);
    expect(noteOf(report, 'card_twice')?.examples).toEqual([
      {
        form: 'shared_card',
        card: 'abcd1234',
        keeps: { id: 10, name: 'Upper Case' },
        loses: { id: 11, name: 'Power User' },
      },
    ]);
    expect(noteOf(report, 'card_reads_joined')?.examples).toEqual([
      { form: 'card_reads', card: 'ffffffff', times: 2 },
    ]);
    expect(noteOf(report, 'second_open_use')?.count).toBe(1);
    expect(noteOf(report, 'use_ends_before_start')?.count).toBe(1);
    expect(noteOf(report, 'use_over_24_hours')?.examples).toEqual([
      { form: 'use_length', useId: 4, lengthS: 90_000 },
    ]);

    const uses = await database.reader.query(
      `SELECT id, member_id, card_uid, ended_at, duration_s, replayed, estimated, source, closed_by
       FROM uses ORDER BY id`,
    );
    const base = { source: 'import', closed_by: 'stop', replayed: false, estimated: false };
    const luca = { ...base, member_id: 4, card_uid: '0badf00d' };
    expect(uses).toEqual([
      {
        ...luca,
        id: 1,
        ended_at: at - 8000,
        duration_s: 1000,
        closed_by: 'import',
        estimated: true,
      },
      {
        ...base,
        id: 2,
        member_id: 5,
        card_uid: 'deadbeef',
        ended_at: null,
        duration_s: null,
        replayed: true,
        closed_by: null,
      },
      { ...luca, id: 3, ended_at: at - 100, duration_s: 0, estimated: true },
      { ...luca, id: 4, ended_at: at, duration_s: 90_000 },
      { ...base, id: 5, member_id: null, card_uid: null, ended_at: at, duration_s: 50 },
    ]);
    expect(
      await database.reader.query(
        'SELECT member_id, uid, revoked_at FROM cards WHERE member_id IN (3, 7, 10, 11) ORDER BY id',
      ),
    ).toEqual([
      { member_id: 3, uid: '1234', revoked_at: null },
      { member_id: 7, uid: 'de1e7ed0', revoked_at: NOW_S },
      { member_id: 10, uid: 'abcd1234', revoked_at: null },
      { member_id: 11, uid: 'abcd1234', revoked_at: NOW_S },
    ]);
    expect(
      await database.reader.query('SELECT uid, machine_id, times FROM unrecognised_cards'),
    ).toEqual([
      { uid: 'ffffffff', machine_id: 1, times: 2 },
      { uid: 'ffffffff', machine_id: 2, times: 1 },
    ]);
    expect(await database.reader.query('SELECT serial, heap FROM boards')).toEqual([
      { serial: 's', heap: 123 },
    ]);
    expect(
      await database.reader.query('SELECT type_id, hours_s FROM machines WHERE id = 4'),
    ).toEqual([{ type_id: null, hours_s: 9000 }]);
    expect(report.toText(await loadWords('en'))).toContain('To know:');
  });

  test('what the original takes and no page could show is changed and told', async () => {
    const database = await open();
    const { path, remove } = changedOriginal([
      'UPDATE machines SET machine_hours = 9e999 WHERE machine_id = 1',
      'UPDATE machines SET machine_hours = -2 WHERE machine_id = 2',
      'UPDATE machine_types SET type_timeout_min = -5 WHERE type_id = 1',
      `INSERT INTO maintenances (maintenance_id, hours_between, description, machine_id, instructions_url)
       VALUES (1, 10, 'Oil', 1, 'javascript:alert(1)'), (2, 10, 'Belt', 1, 'https://example.org/belt')`,
      `INSERT INTO authorizations (authorization_id, user_id, machine_id) VALUES (90, 3, 99)`,
    ]);
    const report = await importFile(path, database);
    remove();
    const texts = (code: ImportNoteCode) =>
      noteOf(report, code)?.examples.map((example) => 'text' in example && example.text);
    expect(texts('hours_impossible')).toEqual(['LASER', 'PRINTER3D']);
    expect(texts('type_minutes')).toEqual(['Laser']);
    expect(texts('link_unusable')).toEqual(['Oil: javascript:alert(1)']);
    expect(noteOf(report, 'authorization_orphan')?.count).toBe(1);
    const [hours] = await database.reader.query('SELECT MAX(hours_s) AS h FROM machines');
    expect(hours).toEqual({ h: 0 });
    expect(
      await database.reader.query('SELECT instructions_url FROM maintenance_plans ORDER BY id'),
    ).toEqual([{ instructions_url: null }, { instructions_url: 'https://example.org/belt' }]);
    expect(
      await database.reader.query('SELECT timeout_min FROM machine_types WHERE id = 1'),
    ).toEqual([{ timeout_min: 0 }]);
  });

  test('a second import is refused and changes nothing', async () => {
    const database = await open();
    await importFile(fixturePath('1.0.4-fixture'), database);
    await expect(importFile(fixturePath('0.4.0'), database)).rejects.toThrow('holds a lab already');
    expect(await database.reader.query('SELECT id FROM machines')).toHaveLength(9);
  });

  test('[62] [B3] whoever is named administrates, with the old password; others of the role do not', async () => {
    const database = await open();
    const salt = 'ebmwGglwRWtUTnRz';
    const hex = pbkdf2Sync('the old password', salt, 600_000, 32, 'sha256').toString('hex');
    const { path, remove } = changedOriginal(
      [
        `UPDATE users SET password_hash = 'pbkdf2:sha256:600000$${salt}$${hex}' WHERE user_id = 1`,
        'UPDATE users SET role_id = 1 WHERE user_id = 2',
      ],
      fixturePath('0.4.0'),
    );
    const original = OriginalFile.open(path);
    expect(portalCandidates(original).map(({ email }) => email)).toEqual([
      'marco.rossi@fablab.org',
      'andrea.bianchi@fablab.org',
    ]);
    const adminEmails = ['MARCO.rossi@fablab.org'];
    const report = await importOriginal(original, database.units, { nowS: NOW_S, adminEmails });
    original.close();
    remove();
    expect(noteOf(report, 'admin_named')?.examples).toHaveLength(1);
    const admins = await database.reader.query<{ email: string; password_hash: string }>(
      `SELECT m.email, m.password_hash, r.authorize_all, r.name FROM members m
       JOIN roles r ON r.id = m.role_id WHERE r.portal_access <> 'none'`,
    );
    expect(admins).toMatchObject([
      { email: 'marco.rossi@fablab.org', authorize_all: true, name: 'admin (portal)' },
    ]);
    const check = await verifyPassword(admins[0]?.password_hash ?? '', 'the old password');
    expect(check).toEqual({ ok: true, needsRehash: true });
    await expect(importWith(await open(), { adminEmails: ['nobody@example.org'] })).rejects.toThrow(
      'Nobody of the file',
    );
  });

  describe('what the original stored more than once', () => {
    const at = NOW_S - 100_000;
    const doubled = [
      // An hour, its stop sent three times; an hour of somebody else on another machine meanwhile.
      `INSERT INTO uses (use_id, user_id, machine_id, start_timestamp, last_seen, end_timestamp) VALUES
        (1, 4, 1, ${at}, ${at + 3600}, ${at + 3600}),
        (2, 4, 1, ${at + 2.2}, ${at + 3602.2}, ${at + 3602.2}),
        (3, 4, 1, ${at + 60}, ${at + 3660}, ${at + 3660}),
        (4, 5, 4, ${at + 2}, ${at + 3602}, ${at + 3602}),
        (5, 4, 1, ${at + 5000}, ${at + 5000}, ${at + 5000}),
        (6, 4, 1, ${at + 5002}, ${at + 5900}, ${at + 5900}),
        (7, 4, 1, ${at + 7000}, ${at + 10600}, ${at + 10600}),
        (8, 4, 1, ${at + 20000}, ${at + 20001}, ${at + 20001})`,
      'UPDATE machines SET machine_hours = 7 WHERE machine_id = 1',
    ];

    test('is listed, and kept unless somebody asks to merge it', async () => {
      const database = await open();
      const { path, remove } = changedOriginal(doubled);
      const report = await importFile(path, database);
      remove();
      expect(noteOf(report, 'repeated_use_suspected')?.examples).toEqual([
        { form: 'repeated_use', useId: 2, ofId: 1, lengthS: 3600 },
        { form: 'repeated_use', useId: 3, ofId: 1, lengthS: 3600 },
      ]);
      expect(noteOf(report, 'empty_use_suspected')?.examples).toEqual([{ form: 'use', useId: 5 }]);
      expect(noteOf(report, 'use_of_one_second')?.examples).toEqual([{ form: 'use', useId: 8 }]);
      expect(counts(report)).toMatchObject({ uses: [8, 8] });
      expect(await database.reader.query('SELECT hours_s FROM machines WHERE id = 1')).toEqual([
        { hours_s: 7 * 3600 },
      ]);
    });

    /** What the original does with several open uses of one machine: behaviours 28 and 44. */
    const closedTogether = [
      `INSERT INTO uses (use_id, user_id, machine_id, start_timestamp, last_seen, end_timestamp) VALUES
        (1, 4, 1, ${at - 10807}, ${at - 6}, ${at - 7206}),
        (2, 3, 1, ${at - 9007}, ${at - 7207}, ${at - 7207}),
        (3, 5, 1, ${at - 8007}, ${at - 7107}, ${at - 7107}),
        (4, 3, 1, ${at - 1807}, ${at - 6}, ${at - 6}),
        (5, 5, 1, ${at - 906.5}, ${at - 6.5}, ${at - 6.5}),
        (6, 3, 1, ${at}, ${at + 1800}, ${at + 1800}),
        (7, 5, 1, ${at + 2000}, ${at + 2900}, ${at + 2900})`,
      'UPDATE machines SET machine_hours = 9 WHERE machine_id = 1',
    ];

    test.each([false, true])('is made up at closing open uses; merge: %s', async (merges) => {
      const database = await open();
      const { path, remove } = changedOriginal(closedTogether);
      const original = OriginalFile.open(path);
      const options = { nowS: NOW_S, mergeDuplicates: merges };
      const report = await importOriginal(original, database.units, options);
      original.close();
      remove();
      const code = merges ? 'repeated_use_left_out' : 'repeated_use_suspected';
      // Two who work as long as before, later, are not suspected.
      expect(noteOf(report, code)?.examples).toEqual([
        { form: 'repeated_use', useId: 4, ofId: 2, lengthS: 1801 },
        { form: 'repeated_use', useId: 5, ofId: 3, lengthS: 900 },
      ]);
      expect(counts(report)).toMatchObject({ uses: [7, merges ? 5 : 7] });
      const hours = merges ? 9 * 3600 - 2 * (1801 + 900) : 9 * 3600;
      expect(await database.reader.query('SELECT hours_s FROM machines WHERE id = 1')).toEqual([
        { hours_s: hours },
      ]);
    });

    test('is merged on demand, and the hours that it added twice go', async () => {
      const database = await open();
      const { path, remove } = changedOriginal(doubled);
      const original = OriginalFile.open(path);
      const options = { nowS: NOW_S, mergeDuplicates: true };
      const report = await importOriginal(original, database.units, options);
      original.close();
      remove();
      expect(counts(report)).toMatchObject({ uses: [8, 5] });
      expect(await database.reader.query('SELECT id FROM uses ORDER BY id')).toEqual(
        [1, 4, 6, 7, 8].map((id) => ({ id })),
      );
      expect(await database.reader.query('SELECT hours_s FROM machines WHERE id = 1')).toEqual([
        { hours_s: 3 * 3600 },
      ]);
      expect(report.toText(await loadWords('en'))).toContain('machine 1: 4.00 h');
    });
  });

  test('an import is in the audit trail, by which the same file is known again', async () => {
    const database = await open();
    await importFile(fixturePath('1.0.4-fixture'), database);
    const [same, other] = ['1.0.4-fixture', '0.4.0'].map((name) =>
      OriginalFile.open(fixturePath(name)),
    ) as [OriginalFile, OriginalFile];
    expect(await importedBefore(database.reader, await same.digest())).not.toBeNull();
    expect(await importedBefore(database.reader, await other.digest())).toBeNull();
    same.close();
    other.close();
  });

  test('a million uses take less than a minute, with progress', async () => {
    const many = 100_000;
    const { path, remove } = changedOriginal([
      `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${many - 1})
       INSERT INTO uses (user_id, machine_id, start_timestamp, last_seen, end_timestamp)
       SELECT 2 + i % 9, 1 + i % 6, 1600000000 + i * 600, 1600000500 + i * 600, 1600000500 + i * 600
       FROM n`,
    ]);
    const database = await open();
    const told: [number, number][] = [];
    const original = OriginalFile.open(path);
    const start = process.cpuUsage();
    await importOriginal(original, database.units, {
      nowS: NOW_S,
      progress: (read, total) => void told.push([read, total]),
    });
    // Of this process, with SQLite in it: a clock would measure who else is at work here.
    const { user, system } = process.cpuUsage(start);
    original.close();
    remove();
    expect(told).toEqual([
      [50_000, many],
      [100_000, many],
    ]);
    // A tenth of them in a tenth of the time.
    expect((user + system) / 1e6).toBeLessThan(6);
  });

  test('an import that fails half way leaves the new database as it was', async () => {
    const database = await open();
    const { path, remove } = changedOriginal(['UPDATE users SET role_id = 50 WHERE user_id = 5']);
    await expect(importFile(path, database)).rejects.toThrow('has the role 50');
    remove();
    expect(await database.reader.query('SELECT name FROM machines')).toEqual([
      { name: 'MACHINE1' },
    ]);
  });
});

describe('files that are refused whole', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fabomatic-refused-'));
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['a file that is not there', () => join(folder, 'none.db'), 'there is no such file'],
    ['a folder', () => folder, 'cannot be read'],
    ['an empty file', () => file('empty.db', ''), 'is empty'],
    ['another kind of file', () => file('text.db', 'Dear sir or madam'), 'no SQLite database'],
  ])('%s', (_what, path, reason) => {
    expect(() => OriginalFile.open(path())).toThrow(StartError);
    expect(() => OriginalFile.open(path())).toThrow(reason);
  });

  test('the database of another program', () => {
    const { path, remove } = changedOriginal(['DROP TABLE interventions', 'DROP TABLE uses']);
    expect(() => OriginalFile.open(path)).toThrow('it has no table interventions, uses');
    remove();
  });

  test('a file that was cut off', () => {
    const { path, remove } = changedOriginal([], fixturePath('0.1.7'));
    truncateSync(path, 500_000);
    expect(() => OriginalFile.open(path)).toThrow(/damaged/);
    remove();
  });
});
