/** Builds the API and the web app when their sources differ from what was built last. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { precompress } from './precompress.mjs';
import { runWithProgress } from './progress.mjs';

const root = resolve(import.meta.dirname, '../..');
const stampFile = join(root, 'dist', '.stamp');
const webFolder = join(root, 'dist', 'apps', 'web', 'browser');

/** What the two bundles are made of. */
const SOURCES = [
  'apps/api',
  'apps/web',
  'libs',
  'migrations',
  'tools/virtual-board',
  'tools/bootstrap/build-node.mjs',
  'tools/bootstrap/precompress.mjs',
  'package-lock.json',
  'tsconfig.base.json',
  'nx.json',
];

/** A hash over paths and contents: times say nothing after a checkout. */
function sourcesHash() {
  const hash = createHash('sha256');
  for (const source of SOURCES) addToHash(hash, source);
  return hash.digest('hex');
}

function addToHash(hash, path) {
  const absolute = join(root, path);
  if (!existsSync(absolute) || path.endsWith('.spec.ts')) return;
  let names;
  try {
    names = readdirSync(absolute).sort();
  } catch (error) {
    // ENOTDIR: a file.
    if (error.code !== 'ENOTDIR') throw error;
    hash.update(`${path}\0`).update(readFileSync(absolute)).update('\0');
    return;
  }
  for (const name of names) {
    if (name !== 'node_modules' && name !== 'fixtures') addToHash(hash, `${path}/${name}`);
  }
}

/** Returns whether the bundles are there and of today's sources. */
export async function ensureBuilt() {
  const stamp = sourcesHash();
  const hasWeb = existsSync(join(root, 'apps/web/src/main.ts'));
  const isBuilt =
    existsSync(join(root, 'dist/apps/api/main.js')) &&
    (!hasWeb || existsSync(join(webFolder, 'index.html')));
  if (isBuilt && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return true;

  // A build that is cut short must not pass for a whole one.
  rmSync(stampFile, { force: true });
  const projects = hasWeb ? 'api,web' : 'api';
  const nx = ['--no-install', 'nx', 'run-many', '-t', 'build', `--projects=${projects}`];
  const plain = '--output-style=stream';
  if (!(await runWithProgress('Building', 'npx', [...nx, plain], root))) return false;
  if (hasWeb) await precompress(webFolder);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stampFile, stamp);
  return true;
}
