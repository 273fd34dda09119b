import type { LoggerService } from '@nestjs/common';
import { type Clock, systemClock } from '@fabomatic/kernel';
import { type LogEntry, toLogEntry } from './log-entry';
import { jsonLines, type LogFiles } from './log-files';

/** Names of `log.level`, the most important first. */
const LEVELS = ['error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LEVELS)[number];

/**
 * Parts of the framework that tell of every route and module at the level of real news, and that
 * log an error which they throw as well.
 */
const TALKATIVE = new Set([
  'ExceptionHandler',
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'NestMicroservice',
  'RouterExplorer',
  'RoutesResolver',
]);

/** Where the short lines for people go: `process.stdout` and `process.stderr`. */
export interface Console {
  readonly out: { write(line: string): unknown };
  readonly err: { write(line: string): unknown };
}

/**
 * Nest's logger: each entry goes as a JSON line into the data folder and as a short line, without
 * stack, to the console. Texts of strangers cannot begin a line of their own in either.
 */
export class AppLogger implements LoggerService {
  private readonly file: ReturnType<typeof jsonLines>;

  constructor(
    private readonly files: LogFiles,
    private readonly level: LogLevel,
    private readonly console: Console = { out: process.stdout, err: process.stderr },
    private readonly clock: Clock = systemClock,
  ) {
    this.file = jsonLines(files, level);
  }

  log(message: unknown, ...details: unknown[]): void {
    this.write(isTalkative(details) ? 'debug' : 'info', message, details);
  }

  error(message: unknown, ...details: unknown[]): void {
    if (isTalkative(details)) this.record('error', message, ...details);
    else this.write('error', message, details);
  }

  fatal(message: unknown, ...details: unknown[]): void {
    this.write('error', message, details);
  }

  warn(message: unknown, ...details: unknown[]): void {
    this.write('warn', message, details);
  }

  debug(message: unknown, ...details: unknown[]): void {
    this.write('debug', message, details);
  }

  verbose(message: unknown, ...details: unknown[]): void {
    this.write('trace', message, details);
  }

  /** Into the file only: what explains to a developer what the console says in plain words. */
  record(level: LogLevel, message: unknown, ...details: unknown[]): void {
    this.append(level, toLogEntry(message, details));
  }

  /** Puts everything on disk: before the process ends. */
  flush(): void {
    this.files.flush();
  }

  private write(level: LogLevel, message: unknown, details: readonly unknown[]): void {
    if (LEVELS.indexOf(level) > LEVELS.indexOf(this.level)) return;
    const entry = toLogEntry(message, details);
    this.append(level, entry);
    const { message: text, context, stack } = entry;
    const time = new Date(this.clock.nowS() * 1000).toTimeString().slice(0, 8);
    const source = context === undefined ? '' : `[${context}] `;
    const isDetailed = stack !== undefined && (this.level === 'debug' || this.level === 'trace');
    const target = level === 'error' || level === 'warn' ? this.console.err : this.console.out;
    target.write(
      `${time} ${level.toUpperCase().padEnd(5)} ${source}${text}\n${isDetailed ? `${stack}\n` : ''}`,
    );
  }

  private append(level: LogLevel, { message, context, stack, fields }: LogEntry): void {
    this.file[level]({ ...fields, context, stack }, message);
  }
}

function isTalkative(details: readonly unknown[]): boolean {
  return TALKATIVE.has(String(details.at(-1)));
}
