import { systemClock, toIso } from '@fabomatic/kernel';
import * as z from 'zod';
import { type Actor, AuditService } from '../audit/audit.service';
import type { Db, ReadDb } from '../database/db';
import type { ImportReport } from './import-report';

const ACTION = 'import';
const Details = z.object({ after: z.object({ sha256: z.string() }) });

/** Writes into the audit trail which file was imported, in the unit of the import itself. */
export async function recordImport(
  db: Db,
  by: Actor,
  { name, sha256, report }: { name: string; sha256: string; report: ImportReport },
): Promise<void> {
  const counts = Object.fromEntries(report.tables.map(({ to, written }) => [to, written]));
  await new AuditService(systemClock).record(db, by, {
    action: ACTION,
    subject: 'database',
    id: null,
    name,
    after: { sha256, ...counts },
  });
}

/** When this very file was imported into this database; null when it was not. */
export async function importedBefore(db: ReadDb, sha256: string): Promise<string | null> {
  const imports = await db.query<{ at: number; details_json: string | null }>(
    'SELECT at, details_json FROM audit_entries WHERE action = ? AND subject = ?',
    [ACTION, 'database'],
  );
  const same = imports.find(({ details_json }) => {
    const parsed = Details.safeParse(JSON.parse(details_json ?? '{}'));
    return parsed.success && parsed.data.after.sha256 === sha256;
  });
  return same === undefined ? null : toIso(same.at);
}
