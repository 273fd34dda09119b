/** What the package consists of. Nothing here runs npm or builds: it reads the tree. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Dependencies that the built web app holds already: a server loads none of them. */
const IN_THE_BROWSER = [
  /^@angular\//,
  /^@ngx-translate\//,
  /^@fontsource-variable\//,
  /^chart\.js$/,
  /^eventsource-parser$/,
  /^uqr$/,
];

/** Overrides of package.json that concern what runs; the others are for building. */
const OVERRIDES = ['typeorm', 'file-type'];

/**
 * better-sqlite3 12 is for Node 20 and 22.13 alone (decision 0018) and says of itself that it suits every
 * Node: with this npm does not even try to compile it anywhere else.
 */
const ENGINES = { 'node_modules/better-sqlite3-node20': { node: '20.x || 22.13.x' } };

const NAME = 'fabomatic';
const BIN = 'dist/bin/fabomatic.mjs';

/** Path in the package -> path in the tree. A folder stands for all that is in it. */
const FILES = {
  'README.md': 'tools/package/README.md',
  LICENSE: 'LICENSE',
  'CHANGELOG.md': 'CHANGELOG.md',
  'conf/settings.example.toml': 'conf/settings.example.toml',
  'docs/operations.md': 'docs/operations.md',
  'docs/settings.md': 'docs/settings.md',
  'systemd/fabomatic.service': 'tools/package/fabomatic.service',
  'dist/bin/fabomatic.mjs': 'tools/package/bin/fabomatic.mjs',
  'dist/bin/health.mjs': 'tools/package/bin/health.mjs',
  'dist/bin/node-version.mjs': 'tools/bootstrap/node-version.mjs',
  'dist/apps/api/cli.js': 'dist/apps/api/cli.js',
  'dist/apps/web/3rdpartylicenses.txt': 'dist/apps/web/3rdpartylicenses.txt',
  'dist/apps/web/browser': 'dist/apps/web/browser',
};

/** Built by Angular, and of no use to a visitor. */
const LEFT_OUT = /\.map$/;

/** Every file of the package that is copied: `{ to, from }`, both relative. Errors: one is missing. */
export function packageFiles(root) {
  return Object.entries(FILES).flatMap(([to, from]) => {
    if (!existsSync(join(root, from))) throw new Error(`${from} is missing: is the product built?`);
    return filesOf(root, to, from);
  });
}

function filesOf(root, to, from) {
  let entries;
  try {
    entries = readdirSync(join(root, from), { withFileTypes: true });
  } catch (error) {
    if (error.code !== 'ENOTDIR') throw error;
    return [{ to, from }];
  }
  return entries
    .filter(({ name }) => !LEFT_OUT.test(name))
    .flatMap(({ name }) => filesOf(root, `${to}/${name}`, `${from}/${name}`));
}

/** The package.json of the package: what it needs to run, in exact versions. */
export function packageJson(root) {
  const { version, description, license, engines, ...own } = readJson(root, 'package.json');
  const dependencies = Object.fromEntries(
    Object.entries(own.dependencies).filter(
      ([name]) => !IN_THE_BROWSER.some((pattern) => pattern.test(name)),
    ),
  );
  return {
    name: NAME,
    version,
    description,
    license,
    type: 'module',
    bin: { [NAME]: BIN },
    engines,
    // The program finds its data beside the user's current folder, not in here: root-folder.ts.
    fabomatic: { isPackage: true },
    dependencies,
    optionalDependencies: own.optionalDependencies,
    overrides: Object.fromEntries(OVERRIDES.map((name) => [name, own.overrides[name]])),
    // A package of a package reports each installation to its maker unless it is told not to.
    scarfSettings: { enabled: false },
    allowScripts: { 'better-sqlite3': true, '@scarf/scarf': false },
  };
}

/** The part of package-lock.json that `wanted` (a package.json) needs: the same versions, nothing else. */
export function shrinkwrap(root, wanted) {
  const { lockfileVersion, packages } = readJson(root, 'package-lock.json');
  const { name, version, license, bin, engines, dependencies, optionalDependencies } = wanted;
  const own = { name, version, license, dependencies, optionalDependencies, bin, engines };
  const required = reachable(packages, own, false);
  const all = reachable(packages, own, true);
  const entries = [...all].sort().map((path) => {
    const { dev: _dev, devOptional: _devOptional, optional: _optional, ...entry } = packages[path];
    const engines = ENGINES[path] ?? entry.engines;
    const isOptional = required.has(path) ? {} : { optional: true };
    return [path, { ...entry, ...(engines && { engines }), ...isOptional }];
  });
  return {
    name,
    version,
    lockfileVersion,
    requires: true,
    packages: { '': own, ...Object.fromEntries(entries) },
  };
}

/** Paths in the lock that can be reached from `own`, over optional dependencies or without them. */
function reachable(packages, own, withOptional) {
  const found = new Set();
  const open = [['', own]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [from, entry] = next;
    for (const name of neededBy(entry, withOptional)) {
      const path = resolvePath(packages, from, name);
      if (path === undefined || found.has(path)) continue;
      found.add(path);
      open.push([path, packages[path]]);
    }
  }
  return found;
}

function neededBy(entry, withOptional) {
  const optional = Object.keys(entry.optionalDependencies ?? {});
  const isOptionalPeer = (name) => entry.peerDependenciesMeta?.[name]?.optional === true;
  const peers = Object.keys(entry.peerDependencies ?? {}).filter((name) => !isOptionalPeer(name));
  const needed = [...Object.keys(entry.dependencies ?? {}), ...peers];
  if (withOptional) return [...needed, ...optional];
  return needed.filter((name) => !optional.includes(name));
}

/** As Node looks for packages: in the folder's own node_modules, then in those above. */
function resolvePath(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, folder.lastIndexOf('node_modules/'))) {
    const parent = folder.replace(/\/$/, '');
    const path = `${parent === '' ? '' : `${parent}/`}node_modules/${name}`;
    if (packages[path] !== undefined) return path;
    if (parent === '') return undefined;
  }
}

function readJson(root, file) {
  return JSON.parse(readFileSync(join(root, file), 'utf8'));
}
