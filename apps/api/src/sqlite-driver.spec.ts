import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type SqliteDatabase from 'better-sqlite3';
import { explaining, Sqlite } from './sqlite-driver';

/** What the package `bindings` throws, by which better-sqlite3 12 looks for its binary. */
const NOT_FOUND = Object.assign(new Error('Could not locate the bindings file.'), { tries: [] });

it('opens files, and is the class of what it opens', () => {
  const opened = new Sqlite(':memory:');
  expect(opened.prepare('SELECT 1').pluck().get()).toBe(1);
  expect(opened).toBeInstanceOf(Sqlite);
  opened.close();
});

it('says what to do when nothing was built for this Node', () => {
  const unbuilt = class {
    constructor() {
      throw NOT_FOUND;
    }
  } as unknown as typeof SqliteDatabase;
  expect(() => new (explaining(unbuilt))(':memory:')).toThrow(
    expect.objectContaining({
      name: 'StartError',
      message: expect.stringContaining('install Node 22.14 or newer') as string,
    }) as Error,
  );
});

it('leaves every other error as it is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fabomatic-driver-'));
  expect(() => new Sqlite(join(folder, 'none.db'), { fileMustExist: true })).toThrow(
    expect.objectContaining({ code: 'SQLITE_CANTOPEN' }) as Error,
  );
  rmSync(folder, { recursive: true });
});
