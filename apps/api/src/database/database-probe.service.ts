import type { DatabaseTarget } from './database-config';
import { openReader } from './open-reader';

/** Opens a database that is perhaps not the program's own, reads from it once and lets it go. */
export async function probeDatabase(target: DatabaseTarget): Promise<void> {
  const { reader, close } = await openReader(target);
  try {
    await reader.query('SELECT 1 AS n');
  } finally {
    await close();
  }
}
