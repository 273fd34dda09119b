import { systemClock } from '@fabomatic/kernel';
import type { Actor } from '../audit/audit.service';
import type { Db } from '../database/db';
import type { UnitOfWork } from '../database/unit-of-work';
import type { ImportContext } from './import-context';
import {
  importAuthorizations,
  importBoards,
  importMachines,
  importTypes,
  importUnknownCards,
} from './import-machines';
import { importInterventions, importPlans } from './import-maintenance';
import { importMembers, importRoles } from './import-members';
import { ImportReport } from './import-report';
import { importUses } from './import-uses';
import { OriginalFile } from './original-file';
import { recordImport } from './import-record';
import { keepOneAdmin, nameAdmin } from './portal-admins';
import {
  advanceSequences,
  emptyTables,
  type FirstAdministrator,
  refuseUnlessNew,
} from './target-tables';

export interface ImportOptions {
  /** Epoch seconds; default: now. */
  readonly nowS?: number;
  /** Told how far a long import has come; default: nobody. */
  readonly progress?: (line: string) => void;
  /** Whether what the original stored twice is kept once; default: no, it is only told of. */
  readonly mergeDuplicates?: boolean;
  /** Who of the file is to administrate the portal, by e-mail; default: who did. */
  readonly adminEmail?: string;
  /** Who imports, for the audit trail; default: a command. */
  readonly by?: Actor;
}

const COMMAND: Actor = {
  kind: 'command',
  id: null,
  name: 'import',
  ip: null,
  correlationId: null,
};

/**
 * Reads the original's database into a new one, in one transaction: all of it or nothing.
 * Whatever refuses it is a `StartError` with one sentence.
 */
export async function importOriginal(
  original: OriginalFile,
  unitOfWork: UnitOfWork,
  options: ImportOptions = {},
): Promise<ImportReport> {
  // Before the unit, which awaits nothing but its database.
  const sha256 = await original.digest();
  return unitOfWork.run(async (db) => {
    const first = await refuseUnlessNew(db);
    const report = await replaceByOriginal(original, db, first, options);
    await recordImport(db, options.by ?? COMMAND, { name: original.name, sha256, report });
    return report;
  });
}

/** Empties the tables and fills them from the original; `first` stays if nobody else could log in. */
export async function replaceByOriginal(
  original: OriginalFile,
  db: Db,
  first: FirstAdministrator | null,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const { nowS = systemClock.nowS(), progress = () => undefined } = options;
  const { mergeDuplicates = false, adminEmail } = options;
  const report = new ImportReport();
  const context: ImportContext = { db, original, report, nowS, progress, mergeDuplicates };
  await emptyTables(db);
  const members = await importMembers(context, await importRoles(context));
  const machines = await importMachines(context, await importTypes(context));
  await importAuthorizations(context, members, machines);
  await importBoards(context, machines);
  await importUnknownCards(context, machines);
  const { plans, counters } = await importPlans(context, machines);
  await importInterventions(context, plans, members, machines);
  await importUses(context, members, machines, counters);
  await counters.store(context);
  await advanceSequences(db);
  if (adminEmail !== undefined) await nameAdmin(context, adminEmail);
  await keepOneAdmin(context, first);
  return context.report;
}
