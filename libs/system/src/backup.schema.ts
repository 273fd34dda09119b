import { IsoTime } from '@fabomatic/kernel';
import * as z from 'zod';

/**
 * Why a backup was made. `before-restore` and `before-update` are the way back from either;
 * `uploaded`: somebody put the file there.
 */
export const BACKUP_KINDS = [
  'scheduled',
  'manual',
  'before-restore',
  'before-update',
  'uploaded',
] as const;
export type BackupKind = (typeof BACKUP_KINDS)[number];

export const BackupView = z.object({
  /** The name of the file; its id as well. */
  name: z.string(),
  kind: z.enum(BACKUP_KINDS),
  createdAt: IsoTime,
  /** Of the program that made it; null when the name does not tell. */
  version: z.string().nullable(),
  sizeBytes: z.number().int().min(0),
  /** When it was last opened and checked; `problem`: an error code. null: nobody has yet. */
  check: z.object({ at: IsoTime, problem: z.string().nullable() }).nullable(),
});
export type BackupView = z.infer<typeof BackupView>;

/** What was found when a backup was opened and checked: table -> number of rows. */
export const BackupCheckView = z.object({
  backup: BackupView,
  rows: z.record(z.string(), z.number()),
});
export type BackupCheckView = z.infer<typeof BackupCheckView>;

/** The tables that a person knows by name: what a restore is about, in numbers. */
export const COMPARED_TABLES = [
  'members',
  'machines',
  'authorizations',
  'uses',
  'interventions',
] as const;
export type ComparedTable = (typeof COMPARED_TABLES)[number];

/** `POST /api/v1/backups/:name/check`: what is in the backup, and what is there today. */
export const BackupComparisonView = BackupCheckView.extend({
  /** table -> number of rows of the database, for {@link COMPARED_TABLES}. */
  now: z.record(z.string(), z.number()),
});
export type BackupComparisonView = z.infer<typeof BackupComparisonView>;

export const RESTORE_OUTCOMES = ['done', 'failed'] as const;

export const BackupList = z.object({
  /** The newest first. */
  items: z.array(BackupView),
  folder: z.string(),
  /** What makes a file one of this database. */
  databaseKind: z.enum(['sqlite', 'postgres']),
  /** 'daily 03:00' in the lab's time zone; null: never by itself. */
  schedule: z.string().nullable(),
  /** Days, and weeks before those, of which the last scheduled one stays. */
  keepDaily: z.number().int(),
  keepWeekly: z.number().int(),
  /** The backup that takes the place of the database at the next start. */
  pendingRestore: z.object({ name: z.string(), askedAt: IsoTime }).nullable(),
  /** What became of the latest restore. */
  lastRestore: z
    .object({
      name: z.string(),
      at: IsoTime,
      outcome: z.enum(RESTORE_OUTCOMES),
      error: z.string().nullable(),
    })
    .nullable(),
  /** Whether the program starts again by itself once it is told to end. */
  canRestart: z.boolean(),
});
export type BackupList = z.infer<typeof BackupList>;
