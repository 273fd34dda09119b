import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SETTING_FORMATS, type SettingsView, type SettingView } from '@fabomatic/system';
import { freePort } from '@fabomatic/virtual-board';
import { settingsKeys } from '../settings/settings-file.service';
import { TestMailServer } from '../testing/mail-server';
import { TestApi } from '../testing/test-api';
import { TestLab } from '../testing/test-lab';

jest.setTimeout(30_000);

const FILE = `# Settings of our lab
[lab]
name = "Lago" # by the lake

[email]
server = "smtp.example.org"
password = "very secret"

[log]
level = "error"
`;

/** Section 3 of what the original's portal can do. */
const KEYS_OF_THE_ORIGINAL = [
  ...['database.url', 'database.name'],
  ...['broker', 'port', 'client_id', 'topic', 'reply_subtopic', 'stats_topic'].map(inMqtt),
  ...['user', 'request_subtopic'].map(inMqtt),
  ...['web.secret_key', 'web.default_admin_email', 'web.base_url'],
  ...['email.server', 'email.port', 'email.use_tls', 'email.username', 'email.password'],
  ...['email.sender', 'weekly_summary.enabled', 'weekly_summary.language'],
];

function inMqtt(name: string): string {
  return `MQTT.${name}`;
}

describe('the settings page', () => {
  let lab: TestLab;
  let api: TestApi;
  let path = '';
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fabomatic-settings-'));
    path = join(folder, 'settings.toml');
    writeFileSync(path, FILE);
    lab = await TestLab.start({ folder, environment: { FABOMATIC_SETTINGS: path } });
    api = await TestApi.as(lab, 'admin');
  });
  afterAll(async () => {
    await lab.stop();
    rmSync(lab.settings.data.folder, { recursive: true });
  });
  beforeEach(() => writeFileSync(path, FILE));

  const view = async () => (await api.get('settings').expect(200)).body as SettingsView;
  const item = ({ items }: SettingsView, wanted: string): SettingView | undefined =>
    items.find((each) => each.path === wanted);
  const update = async (values: object, status = 200) =>
    (await api.patch('settings', { version: (await view()).version, values }).expect(status))
      .body as SettingsView & { code: string; fields: Record<string, string> };

  it('[60] shows the file and every key with its meaning, default, source and restart', async () => {
    const found = await view();
    expect(found).toMatchObject({ file: path, exists: true, needsRestart: false });
    expect(found.items.map((each) => each.path)).toEqual(settingsKeys().map((key) => key.path));
    expect(found.items.map((each) => each.path)).toEqual(
      expect.arrayContaining(KEYS_OF_THE_ORIGINAL),
    );
    expect(item(found, 'lab.name')).toMatchObject({
      value: 'Lago',
      defaultValue: 'FabLab',
      source: 'file',
      needsRestart: true,
      isPending: false,
      kind: 'text',
    });
    expect(item(found, 'web.port')).toMatchObject({
      source: 'environment',
      value: lab.settings.web.port,
      variable: 'FABOMATIC_WEB_PORT',
    });
    expect(item(found, 'email.port')).toMatchObject({ source: 'default', value: 587 });
    expect(item(found, 'log.level')).toMatchObject({ kind: 'choice', value: 'error' });
    for (const each of found.items) expect(each.description.length).toBeGreaterThan(10);
    // What a page needs to say in its own language which values pass.
    expect(item(found, 'email.port')).toMatchObject({
      format: 'whole_number',
      min: 1,
      max: 65_535,
    });
    expect(item(found, 'retention.uses_days')).toMatchObject({ min: 0, max: 36_500 });
    expect(item(found, 'firmware.answer_timeout_s')).toMatchObject({ format: 'seconds', max: 120 });
    expect(item(found, 'web.secret_key')).toMatchObject({ format: 'secret_key', min: 16 });
    expect(item(found, 'email.sender')).toMatchObject({ format: 'email', min: null, max: null });
    expect(new Set(found.items.map(({ format }) => format))).toEqual(new Set(SETTING_FORMATS));
  });

  it('[S9] [B8] secrets are never told', async () => {
    const answer = await api.get('settings').expect(200);
    expect(answer.text).not.toContain('very secret');
    const secrets = (answer.body as SettingsView).items.filter(({ isSecret }) => isSecret);
    expect(secrets.map((each) => each.path)).toEqual(
      expect.arrayContaining(['email.password', 'MQTT.password', 'web.secret_key', 'database.url']),
    );
    for (const each of secrets) expect(each).toMatchObject({ value: null, defaultValue: null });
    expect(secrets.find((each) => each.path === 'email.password')?.isSet).toBe(true);
  });

  it('[61] saves by the line, keeps comments and a dated copy, and leaves an empty secret alone', async () => {
    const saved = await update({
      'lab.name': 'Lago di Como',
      'email.password': '',
      'email.port': 2525,
      'weekly_summary.enabled': false,
      'log.level': null,
    });
    expect(saved).toMatchObject({ needsRestart: true });
    expect(item(saved, 'lab.name')).toMatchObject({ value: 'Lago di Como', isPending: true });
    expect(readFileSync(path, 'utf8')).toBe(
      FILE.replace('"Lago"', '"Lago di Como"')
        .replace('level = "error"\n', '')
        .replace('"very secret"\n', '"very secret"\nport = 2525\n')
        .concat('\n[weekly_summary]\nenabled = false\n'),
    );
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const copies = readdirSync(lab.settings.data.folder).filter((name) => name.endsWith('.bak'));
    expect(copies).toHaveLength(1);
    const copy = join(lab.settings.data.folder, copies[0] ?? '');
    expect(readFileSync(copy, 'utf8')).toBe(FILE);
    expect(statSync(copy).mode & 0o777).toBe(0o600);
  });

  it('a new secret is stored, and in the audit trail as one only', async () => {
    await update({ 'email.password': 'an even better one' });
    expect(readFileSync(path, 'utf8')).toContain('password = "an even better one"');
    const [entry] = await lab.rows<{ details_json: string }>(
      "SELECT details_json FROM audit_entries WHERE subject = 'settings' ORDER BY id DESC LIMIT 1",
    );
    expect(entry?.details_json).toContain('"email.password":"(secret)"');
    expect(entry?.details_json).not.toContain('better one');
  });

  it.each<[object, Record<string, string>]>([
    [{ 'MQTT.topic': '' }, { 'MQTT.topic': 'settings.value_invalid' }],
    [{ 'email.port': 0 }, { 'email.port': 'settings.value_invalid' }],
    [{ 'email.port': 65_536 }, { 'email.port': 'settings.value_invalid' }],
    [{ 'email.port': '587' }, { 'email.port': 'settings.value_invalid' }],
    [{ 'database.url': 'mysql://x' }, { 'database.url': 'settings.value_invalid' }],
    [
      { 'web.secret_key': 'some_long_hex_string_123456' },
      { 'web.secret_key': 'settings.value_invalid' },
    ],
    [{ 'weekly_summary.language': 'xx' }, { 'weekly_summary.language': 'settings.value_invalid' }],
    [{ 'web.port': 8080 }, { 'web.port': 'settings.set_by_environment' }],
    [{ 'web.prot': 8080 }, { 'web.prot': 'field.unknown' }],
    [{ 'web.tls': 'files' }, { 'web.tls': 'settings.files_needed' }],
    [{ 'MQTT.tls_key_file': 'key.pem' }, { 'MQTT.tls_key_file': 'settings.files_needed' }],
    [{ 'firmware.port_to': 100 }, { 'firmware.port_to': 'settings.ports_reversed' }],
    [{ 'firmware.port_from': 60_000 }, { 'firmware.port_from': 'settings.ports_reversed' }],
    [
      { 'MQTT.board_accounts': 'optional', 'MQTT.user': 'board-7' },
      { 'MQTT.user': 'settings.user_of_board' },
    ],
    [
      { 'MQTT.board_accounts': 'optional', 'MQTT.shared_user': 'a b' },
      { 'MQTT.shared_user': 'settings.user_unusable' },
    ],
    [{ 'lab.name': 'Fine', 'lab.language': 'xx' }, { 'lab.language': 'settings.value_invalid' }],
  ])('[60] refuses %j, names the key, and changes nothing', async (values, fields) => {
    expect((await update(values, 422)).fields).toEqual(fields);
    expect(readFileSync(path, 'utf8')).toBe(FILE);
  });

  it('[61] keys that this program does not know survive, are named, and go when asked to', async () => {
    const known = FILE.replace('[lab]\n', '[lab]\nnmae = "x"\n');
    writeFileSync(path, `${known}[extra]\nkey = 1 # ours\n`);
    const saved = await update({ 'lab.name': 'Como' });
    expect(readFileSync(path, 'utf8')).toContain('[extra]\nkey = 1 # ours\n');
    expect(saved.unknown).toEqual([
      { path: 'lab.nmae', nearest: 'name' },
      { path: 'extra', nearest: null },
    ]);
    const without = await update({ 'lab.nmae': null, extra: null });
    expect(without.unknown).toEqual([]);
    expect(readFileSync(path, 'utf8')).toBe(FILE.replace('"Lago"', '"Como"'));
    expect((await update({ extra: null }, 422)).fields).toEqual({ extra: 'field.unknown' });
  });

  it('the second of two who change the file is warned', async () => {
    const { version } = await view();
    await api.patch('settings', { version, values: { 'lab.name': 'One' } }).expect(200);
    const late = await api.patch('settings', { version, values: { 'lab.name': 'Two' } });
    expect(late.status).toBe(409);
    expect(readFileSync(path, 'utf8')).toContain('"One"');
  });

  it('a file that is no TOML any more is left to a person', async () => {
    writeFileSync(path, '[lab\n');
    expect((await api.get('settings').expect(409)).body).toMatchObject({
      code: 'settings.file_unusual',
    });
  });

  it('is for administrators', async () => {
    const other = await TestApi.as(lab, 'machines');
    await other.get('settings').expect(403);
    await other.patch('settings', { version: '', values: {} }).expect(403);
    await other.post('settings/test-broker').expect(403);
  });

  it('[B24] sends a test mail by values that are not saved', async () => {
    const none = await api.post('settings/test-mail', { server: '' }).expect(200);
    expect(none.body).toMatchObject({ ok: false, problem: 'nothing_set' });
    const nobody = { server: '127.0.0.1', port: await freePort(), useTls: false };
    const down = await api.post('settings/test-mail', nobody).expect(200);
    expect(down.body).toMatchObject({ ok: false, problem: 'refused', sentTo: null });
    const mail = await TestMailServer.start();
    const asked = { server: '127.0.0.1', port: mail.port, useTls: false, sender: 'a@lago.org' };
    const sent = await api.post('settings/test-mail', asked).expect(200);
    expect(sent.body).toMatchObject({ ok: true, problem: null });
    const { sentTo } = sent.body as { sentTo: string };
    expect(await mail.mailTo(sentTo)).toMatchObject({ from: 'a@lago.org' });
    await mail.stop();
  });

  it('[B24] opens a database that is not saved yet', async () => {
    const test = async (url: string) =>
      (await api.post('settings/test-database', { url }).expect(200)).body as object;
    expect(await test('sqlite:///fabomatic.db')).toMatchObject({ ok: true });
    expect(await test('sqlite:////nowhere/at/all.db')).toMatchObject({ problem: 'no_file' });
    expect(await test('mysql://x')).toMatchObject({ ok: false, problem: 'bad_address' });
    expect(await test(`postgresql://u:p@127.0.0.1:${await freePort()}/x`)).toMatchObject({
      ok: false,
      problem: 'refused',
    });
  });

  it('[B24] tries the database and the broker', async () => {
    expect((await api.post('settings/test-database').expect(200)).body).toMatchObject({ ok: true });
    expect((await api.post('settings/test-broker').expect(200)).body).toMatchObject({ ok: true });
    const external = { broker: '127.0.0.1', port: lab.settings.mqtt.port };
    expect((await api.post('settings/test-broker', external).expect(200)).body).toMatchObject({
      ok: true,
    });
    const nobody = { broker: '127.0.0.1', port: await freePort() };
    const refused = await api.post('settings/test-broker', nobody).expect(200);
    expect(refused.body).toMatchObject({ ok: false, problem: 'refused' });
  });
});

