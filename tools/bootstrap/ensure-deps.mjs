/**
 * Installs the packages of package-lock.json when they are missing or the lock has changed.
 * Dependency-free: it runs before anything is there.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runWithProgress } from './progress.mjs';

const root = resolve(import.meta.dirname, '../..');
const stampFile = join(root, 'node_modules', '.fabomatic-lock');
const lockFile = join(root, 'package-lock.json');

/** Native packages are built for one version of Node's interface: it counts as well as the lock. */
function wantedStamp() {
  const hash = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  return `${hash} ${process.versions.modules} ${process.platform}-${process.arch}\n`;
}

/**
 * Whether somebody ran `npm ci` by hand: npm leaves a list of what it installed. Optional packages
 * may be missing, since most are for other computers.
 */
function isInstalledByHand() {
  const listFile = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(stampFile) || !existsSync(listFile)) return false;
  const installed = JSON.parse(readFileSync(listFile, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, optional, peer }]) => {
    if (path === '') return true;
    return installed[path] ? installed[path].version === version : Boolean(optional || peer);
  });
}

/** Returns whether the packages are there. */
export async function ensureDeps() {
  const stamp = wantedStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return true;
  if (!isInstalledByHand()) {
    const label = 'Installing packages (a few minutes the first time)';
    const npm = ['ci', '--include=dev', '--no-audit', '--no-fund'];
    if (!(await runWithProgress(label, 'npm', npm, root))) {
      console.error('The packages could not be installed. Is this computer online?');
      return false;
    }
  }
  writeFileSync(stampFile, stamp);
  return true;
}

const isMain = import.meta.url === pathToFileURL(process.argv[1] ?? '').href;
if (isMain && !(await ensureDeps())) process.exitCode = 1;
