import { AppError } from '@fabomatic/kernel';
import { readSheet } from './sheet-worker';
import { type Table, tableOf } from './table';
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
  return tableOf(await readSheet(content));
}
