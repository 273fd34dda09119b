import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { readFileSync, rmSync } from 'node:fs';
import { build, type Plugin } from 'esbuild';
import { transformSync } from '@swc/core';
import { eachDatabase, freshTarget } from '../testing/databases';

/** A second Node process cannot run TypeScript: the fixture is bundled as the product is. */
const bundle = join(__dirname, `load-until-killed.${process.pid}.mjs`);

const decorators: Plugin = {
  name: 'decorators',
  setup(esbuild) {
    esbuild.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const { code } = transformSync(readFileSync(path, 'utf8'), {
        filename: path,
        swcrc: false,
        configFile: false,
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            useDefineForClassFields: false,
          },
        },
        module: { type: 'es6' },
      });
      return { contents: code, loader: 'js' };
    });
  },
};

describe('a killed process', () => {
  beforeAll(() =>
    build({
      entryPoints: [join(__dirname, 'load-until-killed.fixture.ts')],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      tsconfig: join(__dirname, '../../../../tsconfig.base.json'),
      plugins: [decorators],
    }),
  );
  afterAll(() => rmSync(bundle, { force: true }));

  eachDatabase((kind, open) => {
    it.each([300, 500])('has on disk all that it answered (%i answers)', async (answers) => {
      const target = await freshTarget(kind);
      const child = spawn(process.execPath, [bundle, JSON.stringify(target)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (output.split('\n').length > answers) child.kill('SIGKILL');
      });
      await once(child, 'close');

      const answered = output.split('\n').slice(0, -1);
      expect(answered.length).toBeGreaterThanOrEqual(answers);
      const { reader } = await open(target);
      const rows = await reader.query<{ name: string }>(
        "SELECT name FROM roles WHERE name LIKE '%-%'",
      );
      const names = new Set(rows.map((row) => row.name));
      expect(answered.filter((name) => !names.has(name) || !names.has(`${name} too`))).toEqual([]);
      // Whatever came in the last moment is whole, too.
      expect(names.size % 2).toBe(0);
    });
  });
});
