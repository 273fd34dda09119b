import type { Db } from '../database/db';
import type { ImportReport } from './import-report';
import type { OriginalFile } from './original-file';

/** What each part of an import works with. */
export interface ImportContext {
  readonly db: Db;
  readonly original: OriginalFile;
  readonly report: ImportReport;
  /** The moment of the import, for what the original does not tell the time of. */
  readonly nowS: number;
  /** Whether what the original stored twice is kept once. */
  readonly mergeDuplicates: boolean;
  /** Told now and then how many uses are read, of how many; the import waits for it. */
  readonly progress: (read: number, total: number) => Promise<void> | void;
}

/** A member as later parts need it. */
export interface ImportedMember {
  readonly id: number;
  /** 'Ada Lovelace' */
  readonly name: string;
  /** The card that the member has now, in its stored form. */
  cardUid: string | null;
}

/** Key: id, the same as in the original. */
export type ImportedMembers = ReadonlyMap<number, ImportedMember>;
