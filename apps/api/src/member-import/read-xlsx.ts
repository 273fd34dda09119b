import { AppError } from '@fabomatic/kernel';
import { MAX_MEMBER_IMPORT_COLUMNS, MAX_MEMBER_IMPORT_ROWS } from '@fabomatic/members';
import ExcelJS from 'exceljs';
import { type Table, tableOf, type TableRow } from './table';
import { zipProblem } from './zip-size';

/** 10 000 rows of 200 short cells are some 40 MB of XML. */
const MAX_UNPACKED_BYTES = 60 * 1024 * 1024;

export function isZip(content: Buffer): boolean {
  return content.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004';
}

/** The first sheet of a workbook. A formula counts as what it showed last; nothing is calculated. */
export async function readXlsx(content: Buffer): Promise<Table> {
  const problem = await zipProblem(content, MAX_UNPACKED_BYTES);
  if (problem === 'too-large') throw new AppError('member_import.too_large');
  if (problem === 'broken') throw new AppError('member_import.not_a_table');
  const sheet = (await load(content)).worksheets[0];
  if (sheet === undefined) throw new AppError('member_import.not_a_table');
  if (sheet.actualRowCount > MAX_MEMBER_IMPORT_ROWS + 1) {
    throw new AppError('member_import.too_many_rows', { max: MAX_MEMBER_IMPORT_ROWS });
  }
  const lines: TableRow[] = [];
  sheet.eachRow((row, line) => {
    // One more than is allowed, which `tableOf` refuses.
    const width = Math.min(row.cellCount, MAX_MEMBER_IMPORT_COLUMNS + 1);
    const cells = Array.from({ length: width }, (_, index) => textOf(row.getCell(index + 1).value));
    lines.push({ line, cells });
  });
  return tableOf(lines);
}

async function load(content: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  try {
    // Its types know the Buffer of an older Node.
    await workbook.xlsx.load(content as unknown as ExcelJS.Buffer);
  } catch {
    // A sound archive that is no workbook: a document, an app, torn XML. ExcelJS has no kinds of errors.
    throw new AppError('member_import.not_a_table');
  }
  return workbook;
}

function textOf(value: ExcelJS.CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value).trim();
  if ('richText' in value)
    return value.richText
      .map(({ text }) => text)
      .join('')
      .trim();
  if ('hyperlink' in value) return textOf(value.text as ExcelJS.CellValue);
  if ('error' in value) return value.error;
  return 'result' in value ? textOf(value.result as ExcelJS.CellValue) : '';
}
