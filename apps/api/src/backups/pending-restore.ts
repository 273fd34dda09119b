import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** A restore that somebody asked for and that the next start carries out. */
const PendingRestore = z.object({
  name: z.string(),
  askedAtS: z.number(),
  memberId: z.number().nullable(),
  memberName: z.string(),
});
export type PendingRestore = z.infer<typeof PendingRestore>;

/** What became of the latest one; `isAudited` once the restored database knows of it. */
const LastRestore = PendingRestore.extend({
  atS: z.number(),
  error: z.string().nullable(),
  isAudited: z.boolean(),
});
export type LastRestore = z.infer<typeof LastRestore>;

/**
 * Notes beside the database, since it is the database that is replaced: `restore/pending.json` and
 * `restore/last.json` in the data folder.
 */
export class RestoreNotes {
  private readonly folder: string;

  constructor(dataFolder: string) {
    this.folder = join(dataFolder, 'restore');
  }

  get pending(): PendingRestore | null {
    return this.read('pending.json', PendingRestore);
  }

  set pending(restore: PendingRestore | null) {
    this.write('pending.json', restore);
  }

  get last(): LastRestore | null {
    return this.read('last.json', LastRestore);
  }

  set last(restore: LastRestore | null) {
    this.write('last.json', restore);
  }

  private read<T>(name: string, schema: z.ZodType<T>): T | null {
    const path = join(this.folder, name);
    if (!existsSync(path)) return null;
    try {
      return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch (error) {
      // Cut short by a power failure, or edited: a wish that cannot be read is not carried out.
      if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
      throw error;
    }
  }

  private write(name: string, content: object | null): void {
    const path = join(this.folder, name);
    if (content === null) {
      rmSync(path, { force: true });
      return;
    }
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  }
}
