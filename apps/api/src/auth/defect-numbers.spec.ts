import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findRootFolder } from '../root-folder';

/** The rows of the original's inventory and its checks, each of which a test bears in its title. */
const NUMBERS = [
  ...Array.from({ length: 21 }, (_, n) => `S${n + 1}`),
  ...Array.from({ length: 12 }, (_, n) => `B${n + 1}`),
];
const ROOT = findRootFolder();

/** Number -> the files in which a title bears it, as docs/security.md writes them. */
function testsByNumber(): Map<string, string[]> {
  const found = new Map<string, string[]>(NUMBERS.map((number) => [number, []]));
  for (const [folder, ending] of [
    ['apps/api/src', '.spec.ts'],
    ['apps/e2e/src', '.e2e.ts'],
  ] as const) {
    const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((each) => each.endsWith(ending))) {
      const text = readFileSync(join(ROOT, folder, file), 'utf8');
      for (const number of NUMBERS) {
        if (text.includes(`[${number}]`)) found.get(number)?.push(file.replaceAll('\\', '/'));
      }
    }
  }
  return found;
}

/** The table in docs/security.md: number -> its tests. */
function documented(): Map<string, string[]> {
  const text = readFileSync(join(ROOT, 'docs', 'security.md'), 'utf8');
  const rows = text.matchAll(/^\| ([SB]\d+) +\| (.+?) +\|$/gm);
  return new Map(
    [...rows].map(([, number = '', files = '']) => [
      number,
      [...files.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file),
    ]),
  );
}

test('every defect of the original and every check has tests that bear its number', () => {
  const told = documented();
  expect([...told.keys()]).toEqual(NUMBERS);
  for (const [number, files] of testsByNumber()) {
    expect(files.length).toBeGreaterThan(0);
    expect([number, told.get(number)?.sort()]).toEqual([number, files.sort()]);
  }
});
