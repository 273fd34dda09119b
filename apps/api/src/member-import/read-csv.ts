import { AppError } from '@fabomatic/kernel';
import { MAX_MEMBER_IMPORT_ROWS } from '@fabomatic/members';
import { CsvError, parse } from 'csv-parse/sync';
import { systemErrorCode } from '../start-error';
import { type Table, tableOf } from './table';

const SEPARATORS = [',', ';', '\t'] as const;
const MAX_RECORD_CHARACTERS = 100_000;
/** What no text has: a program, a picture, an archive. */
const BINARY = /[^\P{Cc}\t\n\v\f\r\u001b\u0080-\u009f]/u;

/** A table as text: whatever a spreadsheet program makes of "save as CSV". */
export function readCsv(content: Buffer): Table {
  const text = decode(content);
  if (BINARY.test(text)) throw new AppError('member_import.not_a_table');
  return tableOf(
    recordsOf(text).map(({ record, info }) => ({
      line: info.lines,
      cells: record.map((cell) => cell.trim()),
    })),
  );
}

function recordsOf(text: string): { record: string[]; info: { lines: number } }[] {
  try {
    return parse(text, {
      delimiter: separatorOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: MAX_RECORD_CHARACTERS,
      // The heading, and one more than is allowed.
      to: MAX_MEMBER_IMPORT_ROWS + 2,
    }) as unknown as { record: string[]; info: { lines: number } }[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // A quotation mark that is not closed, or text behind one.
    throw new AppError('member_import.broken', { line: Number(error['lines'] ?? 1) });
  }
}

/** By its mark, or UTF-8 where it is such, or what Windows writes in Europe. */
function decode(content: Buffer): string {
  const [first, second] = content;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(content);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(content);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch (error) {
    // These bytes are no UTF-8.
    if (systemErrorCode(error) !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    return new TextDecoder('windows-1252').decode(content);
  }
}

/** Whatever stands most often in the first line, outside of quotation marks. */
function separatorOf(text: string): string {
  const heading = (/^\s*([^\r\n]+)/.exec(text)?.[1] ?? '').replace(/"[^"]*"/g, '');
  const counted = SEPARATORS.map((separator) => ({
    separator,
    count: heading.split(separator).length,
  }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).separator;
}
