import { Readable, type Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fromIso, type LabZone, SECONDS_PER_DAY } from '@fabomatic/kernel';
import ExcelJS from 'exceljs';
import type { CellKind, ExportColumn } from './export-definition';
import { type ExportWords, wordAt } from './export-words';

/** A sheet of Excel ends at 1 048 576 rows, its heading among them. */
const ROWS_PER_SHEET = 1_000_000;
/** More than this is not kept waiting for a reader who is slower than we are. */
const MAX_WAITING_BYTES = 2_000_000;
const WAIT_MS = 5;
/** Longer texts do not fit into a cell. */
const MAX_CELL = 32_767;

const STYLES: Readonly<Record<CellKind, { width: number; format?: string }>> = {
  text: { width: 24 },
  word: { width: 18 },
  sentence: { width: 48 },
  flag: { width: 12 },
  number: { width: 12 },
  time: { width: 20, format: 'yyyy-mm-dd hh:mm:ss' },
  day: { width: 14, format: 'yyyy-mm-dd' },
  duration: { width: 12, format: '[h]:mm' },
};

export interface WorkbookOptions {
  readonly words: ExportWords;
  readonly zone: LabZone;
  readonly sheet: string;
}

/**
 * Writes items as rows of an .xlsx into `target` while they come, whatever their number: neither the
 * rows nor the file are ever in memory as a whole. Texts stay texts, also those that begin like a
 * formula; times are dates of Excel as the lab's clock shows them.
 */
export async function writeWorkbook<V>(
  target: Writable,
  columns: readonly ExportColumn<V>[],
  chunks: AsyncIterable<readonly V[]>,
  options: WorkbookOptions,
): Promise<void> {
  const workbook = begin(target);
  await writeRows(workbook, { target, columns, chunks, options });
  await workbook.commit();
}

/** A sheet of {@link writeSheets}: small enough to be in memory. */
export type SheetWriter = (
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  target: Writable,
  options: Omit<WorkbookOptions, 'sheet'>,
) => Promise<void>;

export function sheetOf<V>(
  name: (words: ExportWords) => string,
  columns: readonly ExportColumn<V>[],
  items: readonly V[],
): SheetWriter {
  return (workbook, target, { words, zone }) =>
    writeRows(workbook, {
      target,
      columns,
      chunks: Readable.from([items]),
      options: { words, zone, sheet: name(words) },
    });
}

/** Several lists as the sheets of one file, by the same rules as {@link writeWorkbook}. */
export async function writeSheets(
  target: Writable,
  sheets: readonly SheetWriter[],
  options: Omit<WorkbookOptions, 'sheet'>,
): Promise<void> {
  const workbook = begin(target);
  for (const write of sheets) await write(workbook, target, options);
  await workbook.commit();
}

function begin(target: Writable): ExcelJS.stream.xlsx.WorkbookWriter {
  return new ExcelJS.stream.xlsx.WorkbookWriter({
    stream: target,
    useStyles: true,
    useSharedStrings: false,
    zip: { zlib: { level: 1 } },
  });
}

interface SheetRows<V> {
  readonly target: Writable;
  readonly columns: readonly ExportColumn<V>[];
  readonly chunks: AsyncIterable<readonly V[]>;
  readonly options: WorkbookOptions;
}

async function writeRows<V>(
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  { target, columns, chunks, options }: SheetRows<V>,
): Promise<void> {
  let sheet = addSheet(workbook, columns, options, 1);
  let rows = 0;
  let sheets = 1;
  for await (const items of chunks) {
    for (const item of items) {
      if (rows === ROWS_PER_SHEET) {
        sheet.commit();
        sheet = addSheet(workbook, columns, options, ++sheets);
        rows = 0;
      }
      sheet.addRow(columns.map((column) => cell(column, item, options))).commit();
      rows++;
    }
    while (waitingBytes(sheet) > MAX_WAITING_BYTES) {
      // Nobody reads any more: what was waiting will never leave.
      if (target.destroyed) return;
      await sleep(WAIT_MS);
    }
  }
  sheet.commit();
}

function addSheet<V>(
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  columns: readonly ExportColumn<V>[],
  { words, sheet: name }: WorkbookOptions,
  number: number,
): ExcelJS.Worksheet {
  const sheet = workbook.addWorksheet(number === 1 ? name : `${name} ${number}`, {
    views: [{ state: 'frozen', ySplit: 1 }],
  });
  sheet.columns = columns.map(({ head, kind }) => {
    const { width, format } = STYLES[kind];
    const header = words.exports.head[head];
    return {
      header,
      width: Math.max(width, header.length + 2),
      style: format === undefined ? {} : { numFmt: format },
    };
  });
  const heading = sheet.getRow(1);
  heading.font = { bold: true };
  heading.commit();
  return sheet;
}

function cell<V>(
  { kind, value }: ExportColumn<V>,
  item: V,
  { words, zone }: WorkbookOptions,
): string | number | Date | null {
  const found = value(item);
  if (found === null) return null;
  if (typeof found === 'function') return found(words).slice(0, MAX_CELL);
  switch (kind) {
    case 'text':
    case 'sentence':
      return String(found).slice(0, MAX_CELL);
    case 'number':
      return Number(found);
    case 'duration':
      return Number(found) / SECONDS_PER_DAY;
    case 'time':
      return new Date(zone.wallS(fromIso(String(found))) * 1000);
    case 'day':
      return new Date(String(found));
    case 'flag':
      return found ? words.exports.word.yes : words.exports.word.no;
    case 'word':
      return wordAt(words, String(found));
  }
}

/**
 * How much of a sheet was written and not taken yet. ExcelJS does not wait for a slow reader; its
 * types do not show the stream behind a sheet.
 */
function waitingBytes(sheet: ExcelJS.Worksheet): number {
  const { stream } = sheet as unknown as {
    stream: { pipes: { _writableState: { length: number } }[] };
  };
  return stream.pipes.reduce((sum, pipe) => sum + pipe._writableState.length, 0);
}
