import { existsSync } from 'node:fs';
import { AppError, systemClock } from '@fabomatic/kernel';
import { migrations } from '@fabomatic/migrations';
import type { AuditBreak } from '@fabomatic/system';
import { AuditService } from '../audit/audit.service';
import { BackupFolder } from '../backups/backup-folder';
import { checkBackup } from '../backups/check-backup';
import { readWholeDatabase } from '../backups/postgres-tools';
import { inspectInThread } from '../backups/sqlite-worker';
import { databaseProblem, UNDEFINED_TABLE } from '../database/database-problem';
import type { ReadDb } from '../database/db';
import { openReader } from '../database/open-reader';
import { callOf } from '../root-folder';
import { loadSettings } from '../settings/load-settings';
import type { Settings } from '../settings/settings.module';
import { StartError, systemErrorCode } from '../start-error';
import type { Command } from './command';
import { englishSentence } from './english-sentence';
import { type Finding, ok, printFindings, problem, warning } from './finding';

export const verifyCommand: Command = {
  name: 'verify',
  parameters: '',
  summary: 'checks the settings, the database, the audit trail and the newest backup',
  flags: [],
  wordCount: 0,
  run: async () => {
    const settings = loadSettings();
    const file = settings.source ?? 'none, everything is default';
    const findings = [ok(`Settings: ${file}.`), ...(await checkDatabase(settings))];
    return printFindings([...findings, await checkNewestBackup(settings)]);
  },
};

async function checkDatabase({ database: { location } }: Settings): Promise<Finding[]> {
  if (location.kind === 'sqlite') {
    if (!existsSync(location.file)) return [problem(`There is no database ${location.file} yet.`)];
    const damage = await damageOf(location.file);
    if (damage !== null) {
      const advice = `Restore a backup: ${callOf('restore <file>')}`;
      return [problem(`The database ${location.file} is damaged: ${damage}. ${advice}`)];
    }
  }
  try {
    const { reader, close } = await openReader(location);
    try {
      const damage = location.kind === 'sqlite' ? null : await unreadableOf(location.url);
      const database = damage ?? ok('The database is sound.');
      return [database, ...(await checkContent(reader))];
    } finally {
      await close();
    }
  } catch (error) {
    if (systemErrorCode(error) === UNDEFINED_TABLE) {
      return [problem('The database holds nothing of FabOMatic yet: the first start fills it.')];
    }
    // What a person can mend becomes a finding, the rest stays a defect.
    const explained = databaseProblem(error, location);
    if (!(explained instanceof StartError)) throw explained;
    return [problem(explained.message)];
  }
}

const BREAKS: Readonly<Record<AuditBreak, string>> = {
  changed: 'was changed at entry',
  'out-of-order': 'is out of order: an entry was taken out, put in or moved before entry',
  'cut-off': 'was cut off: the first entry that is missing is',
};

/** The schema, and the audit trail where the schema has one. */
async function checkContent(db: ReadDb): Promise<Finding[]> {
  const applied = await db.query<{ name: string }>('SELECT name FROM migrations');
  const known = migrations.map(({ name }) => name as string);
  const unknown = applied.filter(({ name }) => !known.includes(name));
  if (unknown.length > 0) {
    return [problem('The database was made by a newer version of FabOMatic: update this one.')];
  }
  const findings: Finding[] = [];
  const missing = known.length - applied.length;
  if (missing > 0)
    findings.push(warning('The database is of an older version: the next start updates it.'));
  if (!applied.some(({ name }) => name.startsWith('AuditTrail'))) return findings;
  const check = await new AuditService(systemClock).verify(db);
  findings.push(
    check.ok
      ? ok(`The audit trail holds (${check.entries} entries).`)
      : problem(`The audit trail ${BREAKS[check.how]} ${check.brokenAt}.`),
  );
  return findings;
}

/** null: every row of a PostgreSQL database could be read. Its keys it watches over itself. */
async function unreadableOf(url: string): Promise<Finding | null> {
  try {
    await readWholeDatabase(url);
    return null;
  } catch (error) {
    // pg_dump is missing or too old, or says what it could not read.
    if (!(error instanceof AppError)) throw error;
    return problem(`The database could not be read whole: ${String(error.params['reason'])}.`);
  }
}

/** null: it is sound. */
async function damageOf(file: string): Promise<string | null> {
  try {
    const { integrity, orphans } = await inspectInThread({ file, copyTo: null });
    if (integrity !== 'ok') return integrity;
    return orphans > 0 ? `${orphans} rows refer to rows that are gone` : null;
  } catch (error) {
    // SQLITE_CORRUPT, SQLITE_NOTADB: too damaged even to be checked.
    if (systemErrorCode(error)?.startsWith('SQLITE_') !== true) throw error;
    return error instanceof Error ? error.message : String(error);
  }
}

async function checkNewestBackup({ backup, database }: Settings): Promise<Finding> {
  const folder = new BackupFolder(backup.folder);
  const [newest] = folder.list();
  if (newest === undefined) return warning(`There is no backup in ${folder.path} yet.`);
  try {
    await checkBackup(folder.pathOf(newest), database.location.kind);
    return ok(`The newest backup, ${newest.name}, is sound.`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const found = `The newest backup, ${newest.name}: ${await englishSentence(error)}`;
    // So it is after the way back from an update, until the next backup; nothing is broken.
    return error.code === 'backup.too_new' ? warning(found) : problem(found);
  }
}
