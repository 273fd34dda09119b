import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sqlite } from '../sqlite-driver';
import { parse } from 'smol-toml';
import { freePort } from '@fabomatic/virtual-board';
import { verifyPassword } from '../auth/password-hash';
import { lockDataFolder } from '../data-folder/instance-lock';
import { fixturePath } from '../import/original.fixture';
import { TestMailServer } from '../testing/mail-server';
import { runCommand } from './command';
import { COMMANDS } from './commands';
import { checkNode } from './doctor-computer';

jest.setTimeout(30_000);

const DAY_S = 86_400;
let folder: string;
let database: string;
const environment = { ...process.env };

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** `fabomatic <words>` in this process. */
async function fabomatic(...words: string[]): Promise<Ended> {
  const [name, ...args] = words;
  const command = COMMANDS.find((each) => each.name === name);
  if (!command) throw new Error(`no command ${name}`);
  let [out, err] = ['', ''];
  const spies = [
    jest
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => Boolean((out += String(text)))),
    jest
      .spyOn(process.stderr, 'write')
      .mockImplementation((text) => Boolean((err += String(text)))),
    jest.spyOn(process, 'exit').mockImplementation((code) => {
      process.exitCode = code ?? 0;
      return undefined as never;
    }),
  ];
  process.exitCode = undefined;
  await runCommand(command, args);
  const code = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  for (const spy of spies) spy.mockRestore();
  return { code, out, err };
}

function rows<R>(sql: string): R[] {
  const opened = new Sqlite(database, { readonly: true });
  try {
    return opened.prepare(sql).all() as R[];
  } finally {
    opened.close();
  }
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fabomatic-cli-'));
  database = join(folder, 'fabomatic.db');
  writeFileSync(join(folder, 'none.toml'), '');
  // Of the specs' PostgreSQL, and no setting.
  delete process.env['FABOMATIC_TEST_POSTGRES'];
  Object.assign(process.env, {
    FABOMATIC_SETTINGS: join(folder, 'none.toml'),
    FABOMATIC_DATA_DIR: folder,
    FABOMATIC_WEB_PORT: String(await freePort()),
    FABOMATIC_MQTT_PORT: String(await freePort()),
  });
});
afterEach(() => {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('FABOMATIC_')) delete process.env[name];
  }
  Object.assign(process.env, environment);
  rmSync(folder, { recursive: true });
});

it('[64] purge counts first, then does it, and is in the runs and in the trail', async () => {
  await fabomatic('purge');
  const opened = new Sqlite(database);
  opened
    .prepare(
      `INSERT INTO uses (machine_id, member_id, started_at, last_seen_at, ended_at, authorized)
       VALUES (1, 2, ?, ?, ?, 1)`,
    )
    .run(...Array.from({ length: 3 }, () => Date.now() / 1000 - 400 * DAY_S));
  opened.close();
  expect((await fabomatic('purge', '--dry-run')).out).toContain('1 uses');
  expect(rows('SELECT member_id FROM uses')).toEqual([{ member_id: 2 }]);
  expect(await fabomatic('purge')).toMatchObject({ code: 0, err: '' });
  expect(rows('SELECT member_id FROM uses')).toEqual([{ member_id: null }]);
  expect(rows('SELECT is_dry_run, triggered_by, outcome FROM job_runs ORDER BY id')).toEqual([
    { is_dry_run: 0, triggered_by: 'command', outcome: 'done' },
    { is_dry_run: 1, triggered_by: 'command', outcome: 'done' },
    { is_dry_run: 0, triggered_by: 'command', outcome: 'done' },
  ]);
  expect(rows("SELECT id FROM audit_entries WHERE actor_kind = 'command'")).toHaveLength(2);
});

it('[63] weekly-summary says to whom, then mails it, and each week once', async () => {
  await fabomatic('create-admin', 'ada@example.org');
  const opened = new Sqlite(database);
  opened.exec("UPDATE members SET weekly_summary = 1 WHERE email = 'ada@example.org'");
  opened.close();
  const without = await fabomatic('weekly-summary', '--dry-run');
  expect(without.out).toContain('would be mailed to 1 members');
  expect(without.out).toContain('No mail server is set');
  const mail = await TestMailServer.start();
  Object.assign(process.env, mail.environment);
  const trial = await fabomatic('weekly-summary', '--dry-run');
  expect(trial).toMatchObject({ code: 0, err: '' });
  expect(trial.out).toContain('<ada@example.org> (');
  expect(mail.mails).toHaveLength(0);
  const sent = await fabomatic('weekly-summary');
  expect(sent).toMatchObject({ code: 0, err: '' });
  expect(sent.out).toContain('went to 1 members; 0 had been told');
  expect(mail.mails.map(({ to }) => to)).toEqual([['ada@example.org']]);
  expect((await fabomatic('weekly-summary')).out).toContain('went to 0 members; 1 had been told');
  await mail.stop();
  expect(mail.mails).toHaveLength(1);
});

