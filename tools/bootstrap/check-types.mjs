/**
 * Checks the types of all projects as `nx typecheck` does of one: each file under the options of its
 * own tsconfig.json. Neighbours with the same options (all libraries, for one) are one program, so
 * that what they share is checked once, and what packages declare is read once for all programs.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '../..');
const COMMAND = /^tsc -p (\S+)$/;
/** What these declare is known to every file of its program: such a project is one by itself. */
const GLOBAL = /^\s*declare (?:global|module)\b/m;

/** Of the projects that have types to check, relative to the root. */
function tsconfigs() {
  const folders = ['apps', 'libs', 'tools'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(parent, name)),
  );
  return [...folders, 'migrations'].flatMap((folder) => {
    const file = join(root, folder, 'project.json');
    if (!existsSync(file)) return [];
    const target = JSON.parse(readFileSync(file, 'utf8')).targets?.typecheck;
    if (target === undefined) return [];
    const path = COMMAND.exec(target.options?.command ?? '')?.[1];
    if (path === undefined) throw new Error(`${file}: its types are not checked by "tsc -p FILE"`);
    return [path];
  });
}

/** `{ names, fileNames, options }` of each program. */
function programs(report) {
  const groups = new Map();
  for (const path of tsconfigs()) {
    const file = join(root, path);
    const { config, error } = ts.readConfigFile(file, ts.sys.readFile);
    const parsed = ts.parseJsonConfigFileContent(config ?? {}, ts.sys, dirname(file), {}, file);
    report([...(error ? [error] : []), ...parsed.errors]);
    const { options, fileNames } = parsed;
    const { configFilePath: _, ...comparable } = options;
    const isAlone = fileNames.some((name) => {
      const text = readFileSync(name, 'utf8');
      return name.endsWith('.d.ts') || GLOBAL.test(text) || !/^(?:import|export)\b/m.test(text);
    });
    const own = isAlone ? path : dirname(dirname(path));
    const key = JSON.stringify([own, comparable]);
    const group = groups.get(key) ?? { names: [], fileNames: [], options };
    group.names.push(dirname(path));
    group.fileNames.push(...fileNames);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Reads each file once for all programs whose options make the same of its text. */
function sharingHost(caches, options) {
  const { target, module, moduleResolution, strict, isolatedModules } = options;
  const key = JSON.stringify([target, module, moduleResolution, strict, isolatedModules]);
  const cache = caches.get(key) ?? new Map();
  caches.set(key, cache);
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...more) => {
    const found = cache.get(name) ?? read(name, ...more);
    cache.set(name, found);
    return found;
  };
  return host;
}

const formatHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => root,
  getNewLine: () => '\n',
};
let errors = 0;
const report = (diagnostics) => {
  errors += diagnostics.length;
  if (diagnostics.length > 0) console.log(ts.formatDiagnostics(diagnostics, formatHost));
};

/** Options -> file -> what was read. */
const caches = new Map();
for (const { names, fileNames, options } of programs(report)) {
  const startMs = performance.now();
  const program = ts.createProgram({
    rootNames: fileNames,
    options,
    host: sharingHost(caches, options),
  });
  report(ts.sortAndDeduplicateDiagnostics(ts.getPreEmitDiagnostics(program)));
  console.log(
    `${names.join(', ')}: ${fileNames.length} files in ${Math.round(performance.now() - startMs)} ms`,
  );
}
process.exitCode = errors > 0 ? 1 : 0;
