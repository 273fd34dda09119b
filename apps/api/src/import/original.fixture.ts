import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Sqlite } from '../sqlite-driver';

const FIXTURES = resolve(__dirname, '../../fixtures');

export const FIXTURE_1_0_4 = fixturePath('1.0.4-fixture');

export function fixturePath(release: string): string {
  return join(FIXTURES, `fabomatic-${release}.db`);
}

/** A copy of a database of the original, changed by SQL in its own schema; `remove` deletes it. */
export function changedOriginal(
  statements: readonly string[],
  from = FIXTURE_1_0_4,
): { path: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'fabomatic-original-'));
  const path = join(folder, 'database.sqldb');
  copyFileSync(from, path);
  chmodSync(path, 0o600);
  const connection = new Sqlite(path);
  connection.pragma('foreign_keys = OFF');
  for (const sql of statements) connection.exec(sql);
  connection.close();
  return { path, remove: () => rmSync(folder, { recursive: true }) };
}
