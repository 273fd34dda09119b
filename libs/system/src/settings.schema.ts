import * as z from 'zod';

/** Where the value comes from; the first that has one wins. */
export const SETTING_SOURCES = ['environment', 'file', 'default'] as const;
export const SETTING_KINDS = ['text', 'number', 'boolean', 'choice'] as const;

const value = z.union([z.string(), z.number(), z.boolean()]);

export const SettingView = z.object({
  /** 'MQTT.port' */
  path: z.string(),
  section: z.string(),
  name: z.string(),
  kind: z.enum(SETTING_KINDS),
  /** For a choice: the values that there are. */
  choices: z.array(z.string()),
  /** What it is for, in English: the words of the manual. */
  description: z.string(),
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

export const SettingsView = z.object({
  /** The file that is read and written. */
  file: z.string(),
  /** false: it is made at the first change. */
  exists: z.boolean(),
  /** Of the file's text: a change from an older one is refused. */
  version: z.string(),
  items: z.array(SettingView),
  /** Whether something waits for a restart. */
  needsRestart: z.boolean(),
  canRestart: z.boolean(),
});
export type SettingsView = z.infer<typeof SettingsView>;

/**
 * `PATCH /api/v1/settings`. Key: 'MQTT.port'. null: as the default says; an empty text leaves a
 * secret as it is.
 */
export const SettingsUpdate = z.strictObject({
  version: z.string(),
  values: z.record(z.string(), value.nullable()),
});
export type SettingsUpdate = z.infer<typeof SettingsUpdate>;

/** `POST /api/v1/settings/test-broker`: what is left out is as the settings have it. */
export const BrokerTest = z.strictObject({
  broker: z.string().min(1).optional(),
  port: z.number().int().min(1).max(65_535).optional(),
  user: z.string().optional(),
  password: z.string().optional(),
  tls: z.boolean().optional(),
});
export type BrokerTest = z.infer<typeof BrokerTest>;

export const ConnectionTestView = z.object({
  ok: z.boolean(),
  /** What the other side said; null when all is well. */
  reason: z.string().nullable(),
  milliseconds: z.number().min(0),
});
export type ConnectionTestView = z.infer<typeof ConnectionTestView>;
