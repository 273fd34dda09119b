import { AppError } from '@fabomatic/kernel';
import { freePort } from '@fabomatic/virtual-board';
import { loadSettings } from '../settings/load-settings';
import { createPostgresDatabase } from '../testing/postgres';
import { checkDatabase, checkPgDump } from './doctor-services';

jest.setTimeout(60_000);

it('a pg_dump that is older than the server, new enough, or not there at all', async () => {
  const location = { kind: 'postgres', url: await createPostgresDatabase() } as const;
  expect(await checkPgDump(location, () => Promise.resolve(9))).toMatchObject([
    {
      state: 'problem',
      text: expect.stringMatching(
        /pg_dump 9 refuses the server.* Install postgresql-client-\d\d\.$/,
      ) as string,
    },
  ]);
  expect(await checkPgDump(location, () => Promise.resolve(99))).toEqual([
    { state: 'ok', text: 'pg_dump 99 makes the backups.' },
  ]);
  const none = new AppError('backup.failed', { reason: 'pg_dump is not installed' });
  expect(await checkPgDump(location, () => Promise.reject(none))).toEqual([
    { state: 'problem', text: 'Backups cannot be made: pg_dump is not installed.' },
  ]);
});

it('a server that is away is the business of another check', async () => {
  const url = `postgresql://lab@127.0.0.1:${await freePort()}/lab`;
  expect(await checkPgDump({ kind: 'postgres', url }, () => Promise.resolve(15))).toMatchObject([
    { state: 'ok' },
  ]);
});

it('a PostgreSQL that is new, away, or not ours to enter', async () => {
  const of = (url: string) =>
    checkDatabase(loadSettings({ FABOMATIC_DATABASE_URL: url }, '/nonexistent'));
  const url = await createPostgresDatabase();
  expect(await of(url)).toEqual([
    { state: 'ok', text: 'The database is empty: the first start fills it.' },
  ]);
  const none = Object.assign(new URL(url), { pathname: '/there_is_none' }).toString();
  expect(await of(none)).toMatchObject([{ state: 'problem' }]);
  expect(await of(`postgresql://lab@127.0.0.1:${await freePort()}/lab`)).toMatchObject([
    { state: 'problem' },
  ]);
});

it('SQLite needs none', async () => {
  const none = () => Promise.reject(new Error('nobody asks'));
  expect(await checkPgDump({ kind: 'sqlite', file: '/nonexistent' }, none)).toEqual([]);
});
