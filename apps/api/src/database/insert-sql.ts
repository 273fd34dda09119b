/** table and columns, joined -> SQL */
const cache = new Map<string, string>();
const CACHE_SIZE = 500;

/** insertSql('cards', ['uid', 'member_id']) = INSERT INTO cards (uid, member_id) VALUES (?, ?) RETURNING id */
export function insertSql(table: string, columns: readonly string[]): string {
  const key = `${table} ${columns.join()}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const marks = columns.map(() => '?').join(', ');
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks}) RETURNING id`;
  if (cache.size < CACHE_SIZE) cache.set(key, sql);
  return sql;
}
