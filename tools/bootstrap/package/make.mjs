/** Builds what is missing, lays the package out and lets npm pack it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureBuilt } from '../ensure-built.mjs';
import { ensureDeps } from '../ensure-deps.mjs';
import { runWithProgress } from '../progress.mjs';
import { stage } from './stage.mjs';

const root = resolve(import.meta.dirname, '../../..');

export async function makePackage() {
  if (!(await ensureDeps()) || !(await ensureBuilt())) return false;
  const folder = mkdtempSync(join(tmpdir(), 'fabomatic-package-'));
  try {
    const { name, version } = stage(root, folder);
    const pack = ['pack', folder, '--pack-destination', join(root, 'dist'), '--ignore-scripts'];
    if (!(await runWithProgress('Packing', 'npm', pack, root))) return false;
    console.log(`dist/${name}-${version}.tgz`);
    return true;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
