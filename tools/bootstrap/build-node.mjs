/**
 * Bundles the Node programs of this workspace: first-party code only, packages stay external.
 * esbuild bundles, swc writes the decorator metadata that Nest and TypeORM read.
 * Usage: node tools/bootstrap/build-node.mjs api|virtual-board|bench
 */
import { readFile } from 'node:fs/promises';
import { transform } from '@swc/core';
import { build } from 'esbuild';

/** target -> what to bundle and where it goes */
const TARGETS = {
  api: { entryPoints: ['apps/api/src/main.ts', 'apps/api/src/cli.ts'], outdir: 'dist/apps/api' },
  'virtual-board': {
    entryPoints: ['tools/virtual-board/src/cli.ts'],
    outdir: 'dist/tools/virtual-board',
  },
  bench: { entryPoints: ['tools/bench/src/main.ts'], outdir: 'dist/tools/bench' },
};

const swcDecorators = {
  name: 'swc-decorators',
  setup(esbuild) {
    esbuild.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), {
        filename: path,
        swcrc: false,
        configFile: false,
        sourceMaps: 'inline',
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            useDefineForClassFields: false,
          },
          keepClassNames: true,
        },
        module: { type: 'es6' },
      });
      return { contents: code, loader: 'js' };
    });
  },
};

const target = TARGETS[process.argv[2]];
if (!target) {
  console.error(`usage: build-node.mjs ${Object.keys(TARGETS).join('|')}`);
  process.exit(2);
}
await build({
  ...target,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  packages: 'external',
  keepNames: true,
  tsconfig: 'tsconfig.base.json',
  plugins: [swcDecorators],
  logLevel: 'warning',
});
