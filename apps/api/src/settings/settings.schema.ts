import { BOARD_ACCOUNT_MODES } from '@fabomatic/boards';
import { PUBLIC_NAMES } from '@fabomatic/machines';
import { z } from 'zod';
import {
  baseUrl,
  count,
  databaseUrl,
  email,
  filePath,
  flag,
  folderPath,
  jobSchedule,
  LANGUAGES,
  LOG_LEVELS,
  oneOf,
  perSecond,
  port,
  requiredText,
  seconds,
  secret,
  secretKey,
  subtopic,
  text,
  timezone,
  topic,
  trustedProxies,
} from './settings-values';

/** The value of `MQTT.broker` that means: run the broker inside this program. */
export const EMBEDDED_BROKER = 'embedded';

/** A hundred years: more is a slip of the pen. */
const MAX_DAYS = 36_500;
/** A week. */
const MAX_ALERT_MIN = 10_080;
const MAX_BACKUPS = 1000;
const MAX_MESSAGES_PER_S = 1_000_000;

/**
 * Every key that may stand in `settings.toml`, in the original's sections and under its names
 * (upper and lower case matter: `MQTT`). The documentation, the example file, the names of the
 * environment variables and the errors are all made from this.
 */
export const SettingsFile = z.strictObject({
  database: z.strictObject({
    url: databaseUrl(
      'sqlite:///fabomatic.db',
      'Where the data is kept. Three slashes: a file inside the data folder; four: an absolute path.',
    ),
    name: requiredText(
      'fablab',
      'A name for the database, shown to administrators and in backups.',
    ),
  }),
  MQTT: z.strictObject({
    broker: requiredText(
      EMBEDDED_BROKER,
      'The broker that the boards talk to: "embedded" runs one inside this program; the name or address of a computer means a broker such as Mosquitto that runs there.',
    ),
    host: requiredText('0.0.0.0', 'The address on which the embedded broker listens.'),
    port: port(1883, 'The port of the broker, embedded or not.'),
    user: text(
      '',
      'The user name for the broker; "" for none. On the embedded broker that of all who have no account of their own.',
    ),
    password: secret('The password for the broker; "" for none.'),
    tls: flag(false, 'Whether to talk to an external broker over TLS.'),
    tls_ca_file: filePath(
      'The certificate (PEM) of the authority that signed the external broker\'s; "" for the usual ones.',
    ),
    listeners: oneOf(
      ['plain', 'tls', 'both'],
      'plain',
      'How the embedded broker is reached: over plain TCP on MQTT.port, over TLS on MQTT.tls_port, or either way. Boards with the firmware of Fab-O-Matic speak plain TCP.',
    ),
    tls_port: port(8883, 'The port of the embedded broker for TLS.'),
    tls_cert_file: filePath(
      'The certificate of the embedded broker and its chain (PEM); "" for the one of the web pages.',
    ),
    tls_key_file: filePath(
      'The private key (PEM) of MQTT.tls_cert_file.',
      ', needed when MQTT.tls_cert_file is set',
    ),
    board_accounts: oneOf(
      BOARD_ACCOUNT_MODES,
      'off',
      'Whether boards log in with an account of their own, which may speak for its machine only. "optional": those whose machine has one, which lets a lab move over board by board; "required": all.',
    ),
    shared_user: text(
      '',
      'With board_accounts = "optional" on an external broker: what boards without an account log in as; "" for none.',
    ),
    shared_password: secret('The password of MQTT.shared_user.'),
    max_messages_per_s: perSecond(
      100,
      MAX_MESSAGES_PER_S,
      'How many messages a second one board or program may send for long; a board sends at most 20. On the embedded broker it is disconnected, on others what is too much is not looked at. 0: no limit.',
    ),
    client_id: requiredText(
      'fabomatic',
      'The name under which this program connects to an external broker. Each installation on the same broker needs its own.',
    ),
    topic: topic('machine', 'What the topics of the boards begin with: machine/<number>.'),
    reply_subtopic: subtopic('/reply', 'What follows in the topic of an answer: machine/7/reply.'),
    request_subtopic: subtopic(
      '/request',
      'What follows in the topic of a command to a board: machine/7/request.',
    ),
    stats_topic: topic('stats', 'What the topics of the statistics begin with.'),
  }),
  web: z.strictObject({
    host: requiredText('0.0.0.0', 'The address on which the web pages are served.'),
    port: port(23336, 'The port on which the web pages are served.'),
    tls: oneOf(
      ['self-signed', 'files', 'off'],
      'self-signed',
      'HTTPS with a certificate made at the first start, with one from files, or plain HTTP for use behind a proxy that does HTTPS.',
    ),
    tls_cert_file: filePath(
      'The certificate and its chain (PEM), for tls = "files".',
      ', needed when web.tls is "files"',
    ),
    tls_key_file: filePath(
      'The private key (PEM), for tls = "files".',
      ', needed when web.tls is "files"',
    ),
    trust_proxy: trustedProxies(
      'The proxies whose word on the address of a visitor is believed; "" for none. With a proxy on this computer: "loopback".',
    ),
    secret_key: secretKey(
      'The key that signs sessions. Leave it empty: one is made at the first start and kept in the data folder.',
    ),
    require_second_factor: flag(
      false,
      'Whether administrators need an authenticator app on top of their password.',
    ),
    default_admin_email: email(
      'admin@fablab.org',
      'The e-mail address of the administrator that a new database begins with.',
    ),
    base_url: baseUrl(
      'The address of these pages as people type it, for the links in mails; "" when there is none.',
    ),
  }),
  email: z.strictObject({
    server: text('', 'The mail server (SMTP); "" when no mail is to be sent.'),
    port: port(587, 'The port of the mail server.'),
    use_tls: flag(
      true,
      'Whether to talk to the mail server over TLS: from the start on port 465, by STARTTLS on all others.',
    ),
    tls_ca_file: filePath(
      'The certificate (PEM) of the authority that signed the mail server\'s; "" for the usual ones.',
    ),
    username: text('', 'The user name for the mail server; "" for none.'),
    password: secret('The password for the mail server; "" for none.'),
    sender: email('admin@fablab.org', 'The address that mails come from.'),
  }),
  weekly_summary: z.strictObject({
    enabled: flag(true, 'Whether the summary of the week is mailed.'),
    language: oneOf(
      ['', ...LANGUAGES],
      '',
      'The language of the summary of the week for members who have not chosen one; "" for the one of the lab.',
    ),
    schedule: jobSchedule(
      'monday 07:00',
      'When the summary of the last week, Monday to Sunday, is mailed, in the time zone of the lab. What was missed while the program was off is done after its start, never twice.',
    ),
  }),
  alerts: z.strictObject({
    offline_min: count(
      30,
      { max: MAX_ALERT_MIN, unit: 'minutes' },
      'After so many minutes without a word from its board a machine is mailed as offline, to those who ask for it; 0: never.',
    ),
  }),
  lab: z.strictObject({
    name: requiredText('FabLab', 'The name of the lab, as pages and mails show it.'),
    timezone: timezone('The time zone of the lab; "" for the one of this computer.'),
    language: oneOf(LANGUAGES, 'en', 'The language of whoever has not chosen one.'),
  }),
  public: z.strictObject({
    status_page: flag(
      false,
      'Whether anybody may see at /status, without logging in, what each machine is doing.',
    ),
    tv: flag(false, 'Whether the big tiles for a screen on the wall are shown at /tv to anybody.'),
    names: oneOf(
      PUBLIC_NAMES,
      'none',
      'How these two pages call whoever uses a machine: not at all, "Marta C.", or in full.',
    ),
    reasons: flag(
      false,
      'Whether these two pages show why a machine is blocked and which maintenance is due. The staff writes these texts, so they may name people.',
    ),
  }),
  retention: z.strictObject({
    schedule: jobSchedule(
      'daily 03:30',
      'When personal data that is no longer needed is removed, in the time zone of the lab. What was missed while the program was off is done after its start.',
    ),
    uses_days: count(
      365,
      { max: MAX_DAYS, unit: 'days' },
      'After so many days a use or an intervention no longer says who it was; 0: never.',
    ),
    unrecognised_cards_days: count(
      30,
      { max: MAX_DAYS, unit: 'days' },
      'After so many days a card that nobody has is forgotten; 0: never.',
    ),
    mails_days: count(
      90,
      { max: MAX_DAYS, unit: 'days' },
      'After so many days the log forgets a mail that was sent or given up; 0: never.',
    ),
    members_days: count(
      365,
      { max: MAX_DAYS, unit: 'days' },
      'So many days after the end of a membership the portal proposes to erase the person; nobody is erased by itself. 0: never proposed.',
    ),
  }),
  backup: z.strictObject({
    schedule: jobSchedule(
      'daily 03:00',
      'When the database is backed up, in the time zone of the lab. What was missed while the program was off is done after its start.',
    ),
    keep_daily: count(
      7,
      { max: MAX_BACKUPS, unit: 'days' },
      'Of so many days the last backup is kept.',
    ),
    keep_weekly: count(
      4,
      { max: MAX_BACKUPS, unit: 'weeks' },
      'Of so many weeks before those the last backup is kept.',
    ),
    folder: folderPath(
      'Where backups go, best on another disk; "" for the folder "backups" in the data folder.',
    ),
  }),
  firmware: z.strictObject({
    board_port: port(3232, 'The UDP port on which the boards wait for new firmware.'),
    port_from: port(
      23340,
      'The first of the TCP ports on which boards fetch new firmware; a firewall must let the boards in. One is open, and only while a board is invited.',
    ),
    port_to: port(23349, 'The last of these ports.'),
    password: secret('The OTA password of the boards\' firmware; "" for none.'),
    answer_timeout_s: seconds(
      10,
      120,
      'How long a board may take to answer an invitation, to connect, and to take each block.',
    ),
    return_timeout_s: seconds(
      180,
      3600,
      'How long a board may take to come back after its restart.',
    ),
  }),
  system: z.strictObject({
    restart: flag(
      false,
      'Whether administrators may restart the program from the portal: only where something starts it again, as systemd and Docker do.',
    ),
    metrics_token: secret(
      'The token with which Prometheus may read /metrics ("Authorization: Bearer <token>"); "" turns /metrics off.',
    ),
  }),
  data: z.strictObject({
    folder: requiredText(
      'data',
      'Where everything that must be kept lies: database, secrets, certificate, logs. A relative path starts at the folder of this program.',
    ),
  }),
  log: z.strictObject({
    level: oneOf(LOG_LEVELS, 'info', 'The least important lines that are still logged.'),
  }),
});
export type SettingsFile = z.infer<typeof SettingsFile>;

/** One key of {@link SettingsFile}. */
export interface SettingsKey {
  readonly section: string;
  readonly name: string;
  /** 'MQTT.port' */
  readonly path: string;
  /** 'FABOMATIC_MQTT_PORT' */
  readonly variable: string;
  readonly schema: z.ZodType;
  readonly defaultValue: unknown;
}

/** All keys in the order of the file. */
export const SETTINGS_KEYS: readonly SettingsKey[] = Object.entries(SettingsFile.shape).flatMap(
  ([section, { shape }]) =>
    Object.entries(shape).map(([name, schema]: [string, z.ZodType]) => ({
      section,
      name,
      path: `${section}.${name}`,
      variable: `FABOMATIC_${section}_${name}`.toUpperCase(),
      schema,
      defaultValue: schema.parse(undefined),
    })),
);
