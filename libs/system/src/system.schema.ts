import { IsoTime } from '@fabomatic/kernel';
import * as z from 'zod';
import { BackupView } from './backup.schema';

/** What somebody should look at, the worst first; each has its sentence in libs/i18n. */
export const ATTENTION_CODES = [
  'broker_down',
  'disk_full',
  'messages_failed',
  'board_flood',
  'restore_failed',
  'job_failed',
  'backup_missing',
  'backup_old',
  'disk_low',
  'strangers',
  'restore_pending',
  'certificate_expires',
  'board_accounts_off',
  'board_accounts_missing',
  'members_erasable',
] as const;
export type AttentionCode = (typeof ATTENTION_CODES)[number];

export const AttentionView = z.object({
  code: z.enum(ATTENTION_CODES),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type AttentionView = z.infer<typeof AttentionView>;

const count = z.number().int().min(0);

export const SystemBoardView = z.object({
  machineId: z.number().int(),
  machineName: z.string(),
  serial: z.string(),
  ip: z.string(),
  firmware: z.string(),
  /** null: the board did not tell. */
  freeBytes: count.nullable(),
  lastSeenAt: IsoTime,
  isOnline: z.boolean(),
});
export type SystemBoardView = z.infer<typeof SystemBoardView>;

/** `GET /api/v1/system` */
export const SystemView = z.object({
  serverTime: IsoTime,
  versions: z.object({ product: z.string(), node: z.string() }),
  uptimeS: count,
  timezone: z.string(),
  host: z.object({ name: z.string(), system: z.string(), cores: count }),
  memory: z.object({ totalBytes: count, freeBytes: count, ownBytes: count }),
  disk: z.object({ totalBytes: count, freeBytes: count }),
  database: z.object({
    kind: z.enum(['sqlite', 'postgres']),
    name: z.string(),
    /** The file, or the address without the password. */
    place: z.string(),
    sizeBytes: count,
    answersInMs: z.number().min(0),
  }),
  broker: z.object({
    kind: z.enum(['embedded', 'external']),
    address: z.string(),
    connected: z.boolean(),
    since: IsoTime,
  }),
  /** Messages of boards since the start, and in the last minute. */
  messages: z.object({
    perMinute: count,
    /** Each minute of the last hour, the oldest first. */
    minutes: z.array(z.object({ received: count, failed: count })),
    received: count,
    sent: count,
    dropped: count,
    malformed: count,
    ignored: count,
    failed: count,
  }),
  backups: z.object({ latest: BackupView.nullable(), schedule: z.string().nullable() }),
  mail: z.object({
    /** null: the settings name none, so no mail leaves. */
    server: z.string().nullable(),
    lastSentAt: IsoTime.nullable(),
    waiting: count,
    /** Within the last week. */
    givenUp: count,
  }),
  boards: z.array(SystemBoardView),
  attention: z.array(AttentionView),
  /** What the portal may do to the computer: never more than to end, so as to be started again. */
  canRestart: z.boolean(),
});
export type SystemView = z.infer<typeof SystemView>;

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export const MAX_LOG_LINES = 1000;

/** `GET /api/v1/system/logs`: the newest lines that match. */
export const LogQuery = z.strictObject({
  /** The least important level that is shown. */
  level: z.enum(LOG_LEVELS).default('info'),
  /** Anywhere in the line, whatever the letter case: a text, a correlation id. */
  q: z.string().trim().min(1).max(100).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_LOG_LINES).default(200),
});
export type LogQuery = z.infer<typeof LogQuery>;

export const LogLineView = z.object({
  at: IsoTime,
  level: z.enum(LOG_LEVELS),
  /** The part of the program that speaks. */
  context: z.string().nullable(),
  message: z.string(),
  correlationId: z.string().nullable(),
  stack: z.string().nullable(),
});
export type LogLineView = z.infer<typeof LogLineView>;

export const LogView = z.object({
  /** The newest first. */
  items: z.array(LogLineView),
  /** Older lines were not looked at. */
  isCut: z.boolean(),
});
export type LogView = z.infer<typeof LogView>;
