/** Lays the package out in a folder, as it is installed. */
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageFiles, packageJson, shrinkwrap } from './contents.mjs';

/** Empties `folder` and fills it. Gives the package.json that was written. */
export function stage(root, folder) {
  rmSync(folder, { recursive: true, force: true });
  for (const { to, from } of packageFiles(root)) {
    const target = join(folder, to);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(root, from), target);
    if (to.startsWith('dist/bin/')) chmodSync(target, 0o755);
  }
  const wanted = packageJson(root);
  writeJson(join(folder, 'package.json'), wanted);
  writeJson(join(folder, 'npm-shrinkwrap.json'), shrinkwrap(root, wanted));
  return wanted;
}

function writeJson(file, content) {
  writeFileSync(file, `${JSON.stringify(content, undefined, 2)}\n`);
}
