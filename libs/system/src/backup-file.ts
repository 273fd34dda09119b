import { fromIso, toIso } from '@fabomatic/kernel';
import type { BackupKind } from './backup.schema';
import { labDay } from './lab-time';

/** What the name of a backup says. */
export interface BackupFile {
  readonly kind: BackupKind;
  readonly atS: number;
  /** Of the program that made it; null in names that do not tell. */
  readonly version: string | null;
}

/** `db`: a file of SQLite; `dump`: an archive of pg_dump. */
export type BackupExtension = 'db' | 'dump';

const NAME =
  /^fabomatic-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)Z-(.+)-(scheduled|manual|before-restore|before-update|uploaded)\.(?:db|dump)$/;
/** The copy that is made before a migration. */
const BEFORE_UPDATE = /^.+-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)\.\d+Z\.\w+$/;

/** 'fabomatic-20261124-030000Z-0.1.0-scheduled.db' */
export function backupName(file: BackupFile, extension: BackupExtension): string {
  const time = toIso(file.atS)
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '')
    .replace('T', '-');
  return `fabomatic-${time}-${file.version ?? UNKNOWN}-${file.kind}.${extension}`;
}

/** Reads a name of ours; null when it is none. */
export function parseBackupName(name: string): BackupFile | null {
  const own = NAME.exec(name);
  if (own !== null) {
    const [, year, month, day, hour, minute, second, version = '', kind] = own;
    const atS = fromIso(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    return Number.isNaN(atS)
      ? null
      : { kind: kind as BackupKind, atS, version: version === UNKNOWN ? null : version };
  }
  const [, day, hour, minute, second] = BEFORE_UPDATE.exec(name) ?? [];
  if (day === undefined) return null;
  const atS = fromIso(`${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(atS) ? null : { kind: 'before-update', atS, version: null };
}

/** Stands in a name for a version that nobody knows. */
const UNKNOWN = '0';

/** Ways back that are kept, of each kind. */
const KEPT_WAYS_BACK = 5;
const DAYS_PER_WEEK = 7;

export interface RotationRules {
  readonly keepDaily: number;
  readonly keepWeekly: number;
  /** The lab's time zone: where its days begin. */
  readonly timezone: string;
}

/**
 * The backups that may go. Of the scheduled ones stay the last of each of the latest `keepDaily` days
 * that have one, the last of each of the `keepWeekly` weeks before those, and always the newest;
 * of the ways back the five newest; what a person made or brought stays.
 */
export function rotatedOut<T extends BackupFile>(backups: readonly T[], rules: RotationRules): T[] {
  const falling = [...backups].sort((a, b) => b.atS - a.atS);
  const scheduled = falling.filter(({ kind }) => kind === 'scheduled');
  const dayOf = ({ atS }: T) => labDay(atS, rules.timezone);
  const daily = lastOfEach(scheduled, rules.keepDaily, dayOf);
  const firstDay = Math.min(...[...daily].map(dayOf));
  const older = scheduled.filter((each) => dayOf(each) < firstDay);
  const weekly = lastOfEach(older, rules.keepWeekly, (each) =>
    Math.floor((dayOf(each) + FIRST_WEEKDAY) / DAYS_PER_WEEK),
  );
  const waysBack = (['before-restore', 'before-update'] as const).flatMap((kind) =>
    falling.filter((each) => each.kind === kind).slice(KEPT_WAYS_BACK),
  );
  const outdated = scheduled.filter(
    (each, place) => place > 0 && !daily.has(each) && !weekly.has(each),
  );
  return [...outdated, ...waysBack];
}

/** 1 January 1970 was a Thursday: three days after a Monday. */
const FIRST_WEEKDAY = 3;

/** The first (newest) of each of the first `count` groups. */
function lastOfEach<T>(falling: readonly T[], count: number, groupOf: (item: T) => number): Set<T> {
  const kept = new Map<number, T>();
  for (const item of falling) {
    const group = groupOf(item);
    if (!kept.has(group) && kept.size < count) kept.set(group, item);
  }
  return new Set(kept.values());
}
