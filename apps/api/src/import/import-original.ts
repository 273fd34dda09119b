import { systemClock } from '@fabomatic/kernel';
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
import { keepOneAdmin } from './portal-admins';
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
}

/**
 * Reads the original's database into a new one, in one transaction: all of it or nothing.
 * Whatever refuses it is a `StartError` with one sentence.
 */
export function importOriginal(
  original: OriginalFile,
  unitOfWork: UnitOfWork,
  options: ImportOptions = {},
): Promise<ImportReport> {
  return unitOfWork.run(async (db) => {
    const first = await refuseUnlessNew(db);
    return replaceByOriginal(original, db, first, options);
  });
}

/** Empties the tables and fills them from the original; `first` stays if nobody else could log in. */
export async function replaceByOriginal(
  original: OriginalFile,
  db: Db,
  first: FirstAdministrator | null,
  { nowS = systemClock.nowS(), progress = () => undefined }: ImportOptions = {},
): Promise<ImportReport> {
  const context: ImportContext = { db, original, report: new ImportReport(), nowS, progress };
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
  await keepOneAdmin(context, first);
  return context.report;
}
