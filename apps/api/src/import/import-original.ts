import { systemClock } from '@fabomatic/kernel';
import type { Actor } from '../audit/audit.service';
import type { Db } from '../database/db';
import type { UnitOfWork } from '../database/unit-of-work';
import { countingUsesOnce } from './count-uses-once';
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
import { ImporterAccount } from './importer-account';
import { importUses } from './import-uses';
import { OriginalFile } from './original-file';
import { recordImport } from './import-record';
import { keepOneAdmin, nameAdmin, tellWhoStaysOut } from './portal-admins';
import {
  advanceSequences,
  emptyTables,
  type FirstAdministrator,
  refuseUnlessNew,
  refuseUnlessUntouched,
} from './target-tables';

export interface ImportOptions {
  /** Epoch seconds; default: now. */
  readonly nowS?: number;
  /** Told how many uses are read, of how many; default: nobody. */
  readonly progress?: ImportContext['progress'];
  /** Whether what the original stored twice is kept once; default: no, it is only told of. */
  readonly mergeDuplicates?: boolean;
  /** Who of the file is to administrate the portal besides those who did, by e-mail. */
  readonly adminEmails?: readonly string[];
  /** The account of whoever imports in the portal. */
  readonly account?: ImporterAccount;
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

/**
 * The same from the portal, inside a unit: whoever imports keeps their account, by which nobody is
 * locked out, and boards may have spoken before. The trail names the account by its new id.
 */
export async function importFromPortal(
  db: Db,
  { original, sha256, name, by }: PortalImport,
  options: ImportOptions,
): Promise<ImportReport> {
  await refuseUnlessUntouched(db);
  const account = await ImporterAccount.setAside(db, original, by.id ?? 0);
  const report = await replaceByOriginal(original, db, null, { ...options, account });
  const actor = { ...by, id: account.id };
  await recordImport(db, actor, { name, sha256, report });
  return report;
}

export interface PortalImport {
  readonly original: OriginalFile;
  readonly sha256: string;
  /** What the file was called where it came from. */
  readonly name: string;
  /** A member. */
  readonly by: Actor;
}

/** Empties the tables and fills them from the original; `first` stays if nobody else could log in. */
export async function replaceByOriginal(
  original: OriginalFile,
  db: Db,
  first: FirstAdministrator | null,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const { nowS = systemClock.nowS(), progress = () => undefined } = options;
  const { mergeDuplicates = false, adminEmails = [], account } = options;
  const report = new ImportReport();
  const context: ImportContext = { db, original, report, nowS, progress, mergeDuplicates };
  await emptyTables(db, account?.aside);
  const members = await importMembers(context, await importRoles(context));
  const machines = await importMachines(context, await importTypes(context));
  await importAuthorizations(context, members, machines);
  await importBoards(context, machines);
  await importUnknownCards(context, machines);
  const { plans, counters } = await importPlans(context, machines);
  await importInterventions(context, plans, members, machines);
  await countingUsesOnce(db, () => importUses(context, members, machines, counters));
  await counters.store(context);
  await advanceSequences(db);
  for (const email of adminEmails) await nameAdmin(context, email);
  if (account === undefined) await keepOneAdmin(context, first);
  else await account.settle(context);
  await tellWhoStaysOut(context);
  return context.report;
}
