/** Builds what is missing, lays the package out and lets npm pack it. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureBuilt } from '../bootstrap/ensure-built.mjs';
import { ensureDeps } from '../bootstrap/ensure-deps.mjs';
import { runWithProgress } from '../bootstrap/progress.mjs';
import { stage } from './stage.mjs';

const root = resolve(import.meta.dirname, '../..');

export async function makePackage() {
  if (!(await ensureDeps()) || !(await ensureBuilt())) return false;
  const folder = join(root, 'dist', 'package');
  const { name, version } = stage(root, folder);
  const target = join(root, 'dist');
  mkdirSync(target, { recursive: true });
  const pack = ['pack', folder, '--pack-destination', target, '--ignore-scripts'];
  if (!(await runWithProgress('Packing', 'npm', pack, root))) return false;
  console.log(`dist/${name}-${version}.tgz`);
  return true;
}
