/** What `npm test` consists of, in this order: what fails fast comes first. Made for two cores. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './ensure-built.mjs';

/** More than cores: specs of the API wait for brokers, databases and clocks a third of their time. */
const WORKERS = { node: 3, web: 2 };

/** A worker that has grown beyond this makes room for a fresh one: each spec leaves something behind. */
const WORKER_MEMORY = '900MB';

const E2E_CONFIG = 'apps/e2e/playwright.config.ts';

/**
 * Groups one after another; the steps of a group run side by side. A step: `name`, `command` (with
 * `env`) or `run`, perhaps `count` and `needs`.
 */
export function stepGroups(root, { isQuick }) {
  const quick = [
    [
      { name: 'formatting', command: bin('prettier', '--check', '--log-level=warn', '.') },
      // All projects at once, here and with types: each alone would read the packages' types again.
      { name: 'lint', command: bin('eslint', '.') },
      { name: 'types', command: [process.execPath, 'tools/bootstrap/check-types.mjs'] },
    ],
    [jest(root, 'node', isQuick ? unitSpecs(root) : [])],
  ];
  const web = jest(root, 'web', []);
  if (isQuick) return [...quick, [web]];
  return [...quick, [web, { name: 'build', run: () => build(root) }], endToEnd(root)];
}

function bin(name, ...args) {
  return [process.execPath, join('node_modules', '.bin', name), ...args];
}

function nx(target, ...more) {
  return bin('nx', 'run-many', '-t', target, '--output-style=static', ...more);
}

const NAMES = { node: 'unit and integration', web: 'web unit' };

function jest(root, project, paths) {
  const file = join(root, 'dist', 'test-results', `${project}.json`);
  rmSync(file, { force: true });
  const name = paths.length > 0 ? 'unit' : NAMES[project];
  const options = [
    '--ci',
    `--maxWorkers=${WORKERS[project]}`,
    `--workerIdleMemoryLimit=${WORKER_MEMORY}`,
    '--json',
    `--outputFile=${file}`,
  ];
  const only = paths.length > 0 ? ['--runTestsByPath', ...paths] : [];
  return {
    name,
    command: bin('jest', `--selectProjects=${project}`, ...options, ...only),
    count: () => {
      const found = readResult(file);
      return {
        passed: found?.numPassedTests ?? 0,
        // A file that could not be loaded has no tests to count.
        failed: (found?.numFailedTests ?? 0) + (found?.numRuntimeErrorTestSuites ?? 0),
        skipped: (found?.numPendingTests ?? 0) + (found?.numTodoTests ?? 0),
      };
    },
  };
}

/** The specs that need neither a database nor a broker: those import from testing/. */
function unitSpecs(root) {
  return ['libs', 'migrations', 'tools', 'apps/api'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .filter((file) => file.endsWith('.spec.ts') && !file.includes('node_modules'))
      .map((file) => join(root, folder, file))
      .filter((file) => !/from '[./]+\/testing\//.test(readFileSync(file, 'utf8'))),
  );
}

async function build(root) {
  if (!(await ensureBuilt())) return false;
  const { runWithProgress } = await import('./progress.mjs');
  const [command, ...args] = nx('build', '--projects=virtual-board,bench');
  return runWithProgress('Building the tools', command, args, root);
}

function endToEnd(root) {
  const isConfigured = existsSync(join(root, E2E_CONFIG));
  const folder = join(root, 'apps/e2e/src');
  const hasSpecs =
    existsSync(folder) &&
    readdirSync(folder, { recursive: true }).some((file) => /\.(?:spec|e2e)\.ts$/.test(file));
  if (!isConfigured && !hasSpecs) return [];
  const file = join(root, 'dist', 'test-results', 'e2e.json');
  rmSync(file, { force: true });
  return [
    {
      name: 'end to end',
      needs: 'build',
      // Specs without a configuration: Playwright says so and fails.
      command: bin('playwright', 'test', '-c', E2E_CONFIG, '--reporter=list,json'),
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
      count: () => {
        const stats = readResult(file)?.stats;
        return {
          passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
          failed: stats?.unexpected ?? 0,
          skipped: stats?.skipped ?? 0,
        };
      },
    },
  ];
}

/** Undefined when the runner ended before it could write: its exit code says so as well. */
function readResult(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
