/**
 * Is the first line of a commit message a conventional one? Scopes are the names of the projects.
 * Git calls it through tools/git-hooks; switch it on once in each clone:
 *   git config core.hooksPath tools/git-hooks
 * Usage: node tools/bootstrap/commit-msg.mjs FILE
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = resolve(import.meta.dirname, '../..');
const TYPES = 'build chore ci docs feat fix perf refactor revert style test'.split(' ');
const MAX_LENGTH = 100;
/** What git writes itself. */
const OF_GIT = /^(?:Merge |Revert "|fixup! |squash! )/;

/** Names of the workspace's projects: the folders under apps, libs and tools, and a few more. */
export function projectNames(folder = root) {
  const under = ['apps', 'libs', 'tools'].flatMap((parent) => readdirSync(join(folder, parent)));
  return [...under.filter((name) => name !== 'git-hooks'), 'migrations', 'conf', 'deps'];
}

/** What is wrong with a first line, or null. */
export function commitProblem(line, scopes) {
  if (OF_GIT.test(line)) return null;
  const match = /^([a-z]+)(?:\(([^)]*)\))?!?: (\S.*)$/.exec(line);
  if (!match) return 'expected "type(scope): what it does", for example "fix(uses): ..."';
  const [, type, scope, subject] = match;
  if (!TYPES.includes(type)) return `"${type}" is none of ${TYPES.join(', ')}`;
  const unknown = (scope ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => scope !== undefined && !scopes.includes(name));
  if (unknown.length > 0) return `"${unknown[0]}" is none of ${scopes.join(', ')}`;
  if (line.length > MAX_LENGTH) return `${line.length} characters, at most ${MAX_LENGTH} fit`;
  if (subject.endsWith('.')) return 'no full stop at the end';
  return null;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [line = ''] = readFileSync(process.argv[2], 'utf8').split('\n');
  const problem = commitProblem(line, projectNames());
  if (problem !== null) {
    console.error(`Commit message: ${problem}.\n  ${line}`);
    process.exit(1);
  }
}
