import { type DatabaseLocation, locateDatabase, parseDatabaseUrl } from './database-url';

it.each<[url: string, expected: DatabaseLocation]>([
  ['sqlite:///fabomatic.db', { kind: 'sqlite', file: '/data/fabomatic.db' }],
  ['sqlite:////var/lib/fab.db', { kind: 'sqlite', file: '/var/lib/fab.db' }],
  ['postgresql://u:pw@host/db', { kind: 'postgres', url: 'postgresql://u:pw@host/db' }],
  ['postgres://u:pw@host:5433/db', { kind: 'postgres', url: 'postgresql://u:pw@host:5433/db' }],
  ['postgresql+psycopg2://u@host/db', { kind: 'postgres', url: 'postgresql://u@host/db' }],
])('%s is understood', (url, expected) => {
  expect(locateDatabase(url, '/data')).toEqual(expected);
});

it.each([
  'fabomatic.db',
  'sqlite://fabomatic.db',
  'sqlite:///',
  'sqlite:///folder/',
  'sqlite:///:memory:',
  'mysql://u:pw@host/db',
  'postgresql://host',
  'postgresql:///db',
])('%s is refused', (url) => {
  expect(parseDatabaseUrl(url)).toBeUndefined();
});
