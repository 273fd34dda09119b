/** Runs virtual boards; bundles them first when the bundle is missing or older than the sources. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BUNDLE = `${ROOT}dist/tools/virtual-board/cli.js`;
const SOURCES = ['tools/virtual-board/src', 'libs/kernel/src'];

function newestSourceMs() {
  const files = SOURCES.flatMap((folder) =>
    readdirSync(`${ROOT}${folder}`, { recursive: true }).map((name) => `${ROOT}${folder}/${name}`),
  );
  return Math.max(...files.map((file) => statSync(file).mtimeMs));
}

if (!existsSync(BUNDLE) || statSync(BUNDLE).mtimeMs < newestSourceMs()) {
  const args = [`${ROOT}tools/bootstrap/build-node.mjs`, 'virtual-board'];
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
await import(BUNDLE);
