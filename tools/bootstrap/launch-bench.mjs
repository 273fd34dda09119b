/** The bench measures the built product: both are built first. */
import { spawn, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { ensureBuilt } from './ensure-built.mjs';
import { ensureDeps } from './ensure-deps.mjs';

const root = resolve(import.meta.dirname, '../..');

/** The exit code of this process is the bench's. */
export async function launchBench(args) {
  if (!(await ensureDeps()) || !(await ensureBuilt()) || !buildBench()) {
    process.exitCode = 1;
    return;
  }
  const child = spawn(process.execPath, [join(root, 'dist/tools/bench/main.js'), ...args], {
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}

function buildBench() {
  const builder = join(root, 'tools/bootstrap/build-node.mjs');
  const { status } = spawnSync(process.execPath, [builder, 'bench'], {
    cwd: root,
    stdio: 'inherit',
  });
  return status === 0;
}
