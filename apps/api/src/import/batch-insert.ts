import type { Db, SqlValue } from '../database/db';

/** Values in one statement: SQLite takes 32 766, PostgreSQL 65 535. */
const MAX_VALUES = 7000;

/** Adds many rows of one table, some hundred in each statement: a million take seconds so. */
export class BatchInsert {
  private readonly size: number;
  private values: SqlValue[] = [];
  private rowsWaiting = 0;
  /** Rows given so far. */
  count = 0;

  constructor(
    private readonly db: Db,
    private readonly table: string,
    private readonly columns: readonly string[],
  ) {
    this.size = Math.floor(MAX_VALUES / columns.length);
  }

  /** `row` in the order of the columns. */
  async add(...row: SqlValue[]): Promise<void> {
    if (row.length !== this.columns.length)
      throw new Error(`${this.table}: wrong number of values`);
    for (const value of row) this.values.push(value);
    this.rowsWaiting++;
    this.count++;
    if (this.rowsWaiting === this.size) await this.end();
  }

  /** Writes what is waiting. */
  async end(): Promise<void> {
    if (this.rowsWaiting === 0) return;
    const marks = `(${this.columns.map(() => '?').join(', ')})`;
    const all = Array.from({ length: this.rowsWaiting }, () => marks).join(', ');
    const sql = `INSERT INTO ${this.table} (${this.columns.join(', ')}) VALUES ${all}`;
    const values = this.values;
    this.values = [];
    this.rowsWaiting = 0;
    await this.db.execute(sql, values);
  }
}
