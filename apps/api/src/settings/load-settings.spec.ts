import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSettingsText, loadSettings } from './load-settings';
import { SettingsError } from './settings-problems';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fabomatic-settings-'));
  mkdirSync(join(root, 'conf'));
});
afterEach(() => rmSync(root, { recursive: true }));

function writeSettings(toml: string): void {
  writeFileSync(join(root, 'conf', 'settings.toml'), toml);
}

function problemsOf(toml: string | null, environment: Record<string, string> = {}): string[] {
  if (toml !== null) writeSettings(toml);
  try {
    loadSettings(environment, root);
  } catch (error) {
    // A refusal is what these tests are after; anything else is a defect.
    if (error instanceof SettingsError) return [...error.problems];
    throw error;
  }
  return [];
}

describe('loadSettings', () => {
  it('has a default for everything', () => {
    const settings = loadSettings({}, root);
    expect(settings.source).toBeNull();
    expect(settings.mqtt).toMatchObject({ broker: 'embedded', isEmbedded: true, port: 1883 });
    expect(settings.mqtt).toMatchObject({ boardAccounts: 'off', tlsPort: 8883 });
    expect(settings.retention).toMatchObject({ usesDays: 365, unrecognisedCardsDays: 30 });
    expect(settings.web).toMatchObject({ port: 23336, tls: 'self-signed', secretKey: null });
    expect(settings.data.folder).toBe(join(root, 'data'));
    expect(settings.database.location).toEqual({
      kind: 'sqlite',
      file: join(root, 'data', 'fabomatic.db'),
    });
    expect(settings.lab.timezone).not.toBe('');
  });

  it("takes the original's file", () => {
    writeSettings(`
      [database]
      url = "sqlite:///machines.sqldb"
      name = "fablab"
      [MQTT]
      broker = "127.0.0.1"
      port = 1883
      client_id = "backend"
      topic = "machine/"
      reply_subtopic = "/reply"
      stats_topic = "stats/"
      [web]
      default_admin_email = "admin@fablag.org"
      base_url = "fabpi.example.com"
      [email]
      server = "smtp.google.com"
      port = 587
      use_tls = true
      username = ""
      password = ""
    `);
    const settings = loadSettings({}, root);
    expect(settings.source).toBe(join(root, 'conf', 'settings.toml'));
    expect(settings.mqtt).toMatchObject({ isEmbedded: false, topic: 'machine', user: null });
    expect(settings.web.baseUrl).toBe('https://fabpi.example.com');
  });

  it('lets the environment win over the file, with numbers and flags', () => {
    writeSettings('[web]\nport = 1000\n[MQTT]\nport = 2000\n');
    const settings = loadSettings(
      { FABOMATIC_WEB_PORT: '3000', FABOMATIC_EMAIL_USE_TLS: 'false', PATH: '/bin' },
      root,
    );
    expect(settings.web.port).toBe(3000);
    expect(settings.mqtt.port).toBe(2000);
    expect(settings.email.useTls).toBe(false);
  });

  it('reads the file that FABOMATIC_SETTINGS names', () => {
    writeSettings('[web]\nport = 1000\n');
    writeFileSync(join(root, 'other.toml'), '[web]\nport = 4000\n');
    expect(loadSettings({ FABOMATIC_SETTINGS: 'other.toml' }, root).web.port).toBe(4000);
  });

  it('looks into the data folder that FABOMATIC_DATA_DIR names', () => {
    const folder = join(root, 'elsewhere');
    mkdirSync(folder);
    writeFileSync(join(folder, 'settings.toml'), '[web]\nport = 5000\n');
    const settings = loadSettings({ FABOMATIC_DATA_DIR: folder }, root);
    expect(settings.web.port).toBe(5000);
    expect(settings.data.folder).toBe(folder);
  });

  it('reports every problem at once', () => {
    expect(problemsOf('[web]\nport = 0\nprot = 1\n[mqtt]\nport = 1883\n')).toEqual([
      expect.stringContaining('conf/settings.toml: web.prot is unknown; did you mean "port"?'),
      'conf/settings.toml: [mqtt] is unknown; did you mean "MQTT"?',
      'conf/settings.toml: web.port is 0, expected a whole number from 1 to 65535',
    ]);
  });

  it('tells of a bad value in the file that the environment replaces', () => {
    expect(problemsOf('[web]\nport = 0\n', { FABOMATIC_WEB_PORT: '3000' })).toHaveLength(1);
  });

  it.each<[toml: string, expected: string]>([
    ['[MQTT]\nport = 99999', 'MQTT.port is 99999, expected a whole number from 1 to 65535'],
    ['[MQTT]\nport = "1883"', 'MQTT.port is "1883", expected a whole number'],
    ['[MQTT]\nbroker = " "', 'MQTT.broker is " ", expected a text, not empty'],
    ['[MQTT]\ntopic = "machine/#"', 'MQTT.topic is "machine/#", expected a topic'],
    ['[MQTT]\nreply_subtopic = "reply"', 'MQTT.reply_subtopic is "reply", expected a "/"'],
    ['[email]\nuse_tls = 1', 'email.use_tls is 1, expected true or false'],
    ['[web]\ntls = "on"', 'web.tls is "on", expected one of "self-signed", "files", "off"'],
    ['[web]\ntls = "files"', 'web.tls_cert_file is "", expected the path of a file'],
    ['[web]\ntrust_proxy = "everybody"', 'web.trust_proxy is "everybody"'],
    ['[web]\nbase_url = "ftp://x"', 'web.base_url is "ftp://x"'],
    ['[web]\nsecret_key = "some_long_hex_string_1234gs"', 'web.secret_key is not usable'],
    // As long as a good one, and still what the original's documentation says.
    [
      '[web]\nsecret_key = "some_long_hex_string_1234567890_1234567890_1234567890"',
      'web.secret_key is not usable',
    ],
    ['[web]\nsecret_key = "lkgsjò12412lgjsd"', 'web.secret_key is not usable'],
    ['[web]\nsecret_key = "short"', 'web.secret_key is not usable'],
    ['[database]\nurl = "mysql://u:pw@h/db"', 'database.url is not usable, expected "sqlite:///'],
    [
      '[MQTT]\nboard_accounts = "optional"\nuser = "board-7"',
      'MQTT.user is "board-7", which is the name of a board\'s account',
    ],
    [
      '[MQTT]\nboard_accounts = "required"\nuser = "a:b"',
      'MQTT.user has a blank or a colon, which no account can',
    ],
    [
      '[MQTT]\nbroker = "fabpi"\nboard_accounts = "optional"',
      'MQTT.user and MQTT.password are needed when boards have accounts',
    ],
    [
      '[MQTT]\nbroker = "fabpi"\nboard_accounts = "optional"\nuser = "x"\npassword = "y"\nshared_user = "x"',
      'MQTT.shared_user is MQTT.user: boards must not log in as the product does',
    ],
    ['[MQTT]\ntls_cert_file = "x.pem"', 'MQTT.tls_key_file is "", expected the path of a file'],
    ['[lab]\ntimezone = "Europe/Atlantis"', 'lab.timezone is "Europe/Atlantis"'],
    ['[weekly_summary]\nlanguage = "xx"', 'weekly_summary.language is "xx"'],
    ['web = 3', 'web is a value, expected a section [web]'],
    ['[web]\nport = = 3', 'line 2, column 8:'],
  ])('[B9] [S10] refuses %j', (toml, expected) => {
    const problems = problemsOf(toml);
    expect(problems[0]).toContain(`conf/settings.toml: ${expected}`);
  });

  it.each<[environment: Record<string, string>, expected: string]>([
    [
      { FABOMATIC_WEB_PROT: '1' },
      'FABOMATIC_WEB_PROT is unknown; did you mean "FABOMATIC_WEB_PORT"?',
    ],
    [
      { FABOMATIC_WEB_PORT: 'abc' },
      'environment FABOMATIC_WEB_PORT: web.port is "abc", expected a',
    ],
    [{ FABOMATIC_MQTT_TLS: 'yes' }, 'MQTT.tls is "yes", expected true or false'],
    [{ FABOMATIC_SETTINGS: 'gone.toml' }, 'gone.toml: there is no such file'],
  ])('refuses %j', (environment, expected) => {
    expect(problemsOf(null, environment)[0]).toContain(expected);
  });
});

