/**
 * Writes conf/settings.example.toml and docs/settings.md from the schema of the settings.
 * Usage: node tools/bootstrap/settings-docs.mjs
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');
const outfile = join(root, 'dist/tools/settings-docs.mjs');
await build({
  entryPoints: [join(root, 'apps/api/src/settings/settings-docs.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  tsconfig: join(root, 'tsconfig.base.json'),
  logLevel: 'warning',
});
const { exampleToml, settingsPage } = await import(pathToFileURL(outfile).href);
await mkdir(join(root, 'conf'), { recursive: true });
await mkdir(join(root, 'docs'), { recursive: true });
await writeFile(join(root, 'conf/settings.example.toml'), exampleToml());
await writeFile(join(root, 'docs/settings.md'), settingsPage());
