import { AppError } from '@fabomatic/kernel';
import { StartError } from '../start-error';
import type { Settings } from '../settings/settings.module';
import { BackupFolder } from './backup-folder';
import { RestoreNotes } from './pending-restore';
import { restore } from './restore';

/** What the start tells of a restore: into the log. */
export interface RestoreLog {
  log(message: string): void;
  error(message: string): void;
}

/**
 * Carries out the restore that was asked for in the portal: at the start, before anything has the
 * database open. One that cannot be carried out leaves the database as it is, and is told of.
 */
export async function applyPendingRestore(
  { data, backup, database }: Pick<Settings, 'data' | 'backup' | 'database'>,
  { version, nowS, log }: { version: string; nowS: number; log: RestoreLog },
): Promise<void> {
  const notes = new RestoreNotes(data.folder);
  const { pending } = notes;
  if (pending === null) return;
  const folder = new BackupFolder(backup.folder);
  let problem: string | null = null;
  try {
    const file = folder.pathOf(folder.get(pending.name));
    const { wayBack } = await restore(folder, { database: database.location, file, version, nowS });
    log.log(`Restored ${pending.name}; what was there before is ${wayBack ?? 'nothing'}.`);
  } catch (error) {
    // The backup is gone, damaged or too new, the disk is full: the start goes on with what is there.
    if (!(error instanceof AppError) && !(error instanceof StartError)) throw error;
    problem = error instanceof AppError ? codeWithReason(error) : error.message;
    log.error(`${pending.name} was not restored (${problem}): the database is as it was.`);
  }
  notes.last = { ...pending, atS: nowS, error: problem, isAudited: false };
  notes.pending = null;
}

function codeWithReason({ code, params }: AppError): string {
  const reason = params['reason'];
  return reason === undefined ? code : `${code}: ${String(reason)}`;
}