it('[57] backup and restore, and the way back', async () => {
  await fabomatic('create-admin', 'ada@example.org');
  const made = await fabomatic('backup');
  expect(made).toMatchObject({ code: 0, err: '' });
  const [name = ''] = readdirSync(join(folder, 'backups'));
  await fabomatic('create-admin', 'bob@example.org');
  const restored = await fabomatic('restore', name);
  expect(restored).toMatchObject({ code: 0, err: '' });
  const emails = () =>
    rows<{ email: string | null }>('SELECT email FROM members ORDER BY id').map((row) => row.email);
  expect(emails()).toEqual([null, 'admin@fablab.org', 'ada@example.org']);
  const wayBack = /the way back: npm run fabomatic -- restore (\S+)/.exec(restored.out)?.[1] ?? '';
  expect(await fabomatic('restore', wayBack)).toMatchObject({ code: 0 });
  expect(emails()).toContain('bob@example.org');
});

it('[B10] restore refuses what is no backup, and changes nothing', async () => {
  await fabomatic('create-admin', 'ada@example.org');
  const garbage = join(folder, 'garbage.db');
  writeFileSync(garbage, 'x'.repeat(10_000));
  expect(await fabomatic('restore', garbage)).toMatchObject({
    code: 1,
    err: 'This file is no backup of this kind of database.\n',
  });
  expect(await fabomatic('restore', 'none.db')).toMatchObject({
    code: 1,
    err: 'There is no such backup.\n',
  });
  expect(rows('SELECT email FROM members')).toHaveLength(3);
});

it('create-admin lets somebody in: a new member, a known one, or one who lost the password', async () => {
  const password = ({ out }: Ended) => /Password: (\S+)/.exec(out)?.[1] ?? '';
  const hash = (email: string) =>
    rows<{ password_hash: string; portal_access: string; must_change_password: number }>(
      `SELECT password_hash, portal_access, must_change_password
       FROM members m JOIN roles r ON r.id = m.role_id WHERE email = '${email}'`,
    )[0];
  const first = await fabomatic('create-admin', 'ada@example.org', '--name', 'Ada Lovelace');
  const stored = hash('ada@example.org');
  expect(stored).toMatchObject({ portal_access: 'admin', must_change_password: 1 });
  expect(await verifyPassword(stored?.password_hash ?? '', password(first))).toMatchObject({
    ok: true,
  });
  const sessions = new Sqlite(database);
  sessions.exec(
    `INSERT INTO sessions (member_id, refresh_hash, rotated_at, created_at, expires_at)
     SELECT id, 'x', 1, 1, 9999999999 FROM members WHERE password_hash IS NOT NULL`,
  );
  sessions.exec(
    `INSERT INTO password_links (member_id, token_hash, created_at, expires_at)
     SELECT id, 'x' || id, 1, 9999999999 FROM members WHERE password_hash IS NOT NULL`,
  );
  sessions.exec(
    `INSERT INTO second_factors (member_id, sealed_secret, created_at, confirmed_at)
     SELECT id, 'x', 1, 1 FROM members WHERE password_hash IS NOT NULL`,
  );
  sessions.close();
  const again = await fabomatic('create-admin', 'ADA@example.org');
  expect(again.out).toContain('Ada Lovelace was an administrator already');
  expect(password(again)).not.toBe(password(first));
  // A new password ends what the old one opened, and nobody else's; and nobody stays locked out.
  for (const table of ['sessions', 'password_links', 'second_factors']) {
    expect(rows(`SELECT m.email FROM ${table} s JOIN members m ON m.id = s.member_id`)).toEqual([
      { email: 'admin@fablab.org' },
    ]);
  }

  const opened = new Sqlite(database);
  opened.exec(
    `INSERT INTO members (first_name, last_name, email, role_id, disabled, created_at)
     SELECT 'Bob', '', 'bob@example.org', id, 1, 0 FROM roles WHERE name = 'Fab Users'`,
  );
  opened.close();
  expect((await fabomatic('create-admin', 'bob@example.org')).out).toContain(
    'is an administrator now',
  );
  expect(hash('bob@example.org')).toMatchObject({ portal_access: 'admin' });
  expect(await fabomatic('create-admin', 'not an address')).toMatchObject({ code: 1 });
});

