/** Installs and builds what is missing, then runs a program of the API in a process of its own. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureBuilt } from './ensure-built.mjs';
import { ensureDeps } from './ensure-deps.mjs';

const root = resolve(import.meta.dirname, '../..');
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** `program` is 'main.js' or 'cli.js'. The exit code of this process is the program's. */
export async function launch(program, args) {
  if (!(await ensureDeps()) || !(await ensureBuilt())) {
    process.exitCode = 1;
    return;
  }
  const file = join(root, 'dist/apps/api', program);
  const child = spawn(process.execPath, ['--enable-source-maps', file, ...args], {
    stdio: 'inherit',
  });
  for (const signal of FORWARDED) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
  });
}
