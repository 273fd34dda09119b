import { AppError } from '@fabomatic/kernel';
import { StartError } from '../start-error';
import { databaseProblem } from './database-problem';

const sqlite = { kind: 'sqlite', file: '/srv/lab/fabomatic.db' } as const;
const postgres = { kind: 'postgres', url: 'postgresql://me:secret@db.lab:5432/fab' } as const;
const coded = (code: string) => Object.assign(new Error('refused'), { code });

test.each([
  ['a file that is no database', coded('SQLITE_NOTADB'), sqlite, 'is no SQLite database'],
  ['another process', new AppError('database.in_use'), postgres, 'Another FabOMatic works on'],
  ["the original's file", new AppError('database.not_ours'), sqlite, 'fabomatic -- import'],
  ['a server that is down', coded('ECONNREFUSED'), postgres, 'does PostgreSQL run there'],
  ['a wrong password', coded('28P01'), postgres, 'refuses the password'],
])('%s is one sentence', (_why, error, target, part) => {
  const problem = databaseProblem(error, target);
  expect(problem).toBeInstanceOf(StartError);
  expect(String(problem)).toContain(part);
  expect(String(problem)).not.toContain('secret');
});

test('a defect stays what it is', () => {
  const defect = new TypeError('x is undefined');
  expect(databaseProblem(defect, sqlite)).toBe(defect);
});