it('without a file the first change makes one in the data folder, which the next start reads', async () => {
  const lab = await TestLab.start();
  const api = await TestApi.as(lab, 'admin');
  const { body } = await api.get('settings').expect(200);
  const { version, exists, file } = body as SettingsView;
  expect(exists).toBe(false);
  await api.patch('settings', { version, values: { 'lab.name': 'Nuovo' } }).expect(200);
  expect(readFileSync(file, 'utf8')).toBe('[lab]\nname = "Nuovo"\n');
  await lab.stop();
  const again = await TestLab.start({ folder: lab.settings.data.folder });
  expect(again.settings.lab.name).toBe('Nuovo');
  await again.stop();
  rmSync(lab.settings.data.folder, { recursive: true });
});

it('a stored password is tried nowhere else than where it belongs', async () => {
  const mail = await TestMailServer.start();
  const external = await TestLab.start({
    environment: {
      ...mail.environment,
      FABOMATIC_EMAIL_USERNAME: 'lab',
      FABOMATIC_EMAIL_PASSWORD: 'stored',
      FABOMATIC_MQTT_PASSWORD: 'stored',
    },
  });
  const admin = await TestApi.as(external, 'admin');
  const retype = { ok: false, problem: 'type_password' };
  const elsewhere = { server: 'localhost' };
  const refused = await admin.post('settings/test-mail', elsewhere).expect(200);
  expect(refused.body).toMatchObject(retype);
  const broker = { broker: '127.0.0.1', port: external.settings.mqtt.port };
  expect((await admin.post('settings/test-broker', broker).expect(200)).body).toMatchObject(retype);
  expect(mail.mails).toHaveLength(0);
  await external.stop();
  await mail.stop();
  rmSync(external.settings.data.folder, { recursive: true });
});
