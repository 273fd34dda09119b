import 'reflect-metadata';
import { writeSync } from 'node:fs';
import type { DatabaseTarget } from './database-config';
import { openDatabase } from './open-database';

/**
 * A process that writes as fast as it can until it is killed: `crash.spec.ts` bundles and runs it.
 * Each name is told to the parent only after its unit was answered.
 */
const target = JSON.parse(process.argv[2] ?? '') as DatabaseTarget;
const database = await openDatabase(
  { target, adminEmail: null },
  {
    log: {
      log: () => undefined,
      warn: () => undefined,
      error: (error: unknown) => process.stderr.write(`${String(error)}\n`),
    },
    onTakenOver: () => process.exit(1),
  },
);

/** Synchronous, so that it has left the process when the next line runs. */
function tell(line: string): void {
  for (let isTold = false; !isTold;) {
    try {
      writeSync(1, line);
      isTold = true;
    } catch (error) {
      // The parent has not read the last ones yet, and the pipe is full.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

async function writeForEver(writer: number): Promise<never> {
  for (let round = 0; ; round += 1) {
    const name = `${writer}-${round}`;
    await database.units.run(async (db) => {
      await db.insert('roles', { name });
      // A unit is there as a whole or not at all.
      await db.insert('roles', { name: `${name} too` });
    });
    tell(`${name}\n`);
  }
}

await Promise.all(Array.from({ length: 20 }, (_, writer) => writeForEver(writer)));
