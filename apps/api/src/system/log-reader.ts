import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  LOG_LEVELS,
  type LogLevel,
  type LogLineView,
  type LogQuery,
  type LogView,
} from '@fabomatic/system';
import * as z from 'zod';

const FILE = /^fabomatic\.(\d+)\.log$/;
/** Files that are looked into for one question: 15 MB. */
const MAX_FILES = 3;
/** pino's numbers. */
const LEVEL_OF_NUMBER = new Map<number, LogLevel>([
  [50, 'error'],
  [40, 'warn'],
  [30, 'info'],
  [20, 'debug'],
  [10, 'trace'],
]);

const Line = z.object({
  level: z.number(),
  time: z.string(),
  msg: z.string().default(''),
  context: z.string().optional(),
  correlationId: z.string().optional(),
  stack: z.string().optional(),
});

/** The newest lines of the log that match. */
export async function readLog(folder: string, query: LogQuery): Promise<LogView> {
  const files = await logFiles(folder);
  const items: LogLineView[] = [];
  const wanted = query.q?.toLowerCase();
  for (const file of files.slice(0, MAX_FILES)) {
    const lines = (await readFile(join(folder, file), 'utf8')).split('\n').reverse();
    for (const line of lines) {
      if (line === '' || (wanted !== undefined && !line.toLowerCase().includes(wanted))) continue;
      const view = lineView(line);
      if (view === null || !isShown(view, query.level)) continue;
      items.push(view);
      if (items.length >= query.limit) return { items, isCut: true };
    }
  }
  return { items, isCut: files.length > MAX_FILES };
}

/** All of the log, the oldest first. */
export async function wholeLog(folder: string): Promise<Readable> {
  const files = (await logFiles(folder)).reverse();
  return Readable.from(contents(files.map((file) => join(folder, file))));
}

async function* contents(paths: readonly string[]): AsyncGenerator<Buffer> {
  for (const path of paths) {
    for await (const part of createReadStream(path)) yield part as Buffer;
  }
}

/** The newest first. */
async function logFiles(folder: string): Promise<string[]> {
  const number = (name: string) => Number(FILE.exec(name)?.[1] ?? 0);
  const names = (await readdir(folder)).filter((name) => FILE.test(name));
  return names.sort((a, b) => number(b) - number(a));
}

function isShown({ level }: LogLineView, least: LogLevel): boolean {
  return LOG_LEVELS.indexOf(level) <= LOG_LEVELS.indexOf(least);
}

/** null for a line that a power cut has left half written. */
function lineView(line: string): LogLineView | null {
  const parsed = Line.safeParse(jsonOf(line));
  if (!parsed.success) return null;
  const { level, time, msg, context, correlationId, stack } = parsed.data;
  return {
    at: time,
    level: LEVEL_OF_NUMBER.get(level) ?? 'info',
    context: context ?? null,
    message: msg,
    correlationId: correlationId ?? null,
    stack: stack ?? null,
  };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    // SyntaxError: half a line.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
