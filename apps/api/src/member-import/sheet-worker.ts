import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { AppError } from '@fabomatic/kernel';
import { MAX_MEMBER_IMPORT_COLUMNS, MAX_MEMBER_IMPORT_ROWS } from '@fabomatic/members';
import * as z from 'zod';
import { systemErrorCode } from '../start-error';

/** 10 000 rows take 2 s on a small computer. */
const PATIENCE_MS = 20_000;
const MAX_HEAP_MB = 400;
/** A sheet of Excel ends here. */
const LAST_ROW = 1_048_576;

const Problem = z.enum(['not_a_table', 'too_large', 'too_many_rows']);
type Problem = z.infer<typeof Problem>;

const Line = z.object({ line: z.number(), cells: z.array(z.string()) });
const Answer = z.union([z.object({ lines: z.array(Line) }), z.object({ problem: Problem })]);
type Lines = z.infer<typeof Line>[];

/**
 * Runs beside the event loop, with an end: a workbook of 6 kB can name two thousand million columns,
 * or merge all cells that there are, and ExcelJS makes each of them. What is not read (merged cells,
 * validations, columns' widths) is left out from the start. As a text, because a bundle has no second
 * file that a thread could start from.
 */
const PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads');
  const ExcelJS = require(workerData.exceljs);
  const { content, lastRow, maxRows, maxColumns } = workerData;
  const ignoreNodes = ['cols', 'autoFilter', 'mergeCells', 'rowBreaks', 'hyperlinks', 'dataValidations',
    'pageSetup', 'headerFooter', 'picture', 'drawing', 'tableParts', 'conditionalFormatting', 'extLst'];

  function textOf(value) {
    if (value === null || value === undefined) return '';
    if (value instanceof Date) return value.toISOString().slice(0, 10);
    if (typeof value !== 'object') return String(value).trim();
    if ('richText' in value) return value.richText.map(({ text }) => text).join('').trim();
    if ('hyperlink' in value) return textOf(value.text);
    if ('error' in value) return value.error;
    return 'result' in value ? textOf(value.result) : '';
  }

  async function read() {
    const workbook = new ExcelJS.Workbook();
    try {
      await workbook.xlsx.load(content, { ignoreNodes });
    } catch {
      // A sound archive that is no workbook: a document, an app, torn XML. ExcelJS has no kinds of errors.
      return { problem: 'not_a_table' };
    }
    const sheet = workbook.worksheets[0];
    if (sheet === undefined) return { problem: 'not_a_table' };
    // Each row up to the last one would be visited, also those that nobody has written.
    if (sheet.rowCount > lastRow) return { problem: 'too_large' };
    if (sheet.actualRowCount > maxRows + 1) return { problem: 'too_many_rows' };
    const lines = [];
    sheet.eachRow((row, line) => {
      // One more than is allowed, which is refused afterwards.
      const width = Math.min(row.cellCount, maxColumns + 1);
      const cells = Array.from({ length: width }, (_, index) => textOf(row.getCell(index + 1).value));
      lines.push({ line, cells });
    });
    return { lines };
  }

  void read().then((answer) => parentPort.postMessage(answer));
`;

let last: Promise<unknown> = Promise.resolve();

/**
 * The cells of the first sheet; one workbook after the other, however many come at once. Fails with
 * `member_import.too_large` when that takes more than `patienceMs` milliseconds or 400 MB.
 */
export function readSheet(content: Buffer, patienceMs = PATIENCE_MS): Promise<Lines> {
  const reading = last.then(() => readInThread(content, patienceMs));
  // Whoever waits does not mind how it went for the one before.
  last = reading.catch(() => undefined);
  return reading;
}

function readInThread(content: Buffer, patienceMs: number): Promise<Lines> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(PROGRAM, {
      eval: true,
      workerData: {
        content,
        exceljs: createRequire(import.meta.url).resolve('exceljs'),
        lastRow: LAST_ROW,
        maxRows: MAX_MEMBER_IMPORT_ROWS,
        maxColumns: MAX_MEMBER_IMPORT_COLUMNS,
      },
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    const giveUp = (reason: unknown) => {
      clearTimeout(timer);
      reject(reason as Error);
      void worker.terminate();
    };
    const timer = setTimeout(() => giveUp(new AppError('member_import.too_large')), patienceMs);
    worker.once('message', (message: unknown) => {
      clearTimeout(timer);
      const answer = Answer.parse(message);
      if ('lines' in answer) resolve(answer.lines);
      else reject(problemError(answer.problem));
      void worker.terminate();
    });
    worker.once('error', (error) => {
      const isFull = systemErrorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY';
      giveUp(isFull ? new AppError('member_import.too_large') : error);
    });
    worker.once('exit', () => giveUp(new Error('the reading of a workbook was cut short')));
  });
}

function problemError(problem: Problem): AppError {
  return problem === 'too_many_rows'
    ? new AppError('member_import.too_many_rows', { max: MAX_MEMBER_IMPORT_ROWS })
    : new AppError(`member_import.${problem}`);
}
