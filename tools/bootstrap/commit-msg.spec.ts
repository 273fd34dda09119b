import { resolve } from 'node:path';
import { commitProblem, projectNames } from './commit-msg.mjs';

const SCOPES = ['api', 'uses', 'web'];

it.each([
  ['fix(uses): close the open use before starting another', null],
  ['feat: start the product with one command', null],
  ['feat(api)!: ask for a new password', null],
  ['fix(api,web): show the hours', null],
  ["Merge branch 'web'", null],
  ['wip', 'expected'],
  ['Fix(uses): what', 'expected'],
  ['fix(uses) what', 'expected'],
  ['fix(users): what', '"users" is none of'],
  ['repair(uses): what', '"repair" is none of'],
  ['fix(uses): what.', 'no full stop'],
  [`fix(uses): ${'x'.repeat(100)}`, '111 characters'],
])('%s', (line, problem) => {
  const found: string | null = commitProblem(line, SCOPES);
  if (problem === null) expect(found).toBeNull();
  else expect(found).toContain(problem);
});

it('knows the projects', () => {
  expect(projectNames(resolve(__dirname, '../..'))).toEqual(
    expect.arrayContaining(['api', 'web', 'e2e', 'uses', 'boards', 'bootstrap', 'virtual-board']),
  );
});
