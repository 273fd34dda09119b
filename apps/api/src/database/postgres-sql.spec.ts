import { ownUrl } from './data-source';
import { numbered, postgresQuery } from './postgres-sql';

describe('SQL for PostgreSQL', () => {
  it.each([
    ['SELECT 1', 'SELECT 1'],
    ['a = ? AND b = ?', 'a = $1 AND b = $2'],
    [`a = '?' AND "b?" = ? AND c = 'it''s ?'`, `a = '?' AND "b?" = $1 AND c = 'it''s ?'`],
  ])('%s', (sql, expected) => {
    expect(numbered(sql)).toBe(expected);
  });

  it('keeps one prepared statement for one text', () => {
    const first = postgresQuery('SELECT ?', [1]);
    expect(postgresQuery('SELECT ?', [2])).toEqual({ ...first, values: [2] });
    expect(postgresQuery('SELECT ?, ?', [1, 2]).name).not.toBe(first.name);
  });

  it("marks a connection as the API's and keeps the options of the URL", () => {
    const url = new URL(ownUrl('postgres://u:p@h:1/d?options=-c%20a%3Db&sslmode=disable', 'read'));
    expect(url.searchParams.get('options')).toBe(
      '-c a=b -c fabomatic.api=on -c default_transaction_read_only=on',
    );
    expect(url.searchParams.get('sslmode')).toBe('disable');
    expect(url.host + url.pathname).toBe('h:1/d');
  });
});
