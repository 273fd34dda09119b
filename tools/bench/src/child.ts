import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** All that this run has started and not ended: nothing must outlive it. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts this very program in another part: `role` is its first argument. */
export function startRole(role: string, args: readonly string[] = []): ChildProcess {
  const file = relative(process.cwd(), fileURLToPath(import.meta.url));
  return track(fork(file, [role, ...args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
}

/** Starts another program in `folder`; what it prints is kept from the screen. */
export function startProgram(
  folder: string,
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ChildProcess {
  const env = { ...process.env, ...environment };
  return track(spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env, cwd: folder }));
}

/** Ends a child with SIGTERM and waits for it. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

function track(child: ChildProcess): ChildProcess {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}
