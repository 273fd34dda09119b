import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder that holds `package.json`: found by walking up, since the bundle in `dist` and the
 * sources lie at different depths.
 */
export function findRootFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('no package.json above this program');
    folder = parent;
  }
  return folder;
}

/**
 * Where relative paths start (`data`, `conf/settings.toml`): the clone, or the current folder of whoever
 * calls an installed package, since npm replaces the package's own folder with each update.
 */
export function findHomeFolder(rootFolder: string = findRootFolder()): string {
  return isPackage(rootFolder) ? process.cwd() : rootFolder;
}

/** How this program is called, for sentences that tell somebody to: `fabomatic restore`. */
export function callOf(words: string, rootFolder: string = findRootFolder()): string {
  if (isPackage(rootFolder)) return `fabomatic ${words}`;
  return words === 'start' ? 'npm start' : `npm run fabomatic -- ${words}`;
}

/** The product's version as `package.json` has it: '0.1.0'. */
export function readVersion(rootFolder: string): string {
  const { version } = readPackage(rootFolder);
  return typeof version === 'string' ? version : 'unknown';
}

/** Whether this is what `npm run package` makes: it writes the mark. */
function isPackage(rootFolder: string): boolean {
  const { fabomatic } = readPackage(rootFolder);
  return isObject(fabomatic) && fabomatic['isPackage'] === true;
}

function readPackage(rootFolder: string): Readonly<Record<string, unknown>> {
  const content: unknown = JSON.parse(readFileSync(join(rootFolder, 'package.json'), 'utf8'));
  return isObject(content) ? content : {};
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
