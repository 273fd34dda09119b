import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** What contents.mjs says, asked of Node: jest itself loads no ES modules. */
interface Contents {
  readonly files: readonly { to: string; from: string }[];
  readonly packageJson: {
    readonly bin: Record<string, string>;
    readonly dependencies: Record<string, string>;
    readonly optionalDependencies: Record<string, string>;
  } & Record<string, unknown>;
  readonly shrinkwrap: { readonly packages: Record<string, Entry> };
}

interface Entry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly resolved?: string;
  readonly engines?: { node?: string };
  readonly dependencies?: Record<string, string>;
}

const ROOT = resolve(__dirname, '../../..');
/** What stands in the tree besides what is built. */
const FROM_TREE = [
  'package.json',
  'package-lock.json',
  'LICENSE',
  'CHANGELOG.md',
  'conf',
  'docs/operations.md',
  'docs/settings.md',
  'tools/package',
  'tools/bootstrap/node-version.mjs',
];
/** What a clone may hold and nobody else is to have. */
const STRAY = [
  'dist/apps/api/cli.js',
  'dist/apps/api/cli.js.map',
  'dist/apps/api/main.js',
  'dist/apps/web/3rdpartylicenses.txt',
  'dist/apps/web/browser/index.html',
  'dist/apps/web/browser/main-ABCDEFGH.js',
  'dist/apps/web/browser/main-ABCDEFGH.js.map',
  'dist/apps/web/browser/media/inter.woff2',
  'dist/tools/bench/main.js',
  'data/fabomatic.db',
  'data/secrets.json',
  'conf/settings.toml',
  '.env',
];

let folder: string;
let contents: Contents;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fabomatic-package-'));
  for (const path of FROM_TREE) cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  for (const path of STRAY) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), '');
  }
  const script = `
    const { packageFiles, packageJson, shrinkwrap } = await import(process.argv[1]);
    const own = packageJson(process.argv[2]);
    console.log(JSON.stringify({
      files: packageFiles(process.argv[2]), packageJson: own, shrinkwrap: shrinkwrap(process.argv[2], own),
    }));`;
  const file = join(__dirname, 'contents.mjs');
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', script, file, folder],
    { encoding: 'utf8', maxBuffer: 2 ** 24 },
  );
  if (status !== 0) throw new Error(stderr);
  contents = JSON.parse(stdout) as Contents;
});

afterAll(() => rmSync(folder, { recursive: true }));

it('holds what runs, and neither data, secrets, tests nor maps of the sources', () => {
  expect(contents.files.map(({ to }) => to).sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'conf/settings.example.toml',
    'dist/apps/api/cli.js',
    'dist/apps/web/3rdpartylicenses.txt',
    'dist/apps/web/browser/index.html',
    'dist/apps/web/browser/main-ABCDEFGH.js',
    'dist/apps/web/browser/media/inter.woff2',
    'dist/bin/fabomatic.mjs',
    'dist/bin/health.mjs',
    'dist/bin/node-version.mjs',
    'docs/operations.md',
    'docs/settings.md',
    'systemd/fabomatic.service',
  ]);
});

it('names its command, which is among the files', () => {
  expect(contents.packageJson.bin).toEqual({ fabomatic: 'dist/bin/fabomatic.mjs' });
  expect(contents.packageJson).not.toHaveProperty('private');
  expect(contents.packageJson).not.toHaveProperty('devDependencies');
  expect(contents.packageJson).not.toHaveProperty('scripts');
});

it('needs exact versions of all that the server imports, and of nothing that only pages use', () => {
  const { dependencies } = contents.packageJson;
  expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual(
    [],
  );
  const known = Object.keys(
    (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as typeof contents.packageJson)
      .dependencies,
  );
  const imported = importsOf(['apps/api/src', 'libs', 'migrations']);
  const needed = known.filter((name) => imported.has(name));
  expect(needed.length).toBeGreaterThan(20);
  expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(needed));
  // Loaded by those: Nest asks for them as peers, swc's helpers and TypeORM by name.
  const others = Object.keys(dependencies).filter((name) => !needed.includes(name));
  expect(others).toEqual(
    ['@nestjs/typeorm', 'passport', 'rxjs', 'tslib'].filter((name) => others.includes(name)),
  );
});

it('locks what runs and nothing else, as package-lock.json has it', () => {
  const lock = JSON.parse(
    readFileSync(join(ROOT, 'package-lock.json'), 'utf8'),
  ) as Contents['shrinkwrap'];
  const { '': own, ...packages } = contents.shrinkwrap.packages;
  expect(own?.dependencies).toEqual(contents.packageJson.dependencies);
  for (const [path, entry] of Object.entries(packages)) {
    expect([path, entry.version, entry.dev, entry.resolved]).toEqual([
      path,
      lock.packages[path]?.version,
      undefined,
      undefined,
    ]);
  }
  const names = Object.keys(packages);
  for (const name of Object.keys(contents.packageJson.dependencies)) {
    expect(names).toContain(`node_modules/${name}`);
  }
  expect(
    names.filter((name) => /\/(?:@angular|jest|typescript|nx|esbuild)(?:\/|$)/.test(name)),
  ).toEqual([]);
});

it('has SQLite for Node 22 ready, and tries to compile one on older releases only', () => {
  const { packages } = contents.shrinkwrap;
  const ready = packages['node_modules/better-sqlite3'];
  expect([ready?.version, ready?.optional]).toEqual([
    contents.packageJson.dependencies['better-sqlite3'],
    undefined,
  ]);
  const compiled = packages['node_modules/better-sqlite3-node20'];
  expect([compiled?.optional, compiled?.engines?.node]).toEqual([true, '20.x || 22.13.x']);
  expect(packages['node_modules/@node-rs/argon2-linux-arm64-gnu']?.optional).toBe(true);
});

it('says which file is missing when nothing is built', () => {
  rmSync(join(folder, 'dist'), { recursive: true });
  const script =
    'const { packageFiles } = await import(process.argv[1]); packageFiles(process.argv[2]);';
  const file = join(__dirname, 'contents.mjs');
  const { stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', script, file, folder],
    { encoding: 'utf8' },
  );
  expect(stderr).toContain('dist/apps/api/cli.js is missing');
});

/** Packages that sources name: '@nestjs/common' for '@nestjs/common/x'. */
function importsOf(folders: readonly string[]): Set<string> {
  const names = folders
    .flatMap((each) =>
      readdirSync(join(ROOT, each), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !/\.spec\.ts$|testing\/|node_modules/.test(file))
        .map((file) => join(ROOT, each, file)),
    )
    .flatMap((file) => [
      ...readFileSync(file, 'utf8').matchAll(/(?:from|import) '((?:@[^'/]+\/)?[^'./][^'/]*)/g),
    ])
    .map(([, name]) => name ?? '');
  return new Set(names);
}
