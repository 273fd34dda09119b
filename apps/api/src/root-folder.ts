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

/** The product's version as `package.json` has it: '0.1.0'. */
export function readVersion(rootFolder: string): string {
  const content: unknown = JSON.parse(readFileSync(join(rootFolder, 'package.json'), 'utf8'));
  const isPackage = typeof content === 'object' && content !== null && 'version' in content;
  return isPackage && typeof content.version === 'string' ? content.version : 'unknown';
}
