const NEWLINE = 0x0a;
const BACKSLASH = 0x5c;
const DOT = 0x2e;
/** 'COPY public.migrations (id, "timestamp", name) FROM stdin;' */
const COPY = /^COPY public\."?(\w+)"? \(([^)]*)\) FROM stdin;$/;

/**
 * Reads the text that pg_restore makes of an archive's data, in pieces that are cut anywhere, and
 * counts the rows of each table. A row is one line: a line break within a value is written `\n`.
 */
export class CopyCounter {
  /** table -> number of rows */
  readonly rows: Record<string, number> = {};
  /** Names of the migrations that made the schema. */
  readonly migrations: string[] = [];
  /** The table whose rows come now. */
  private table: string | null = null;
  /** Where the name stands in a row of `migrations`. */
  private nameColumn = 0;
  private rest: Buffer = Buffer.alloc(0);

  add(piece: Buffer): void {
    const text = this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece]);
    let start = 0;
    for (let end = text.indexOf(NEWLINE); end !== -1; end = text.indexOf(NEWLINE, start)) {
      this.line(text.subarray(start, end));
      start = end + 1;
    }
    this.rest = text.subarray(start);
  }

  /** Whether the last table came to its end. */
  get isWhole(): boolean {
    return this.table === null && this.rest.length === 0;
  }

  private line(line: Buffer): void {
    if (this.table === null) {
      this.begin(line);
    } else if (line.length === 2 && line[0] === BACKSLASH && line[1] === DOT) {
      this.table = null;
    } else {
      this.rows[this.table] = (this.rows[this.table] ?? 0) + 1;
      if (this.table === 'migrations') {
        this.migrations.push(line.toString('utf8').split('\t')[this.nameColumn] ?? '');
      }
    }
  }

  private begin(line: Buffer): void {
    const [, table, columns = ''] = COPY.exec(line.toString('utf8')) ?? [];
    if (table === undefined) return;
    this.table = table;
    this.rows[table] = 0;
    this.nameColumn = columns.split(', ').indexOf('name');
  }
}