it('verify finds a changed trail, a damaged database and a spoilt backup', async () => {
  await fabomatic('create-admin', 'ada@example.org');
  await fabomatic('backup');
  const sound = await fabomatic('verify');
  expect(sound).toMatchObject({ code: 0, err: '' });
  expect(sound.out).toContain('0 wrong, 0 to look at.');

  const opened = new Sqlite(database);
  opened.exec("UPDATE audit_entries SET action = 'nothing'");
  opened.close();
  const [name = ''] = readdirSync(join(folder, 'backups'));
  appendFileSync(join(folder, 'backups', name), '');
  writeFileSync(join(folder, 'backups', name), 'spoilt');
  const changed = await fabomatic('verify');
  expect(changed.code).toBe(1);
  expect(changed.out).toContain('The audit trail was changed at entry 1.');
  expect(changed.out).toContain(`The newest backup, ${name}:`);

  writeFileSync(database, 'SQLite format 3\0 and then nothing of use');
  const damaged = await fabomatic('verify');
  expect(damaged).toMatchObject({ code: 1 });
  expect(damaged.out).toContain('is damaged');
});

it('after the way back from an update the newest backup is of a newer version: nothing is wrong', async () => {
  await fabomatic('create-admin', 'ada@example.org');
  await fabomatic('backup');
  const [name = ''] = readdirSync(join(folder, 'backups'));
  const opened = new Sqlite(join(folder, 'backups', name));
  opened.exec(
    "INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'Later9999999999999')",
  );
  opened.close();
  const { code, out } = await fabomatic('verify');
  expect(out).toContain(`The newest backup, ${name}: This backup was made by a newer version.`);
  expect(out).toContain('0 wrong, 1 to look at.');
  expect(code).toBe(0);
});

it('[63] weekly-summary says to whom, mails it once, and is in the runs and in the trail', async () => {
  const server = await TestMailServer.start();
  Object.assign(process.env, server.environment);
  try {
    await fabomatic('create-admin', 'ada@example.org', '--name', 'Ada Lovelace');
    const opened = new Sqlite(database);
    opened.exec(
      "UPDATE members SET weekly_summary = 1, language = 'fr' WHERE email = 'ada@example.org'",
    );
    opened.close();
    const dry = await fabomatic('weekly-summary', '--dry-run');
    expect(dry.out).toContain('would be mailed to 1 members');
    expect(dry.out).toContain('Ada Lovelace <ada@example.org> (fr)');
    expect(server.mails).toEqual([]);
    expect(await fabomatic('weekly-summary')).toMatchObject({ code: 0, err: '' });
    // Before the command ends, not with the next start of the product.
    expect(server.mails).toMatchObject([{ to: ['ada@example.org'] }]);
    expect(server.mails[0]?.html).toContain('<html lang="fr">');
    expect(await fabomatic('weekly-summary')).toMatchObject({ code: 0 });
    expect(server.mails).toHaveLength(1);
    expect(
      rows(
        "SELECT triggered_by, outcome FROM job_runs WHERE job = 'weekly-summary' ORDER BY id",
      )[0],
    ).toEqual({ triggered_by: 'command', outcome: 'done' });
    expect(rows("SELECT actor_kind FROM audit_entries WHERE subject = 'weekly-summary'")).toEqual([
      { actor_kind: 'command' },
    ]);
  } finally {
    await server.stop();
  }
});

it('what needs the database to itself says who has it', async () => {
  await fabomatic('purge');
  const lock = lockDataFolder(folder, 'FabOMatic');
  for (const words of [['purge'], ['create-admin', 'a@example.org'], ['restore', database]]) {
    const refused = await fabomatic(...words);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.err).toContain('in use by FabOMatic');
  }
  // These look and copy only.
  expect(await fabomatic('backup')).toMatchObject({ code: 0 });
  expect(await fabomatic('verify')).toMatchObject({ code: 0 });
  lock.release();
});

