import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { StartError, systemErrorCode } from '../start-error';
import { PRIVATE_FILE_MODE } from './private-file';

const Holder = z.object({
  pid: z.number().int().positive(),
  /** When that process began, in the kernel's ticks since boot: tells a pid from its reuse. */
  startedTicks: z.string().nullable(),
  purpose: z.string(),
});
type Holder = z.infer<typeof Holder>;

/** Held until `release`, which is called at the exit of the process too. */
export interface InstanceLock {
  release(): void;
}

/**
 * Makes sure that one process alone works on a data folder. The lock of a process that was killed
 * is taken over. `purpose` says what holds it: 'FabOMatic', 'an import'.
 */
export function lockDataFolder(dataFolder: string, purpose: string): InstanceLock {
  const path = join(dataFolder, 'instance.lock');
  const own: Holder = { pid: process.pid, startedTicks: startedTicks(process.pid), purpose };
  const content = JSON.stringify(own);
  // The lock appears with its content, in one step: nobody ever reads half of it.
  const prepared = `${path}.${process.pid}`;
  writeFileSync(prepared, content, { mode: PRIVATE_FILE_MODE });
  try {
    while (!tryLink(prepared, path)) {
      const found = readIfThere(path);
      if (found === undefined) continue;
      const holder = parseHolder(found);
      if (holder !== undefined && isRunning(holder)) {
        throw new StartError(
          `The data folder ${dataFolder} is in use by ${holder.purpose} (process ${holder.pid}): stop that one first, or name another folder with FABOMATIC_DATA_DIR.`,
        );
      }
      removeStale(path, found);
    }
  } finally {
    rmSync(prepared, { force: true });
  }
  const release = () => {
    if (readIfThere(path) === content) rmSync(path, { force: true });
    process.off('exit', release);
  };
  process.on('exit', release);
  return { release };
}

/** Who works on the data folder now: 'FabOMatic' and its process; null when nobody does. */
export function dataFolderHolder(dataFolder: string): { purpose: string; pid: number } | null {
  const found = readIfThere(join(dataFolder, 'instance.lock'));
  const holder = found === undefined ? undefined : parseHolder(found);
  return holder !== undefined && isRunning(holder) ? holder : null;
}

function tryLink(prepared: string, path: string): boolean {
  try {
    linkSync(prepared, path);
    return true;
  } catch (error) {
    // EEXIST: there is a lock already.
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Takes a stale lock away. Another starter may have done so and put its own in the same place since
 * it was read: then what was moved is not what was read, and goes back.
 */
function removeStale(path: string, stale: string): void {
  const moved = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, moved);
  } catch (error) {
    // ENOENT: somebody else took it away first.
    if (systemErrorCode(error) === 'ENOENT') return;
    throw error;
  }
  if (readIfThere(moved) !== stale) tryLink(moved, path);
  rmSync(moved, { force: true });
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // ENOENT: released in the meantime.
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parseHolder(content: string): Holder | undefined {
  try {
    return Holder.safeParse(JSON.parse(content)).data;
  } catch (error) {
    // SyntaxError: a power cut left the file empty.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isRunning({ pid, startedTicks: recorded }: Holder): boolean {
  const isOfAnotherProcess = recorded !== null && startedTicks(pid) !== recorded;
  if (pid === process.pid) return !isOfAnotherProcess;
  if (isOfAnotherProcess) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // ESRCH: no such process. EPERM: there is one, of another user.
    if (systemErrorCode(error) === 'ESRCH') return false;
    if (systemErrorCode(error) === 'EPERM') return true;
    throw error;
  }
}

/** Field 22 of /proc/<pid>/stat; null where there is no such process or no /proc (macOS). */
function startedTicks(pid: number): string | null {
  const stat = readIfThere(`/proc/${pid}/stat`);
  // The second field is the name in brackets and may hold anything: count from behind it.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}