describe('values that do not go together', () => {
  it.each<[string, string, string]>([
    ['[web]\ntls = "files"\ntls_key_file = "x"', 'settings.files_needed', 'web.tls_cert_file'],
    ['[MQTT]\ntls_cert_file = "x"', 'settings.files_needed', 'MQTT.tls_cert_file'],
    ['[firmware]\nport_to = 9', 'settings.ports_reversed', 'firmware.port_to'],
    [
      '[MQTT]\nboard_accounts = "optional"\nshared_user = "board-7"',
      'settings.user_of_board',
      'MQTT.shared_user',
    ],
    [
      '[MQTT]\nbroker = "fabpi"\nboard_accounts = "required"',
      'settings.broker_login_needed',
      'MQTT.user',
    ],
    [
      '[MQTT]\nbroker = "fabpi"\nboard_accounts = "optional"\nuser = "x"\npassword = "y"\nshared_user = "x"',
      'settings.users_alike',
      'MQTT.shared_user',
    ],
  ])('%j: %s', (toml, code, path) => {
    const { contradictions, problems } = checkSettingsText('settings', toml);
    expect(contradictions).toHaveLength(1);
    expect(contradictions[0]).toMatchObject({ code, problem: problems[0] });
    expect(contradictions[0]?.paths[0]).toBe(path);
  });

  it('are none where a value is wrong by itself', () => {
    const { contradictions, problems } = checkSettingsText('settings', '[web]\nport = 0');
    expect([contradictions, problems.length]).toEqual([[], 1]);
  });
});