describe('import', () => {
  it('a trial tells everything and leaves nothing behind', async () => {
    const trial = await fabomatic('import', fixturePath('0.4.0'), '--dry-run');
    expect(trial).toMatchObject({ code: 0, err: '' });
    expect(trial.out).toContain('Mario Rossi (marco.rossi@fablab.org)');
    expect(trial.out).toContain('This was a trial: nothing was kept.');
    expect(existsSync(database)).toBe(false);
  });

  it('takes the settings over, and the second time changes nothing', async () => {
    delete process.env['FABOMATIC_SETTINGS'];
    const old = join(folder, 'old.toml');
    writeFileSync(
      old,
      `[database]\nurl = "sqlite:///database.sqldb"\nname = "lago"\n
       [MQTT]\nbroker = "localhost"\nport = 99999\ntopic = "machine"\n
       [web]\nsecret_key = "some_long_hex_string_1234567890"\nbase_url = "fab.example.org"\n
       [email]\npassword = "hush"\nuse_tls = true\n[extra]\nkey = 1\n`,
    );
    const args = ['--settings', old, '--admin', 'marco.rossi@fablab.org'];
    const first = await fabomatic('import', fixturePath('0.4.0'), ...args);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toContain('MQTT.port: expected a whole number from 1 to 65535');
    expect(first.out).toContain('extra.key: there is no such setting here');
    expect(first.out).not.toContain('hush');
    const written = readFileSync(join(folder, 'settings.toml'), 'utf8');
    expect(parse(written)).toEqual({
      database: { name: 'lago' },
      MQTT: { broker: 'localhost', topic: 'machine' },
      web: { base_url: 'fab.example.org' },
      email: { password: 'hush', use_tls: true },
    });
    const content = () => rows('SELECT COUNT(*) AS n, MAX(id) AS id FROM audit_entries');
    const before = content();
    const again = await fabomatic('import', fixturePath('0.4.0'), ...args);
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out).toContain('nothing was changed');
    expect(content()).toEqual(before);
    expect(readFileSync(join(folder, 'settings.toml'), 'utf8')).toBe(written);
    const other = await fabomatic('import', fixturePath('0.2.7'));
    expect(other).toMatchObject({ code: 1 });
    expect(other.err).toContain('holds a lab already');
  });

  it('a wrong file leaves no data folder behind', async () => {
    const garbage = join(folder, 'garbage');
    writeFileSync(garbage, 'x'.repeat(5000));
    expect(await fabomatic('import', garbage)).toMatchObject({ code: 1 });
    expect(existsSync(database)).toBe(false);
  });
});

describe('doctor', () => {
  it('finds nothing wrong with a fresh installation', async () => {
    await fabomatic('purge');
    const found = await fabomatic('doctor');
    expect(found).toMatchObject({ code: 0, err: '' });
    expect(found.out).toContain('0 wrong, 1 to look at.');
    expect(found.out).toContain('There is no backup');
  });

  it('names who has a port, and the broker and the mail server that do not answer', async () => {
    const server = await new Promise<Server>((resolve) => {
      const listening = createServer().listen(Number(process.env['FABOMATIC_WEB_PORT']), () =>
        resolve(listening),
      );
    });
    const [brokerPort, mailPort] = [await freePort(), await freePort()];
    Object.assign(process.env, {
      FABOMATIC_MQTT_BROKER: '127.0.0.1',
      FABOMATIC_MQTT_PORT: String(brokerPort),
      FABOMATIC_EMAIL_SERVER: '127.0.0.1',
      FABOMATIC_EMAIL_PORT: String(mailPort),
    });
    const found = await fabomatic('doctor');
    server.close();
    expect(found.code).toBe(1);
    expect(found.out).toMatch(/WRONG .*Port \d+, where the web pages.* is taken by .*process \d+/);
    expect(found.out).toContain(`The broker at 127.0.0.1:${brokerPort} cannot be used`);
    expect(found.out).toContain(`The mail server 127.0.0.1:${mailPort} cannot be used`);
  });

  it('says what is wrong with the settings, and what is misspelt in the environment', async () => {
    writeFileSync(join(folder, 'none.toml'), '[web]\nprot = 1\n');
    const found = await fabomatic('doctor');
    expect(found.code).toBe(1);
    expect(found.out).toContain('did you mean "port"?');
  });

  it('finds a database that cannot be read', async () => {
    writeFileSync(database, 'x'.repeat(5000));
    const found = await fabomatic('doctor');
    expect(found).toMatchObject({ code: 1, err: '' });
    expect(found.out).toContain('is no SQLite database');
  });

  it.each([
    ['18.20.0', 'problem'],
    ['20.18.9', 'problem'],
    ['20.19.0', 'ok'],
    ['21.7.0', 'problem'],
    ['22.13.1', 'ok'],
    ['24.10.0', 'problem'],
    ['30.0.0', 'ok'],
  ])('Node %s: %s', (version, state) => expect(checkNode(version).state).toBe(state));
});

it.each(COMMANDS.filter(({ name }) => name !== 'start'))(
  '"$name" explains itself when it is called wrongly, and does nothing',
  async ({ name }) => {
    const refused = await fabomatic(name, 'one', 'two', 'three');
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain(`Usage: fabomatic ${name}`);
    expect(await fabomatic(name, '--no-such-switch')).toMatchObject({ code: 2, out: '' });
    expect(existsSync(database)).toBe(false);
  },
);
