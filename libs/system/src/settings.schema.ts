import * as z from 'zod';

/** Where the value comes from; the first that has one wins. */
export const SETTING_SOURCES = ['environment', 'file', 'default'] as const;
/** `schedule`: 'daily 03:30' or ''; `list`: parts with commas between them. */
export const SETTING_KINDS = [
  'text',
  'number',
  'boolean',
  'choice',
  'schedule',
  'timezone',
  'list',
] as const;
export type SettingKind = (typeof SETTING_KINDS)[number];
export const SETTING_UNITS = ['days', 'weeks', 'minutes'] as const;
/**
 * What a value has to be, for a sentence in the reader's language. `text` takes everything; of
 * `whole_number` and `seconds` the view has `min` and `max`, of `secret_key` it has `min` letters.
 */
export const SETTING_FORMATS = [
  'text',
  'not_empty',
  'flag',
  'choice',
  'whole_number',
  'seconds',
  'email',
  'topic',
  'subtopic',
  'schedule',
  'database_url',
  'secret_key',
  'timezone',
  'web_address',
  'proxies',
  'file',
  'folder',
] as const;
export type SettingFormat = (typeof SETTING_FORMATS)[number];

const value = z.union([z.string(), z.number(), z.boolean()]);

export const SettingView = z.object({
  /** 'MQTT.port' */
  path: z.string(),
  section: z.string(),
  name: z.string(),
  kind: z.enum(SETTING_KINDS),
  /** What a number counts. */
  unit: z.enum(SETTING_UNITS).nullable(),
  /** For a choice: the values that there are. */
  choices: z.array(z.string()),
  format: z.enum(SETTING_FORMATS),
  /** The least number, or the fewest letters; null: no such limit. */
  min: z.number().nullable(),
  max: z.number().nullable(),
  /** What it is for, in English: the words of the manual. */
  description: z.string(),
  /** The same as `format`, in the manual's words. */
  expected: z.string(),
  isSecret: z.boolean(),
  /** null for a secret, which is never told. */
  defaultValue: value.nullable(),
  /** What the file says now; null for a secret. */
  value: value.nullable(),
  /** Whether a secret has a value. */
  isSet: z.boolean(),
  source: z.enum(SETTING_SOURCES),
  /** The environment variable that would win over the file. */
  variable: z.string(),
  needsRestart: z.boolean(),
  /** Whether the program still runs with another value. */
  isPending: z.boolean(),
});
export type SettingView = z.infer<typeof SettingView>;

/** A name in the file that means nothing to this program: the next start refuses it. */
export const UnknownSetting = z.object({
  /** 'web.prot', or 'extra' for a whole section: what to send with null to take it out. */
  path: z.string(),
  /** The known name that is nearest: 'port'. */
  nearest: z.string().nullable(),
});
export type UnknownSetting = z.infer<typeof UnknownSetting>;

export const SettingsView = z.object({
  /** The file that is read and written. */
  file: z.string(),
  /** false: it is made at the first change. */
  exists: z.boolean(),
  /** Of the file's text: a change from an older one is refused. */
  version: z.string(),
  items: z.array(SettingView),
  unknown: z.array(UnknownSetting),
  /** Whether something waits for a restart. */
  needsRestart: z.boolean(),
  canRestart: z.boolean(),
});
export type SettingsView = z.infer<typeof SettingsView>;

/**
 * `PATCH /api/v1/settings`. Key: 'MQTT.port'. null: as the default says, and what is unknown is taken
 * out; an empty text leaves a secret as it is.
 */
export const SettingsUpdate = z.strictObject({
  version: z.string(),
  values: z.record(z.string(), value.nullable()),
});
export type SettingsUpdate = z.infer<typeof SettingsUpdate>;

/**
 * `POST /api/v1/settings/test-broker`: what is left out is as the next start will have it. A password
 * that is not typed is the stored one only while it goes to the same place in the same way: nobody
 * gets it out by trying it elsewhere.
 */
export const BrokerTest = z.strictObject({
  broker: z.string().min(1).optional(),
  port: z.number().int().min(1).max(65_535).optional(),
  user: z.string().optional(),
  password: z.string().optional(),
  tls: z.boolean().optional(),
  tlsCaFile: z.string().optional(),
});
export type BrokerTest = z.infer<typeof BrokerTest>;

/** `POST /api/v1/settings/test-mail`: a mail to whoever asks; otherwise as {@link BrokerTest}. */
export const MailTest = z.strictObject({
  server: z.string().optional(),
  port: z.number().int().min(1).max(65_535).optional(),
  useTls: z.boolean().optional(),
  tlsCaFile: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  sender: z.string().optional(),
});
export type MailTest = z.infer<typeof MailTest>;

/** `POST /api/v1/settings/test-database`: without `url` the one that is used now. */
export const DatabaseTest = z.strictObject({ url: z.string().optional() });
export type DatabaseTest = z.infer<typeof DatabaseTest>;

/** What stood in the way of a connection, in so far as it can be told. */
export const CONNECTION_PROBLEMS = [
  /** Nothing is set that could be tried. */
  'nothing_set',
  'bad_address',
  'unknown_host',
  'refused',
  'no_answer',
  'login',
  'certificate',
  /** The password has to be typed again for another address. */
  'type_password',
  /** Whoever asks has no address to send a mail to. */
  'no_recipient',
  'no_file',
  'other',
] as const;
export type ConnectionProblem = (typeof CONNECTION_PROBLEMS)[number];

export const ConnectionTestView = z.object({
  ok: z.boolean(),
  /** null when all is well. */
  problem: z.enum(CONNECTION_PROBLEMS).nullable(),
  /** Where a test mail went. */
  sentTo: z.string().nullable(),
  /** What the other side said; null when all is well. */
  reason: z.string().nullable(),
  milliseconds: z.number().min(0),
});
export type ConnectionTestView = z.infer<typeof ConnectionTestView>;
