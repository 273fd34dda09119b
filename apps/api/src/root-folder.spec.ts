import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callOf, findHomeFolder, findRootFolder, readVersion } from './root-folder';
import { loadSettings } from './settings/load-settings';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fabomatic-root-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function packageJson(content: object): void {
  writeFileSync(join(folder, 'package.json'), JSON.stringify(content));
}

it('keeps the data of a clone in the clone, and calls its command through npm', () => {
  packageJson({ version: '1.2.3', private: true });
  expect(findHomeFolder(folder)).toBe(folder);
  expect(callOf('restore <file>', folder)).toBe('npm run fabomatic -- restore <file>');
  expect(callOf('start', folder)).toBe('npm start');
  expect(readVersion(folder)).toBe('1.2.3');
  // This tree is a clone.
  expect(findHomeFolder()).toBe(findRootFolder());
});

it('keeps the data of a package where it was called: npm replaces the folder of the package', () => {
  packageJson({ version: '1.2.3', fabomatic: { isPackage: true } });
  expect(findHomeFolder(folder)).toBe(process.cwd());
  expect(findHomeFolder(folder)).not.toBe(folder);
  expect(callOf('restore <file>', folder)).toBe('fabomatic restore <file>');
  expect(callOf('start', folder)).toBe('fabomatic start');
  const { data } = loadSettings({}, findHomeFolder(folder));
  expect(data.folder).toBe(join(process.cwd(), 'data'));
});
