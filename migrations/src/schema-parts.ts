import type { TableColumnOptions, TableForeignKeyOptions, TableIndexOptions } from 'typeorm';

/**
 * The pieces that tables are made of, for SQLite and PostgreSQL alike. Migrations that have been
 * released must go on building the same tables, so a function here is added to, never changed.
 */

type Extra = Partial<Pick<TableColumnOptions, 'isNullable' | 'default'>>;

/** Marks a column that may be empty. */
export const nullable = { isNullable: true } as const;

/**
 * Ids count upwards and are never given twice (AUTOINCREMENT, a sequence), because boards and
 * exported files keep them for longer than the row may live.
 */
export function idColumn(table: string): TableColumnOptions {
  return {
    name: 'id',
    type: 'integer',
    isPrimary: true,
    isGenerated: true,
    generationStrategy: 'increment',
    primaryKeyConstraintName: `pk_${table}`,
  };
}

export function textColumn(name: string, extra: Extra = {}): TableColumnOptions {
  return { name, type: 'varchar', ...extra };
}

export function integerColumn(name: string, extra: Extra = {}): TableColumnOptions {
  return { name, type: 'integer', ...extra };
}

/** Epoch seconds or a length in seconds, with fractions. */
export function secondsColumn(name: string, extra: Extra = {}): TableColumnOptions {
  return { name, type: 'double precision', ...extra };
}

/** False unless it is set. The literal differs, because SQLite keeps a boolean as 0 or 1. */
export function flagColumn(name: string, database: string): TableColumnOptions {
  return { name, type: 'boolean', default: database === 'postgres' ? 'false' : '0' };
}

/** Counts the changes of a row, so that two people do not overwrite each other's. */
export const versionColumn: TableColumnOptions = { name: 'version', type: 'integer', default: '1' };

/** A reference that refuses to be orphaned: children are deleted by the service, or not at all. */
export function reference(
  name: string,
  column: string,
  referencedTableName: string,
): TableForeignKeyOptions {
  return { name, columnNames: [column], referencedTableName, referencedColumnNames: ['id'] };
}

export function index(name: string, ...columnNames: string[]): TableIndexOptions {
  return { name, columnNames };
}
