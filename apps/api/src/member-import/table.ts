import { AppError } from '@fabomatic/kernel';
import { MAX_MEMBER_IMPORT_COLUMNS, MAX_MEMBER_IMPORT_ROWS } from '@fabomatic/members';

/** A line of a table that somebody keeps; the cells are texts, whatever they look like. */
export interface TableRow {
  /** Of the file, as an editor counts. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Table {
  readonly headings: readonly string[];
  readonly rows: readonly TableRow[];
}

/** The first line with anything in it holds the headings; lines without anything do not count. */
export function tableOf(lines: readonly TableRow[]): Table {
  const [first, ...rows] = lines.filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (first === undefined || rows.length === 0) throw new AppError('member_import.empty');
  if (rows.length > MAX_MEMBER_IMPORT_ROWS) {
    throw new AppError('member_import.too_many_rows', { max: MAX_MEMBER_IMPORT_ROWS });
  }
  const width = first.cells.reduce((last, cell, index) => (cell === '' ? last : index + 1), 0);
  if (width > MAX_MEMBER_IMPORT_COLUMNS) {
    throw new AppError('member_import.too_many_columns', { max: MAX_MEMBER_IMPORT_COLUMNS });
  }
  return { headings: first.cells.slice(0, width), rows };
}
