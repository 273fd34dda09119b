import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The canary: a rule that checks nothing looks like a rule that finds nothing. Each line is an import
 * or a call that must be refused, in a file where it must not stand.
 */
const root = resolve(__dirname, '../../..');
const BOUNDARY = '@nx/enforce-module-boundaries';
const PACKAGES = 'fabomatic/forbidden-packages';
const DOORS = 'fabomatic/api-doors';

let imports = 0;

/** what is wrong, in which file, the text, the rule that must say so */
const REFUSED: readonly [string, string, string, string][] = [
  ['kernel knows no domain', 'libs/kernel/src/clock.ts', from('@fabomatic/machines'), BOUNDARY],
  ['members know no uses', 'libs/members/src/role.ts', from('@fabomatic/uses'), BOUNDARY],
  [
    'machines know no members',
    'libs/machines/src/machine.ts',
    from('@fabomatic/members'),
    BOUNDARY,
  ],
  ['uses know no boards', 'libs/uses/src/use.ts', from('@fabomatic/boards'), BOUNDARY],
  ['domains know no words', 'libs/uses/src/use.ts', from('@fabomatic/i18n'), BOUNDARY],
  ['web sees no migrations', 'apps/web/src/test-setup.ts', from('@fabomatic/migrations'), BOUNDARY],
  ['web sees no tools', 'apps/web/src/test-setup.ts', from('@fabomatic/virtual-board'), BOUNDARY],
  ['migrations see no domain', 'migrations/src/index.ts', from('@fabomatic/uses'), BOUNDARY],
  [
    'migrations see no entity',
    'migrations/src/index.ts',
    from('../../apps/api/src/machines/machine.entity'),
    BOUNDARY,
  ],
  [
    'projects meet at their doors',
    'apps/api/src/uses/uses.service.ts',
    from('../../../../libs/uses/src/use'),
    BOUNDARY,
  ],
  ['a rule reads no files', 'libs/machines/src/machine.ts', from('node:fs'), PACKAGES],
  ['a rule reads no files (2)', 'libs/machines/src/machine.ts', from('fs'), PACKAGES],
  ['a rule needs no Nest', 'libs/uses/src/use.ts', from('@nestjs/common'), PACKAGES],
  ['a rule needs no database', 'libs/uses/src/use.ts', from('typeorm'), PACKAGES],
  ['a rule needs no Angular', 'libs/uses/src/use.ts', from('@angular/core'), PACKAGES],
  ['a rule needs no streams', 'libs/uses/src/use.ts', from('rxjs'), PACKAGES],
  ['a browser speaks no MQTT', 'apps/web/src/test-setup.ts', from('mqtt'), PACKAGES],
  ['a browser has no files', 'apps/web/src/test-setup.ts', from('node:fs'), PACKAGES],
  ['a server has no pages', 'apps/api/src/uses/uses.service.ts', from('@angular/core'), PACKAGES],
  ['also in a re-export', 'libs/uses/src/use.ts', `export * from 'node:fs';\n`, PACKAGES],
  [
    'a folder keeps its files',
    'apps/api/src/uses/uses.service.ts',
    from('../boards/reply-gate'),
    DOORS,
  ],
  [
    'the product knows no test helpers',
    'apps/api/src/uses/uses.service.ts',
    from('../testing/databases'),
    DOORS,
  ],
  [
    'nothing starts the server but its command',
    'apps/api/src/uses/uses.service.ts',
    from('../start-server'),
    DOORS,
  ],
  [
    'time is given to a service',
    'apps/api/src/uses/uses.service.ts',
    'export const nowMs = Date.now();\n',
    'fabomatic/one-clock',
  ],
  [
    'time is given to a rule',
    'libs/uses/src/use.ts',
    'export const today = new Date();\n',
    'fabomatic/one-clock',
  ],
  [
    'settings come from one file',
    'apps/api/src/boards/boards.service.ts',
    "export const port = process.env['PORT'];\n",
    'fabomatic/one-environment',
  ],
  [
    'one door for writing',
    'apps/api/src/uses/uses.service.ts',
    'export const write = (db: { transaction(f: () => void): void }) => db.transaction(() => {});\n',
    'fabomatic/one-writer',
  ],
  [
    'one door for writing (2)',
    'apps/api/src/uses/uses.service.ts',
    'export const run = (db: { createQueryRunner(): object }) => db.createQueryRunner();\n',
    'fabomatic/one-writer',
  ],
  [
    'nobody forgets a promise',
    'apps/api/src/uses/uses.service.ts',
    'export function go(save: () => Promise<void>) {\n  save();\n}\n',
    '@typescript-eslint/no-floating-promises',
  ],
  [
    'no any',
    'libs/uses/src/use.ts',
    'export const x: any = 1;\n',
    '@typescript-eslint/no-explicit-any',
  ],
];

/** What must stay possible: a rule that refuses all is no rule either. */
const ALLOWED: readonly [string, string, string][] = [
  ['uses know members', 'libs/uses/src/use.ts', from('@fabomatic/members')],
  ['services meet', 'apps/api/src/boards/boards.service.ts', from('../uses/uses.service')],
  ['writing has a door', 'apps/api/src/uses/uses.service.ts', from('../database/unit-of-work')],
  ['the API has migrations', 'apps/api/src/database/data-source.ts', from('@fabomatic/migrations')],
  ['the clock reads the clock', 'libs/kernel/src/clock.ts', 'export const ms = Date.now();\n'],
];

let found: string[][];

beforeAll(() => {
  const cases = [
    ...REFUSED.map(([, file, text]) => ({ file, text })),
    ...ALLOWED.map(([, file, text]) => ({ file, text })),
  ];
  const run = spawnSync(process.execPath, [join(__dirname, 'lint-snippets.mjs')], {
    cwd: root,
    input: JSON.stringify(cases),
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(run.stderr);
  found = JSON.parse(run.stdout) as string[][];
}, 120_000);

it.each(REFUSED.map(([why, file, , rule], index) => ({ why, file, rule, index })))(
  '$why ($file)',
  ({ file, rule, index }) => {
    // Type-aware rules need a file that exists.
    expect(existsSync(join(root, file))).toBe(true);
    expect(found[index]).toContain(rule);
  },
);

it.each(ALLOWED.map(([why], index) => ({ why, index })))('$why', ({ index }) => {
  expect(found[REFUSED.length + index]).toEqual([]);
});

/** Texts of the same file are linted together: each has names of its own. */
function from(name: string): string {
  imports += 1;
  return `import * as part${imports} from '${name}';\nexport const used${imports} = part${imports};\n`;
}
