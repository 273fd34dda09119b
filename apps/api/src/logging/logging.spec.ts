import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { AppLogger, type LogLevel } from './app-logger';
import { openLogFiles } from './log-files';
import { loadSettings } from '../settings/load-settings';
import { printable } from './printable';
import { RateLimitedLog } from './rate-limited-log.service';
import { secretsOf, withoutSecrets } from './without-secrets';

function loggerInto(lines: string[], json: string[], level: LogLevel = 'info'): AppLogger {
  const sink = { write: (line: string) => lines.push(line) };
  const files = { write: (line: string) => void json.push(line), flush: () => undefined };
  return new AppLogger(files, level, { out: sink, err: sink }, { nowS: () => 0 });
}

describe('AppLogger', () => {
  it('writes a short line for people and a JSON line for the file', () => {
    const lines: string[] = [];
    const json: string[] = [];
    loggerInto(lines, json).warn({ msg: 'bad message', bytes: 12 }, 'Boards');
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d WARN {2}\[Boards\] bad message bytes=12\n$/);
    expect(JSON.parse(json[0] ?? '')).toMatchObject({
      msg: 'bad message bytes=12',
      bytes: 12,
      context: 'Boards',
    });
  });

  it('keeps stacks for the file', () => {
    const lines: string[] = [];
    const json: string[] = [];
    loggerInto(lines, json).error(new Error('broken', { cause: new Error('disk') }));
    expect(lines.join('').split('\n')).toHaveLength(2);
    expect(JSON.parse(json[0] ?? '').stack).toMatch(/broken[\s\S]* at [\s\S]*caused by.*disk/);
  });

  it("takes Nest's (message, stack, context)", () => {
    const lines: string[] = [];
    const json: string[] = [];
    loggerInto(lines, json).error('broken', 'Error: broken\n    at x', 'Uses');
    expect(lines[0]).toContain('ERROR [Uses] broken\n');
    expect(JSON.parse(json[0] ?? '').stack).toContain('at x');
  });

  it('says nothing below its level, nor what the framework is proud of', () => {
    const lines: string[] = [];
    const logger = loggerInto(lines, []);
    logger.debug('detail');
    logger.log('Mapped {/x, GET} route', 'RouterExplorer');
    expect(lines).toEqual([]);
  });

  it('a text of strangers cannot begin a line', () => {
    const lines: string[] = [];
    loggerInto(lines, []).warn('card 1\n00:00:00 INFO  all is well\u001b[2J\u2028\u202e');
    expect(lines[0]).toContain('card 1\\n00:00:00 INFO  all is well\\u001b[2J\\u2028\\u202e\n');
  });
});

it('printable shortens', () => {
  expect(printable('x'.repeat(5000))).toHaveLength(2003);
});

it('openLogFiles writes private files into the folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fabomatic-logs-'));
  const files = await openLogFiles(folder, () => undefined);
  const logger = new AppLogger(files, 'info', { out: { write: () => 0 }, err: { write: () => 0 } });
  logger.log('hello');
  logger.flush();
  expect(readdirSync(folder)).toEqual(['fabomatic.1.log']);
  const written = () => readFileSync(join(folder, 'fabomatic.1.log'), 'utf8');
  // The disk takes it when it can: a flush asks for it and does not wait.
  for (let waitedMs = 0; written() === '' && waitedMs < 5000; waitedMs += 20) await sleep(20);
  expect(written()).toContain('"msg":"hello"');
  rmSync(folder, { recursive: true });
});

it('openLogFiles begins a new file after five megabytes, and eleven stay at most', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fabomatic-logs-'));
  for (let number = 1; number <= 14; number++) {
    writeFileSync(join(folder, `fabomatic.${number}.log`), 'old\n');
  }
  const files = await openLogFiles(folder, () => undefined);
  const line = `${'x'.repeat(1023)}\n`;
  for (let part = 0; part < 12; part++) {
    for (let kilobyte = 0; kilobyte < 512; kilobyte++) files.write(line);
    await sleep(50);
  }
  const sizes = () => readdirSync(folder).map((name) => statSync(join(folder, name)).size);
  const large = () => sizes().filter((size) => size > 100_000);
  const isDone = () => large().length === 2 && sizes().length <= 11;
  for (let waitedMs = 0; !isDone() && waitedMs < 10_000; waitedMs += 20) await sleep(20);
  expect(sizes().length).toBeLessThanOrEqual(11);
  expect(large()).toHaveLength(2);
  // What was under way when the file was full goes into it as well.
  expect(Math.max(...sizes())).toBeLessThan(6 * 1024 * 1024);
  rmSync(folder, { recursive: true });
}, 20_000);

it('[58] what the settings keep secret does not reach the log, whoever writes it', () => {
  const settings = loadSettings(
    {
      FABOMATIC_DATABASE_URL: 'postgresql://fab:p%40ss-of-db@localhost/lab',
      FABOMATIC_EMAIL_PASSWORD: 'say "friend"',
      FABOMATIC_SYSTEM_METRICS_TOKEN: 'let me see the numbers',
    },
    '/nonexistent',
  );
  const lines: string[] = [];
  const files = { write: (line: string) => void lines.push(line), flush: () => undefined };
  const nowhere = { write: () => true };
  const logger = new AppLogger(withoutSecrets(files, secretsOf(settings)), 'info', {
    out: nowhere,
    err: nowhere,
  });
  logger.error('no route to postgresql://fab:p%40ss-of-db@localhost/lab', 'Database');
  logger.log('p@ss-of-db and say "friend"', new Error('let me see the numbers'), 'Mail');
  expect(lines).toHaveLength(2);
  const log = lines.join('');
  expect(log).not.toMatch(/ss-of-db|friend|see the numbers/);
  expect(log).toContain('no route to postgresql://fab:(hidden)@localhost/lab');
  for (const line of lines) JSON.parse(line);
});

describe('RateLimitedLog', () => {
  const said: string[] = [];
  let nowS = 0;

  function create(): RateLimitedLog {
    const log = new RateLimitedLog();
    Object.assign(log, { clock: { nowS: () => nowS } });
    return log;
  }

  beforeEach(() => {
    said.length = 0;
    nowS = 0;
    jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: string) => said.push(line));
  });
  afterEach(() => jest.restoreAllMocks());

  it('says a thing once a minute, and how often it was held back', () => {
    const log = create();
    for (nowS = 0; nowS < 10; nowS++) log.warn('board 7', `bad message ${nowS}`, 'Boards');
    nowS = 70;
    log.warn('board 7', 'bad message 70', 'Boards');
    expect(said).toEqual(['bad message 0', '(9 more like this) bad message 0', 'bad message 70']);
    log.onApplicationShutdown();
  });

  it('says what was held back when nothing follows', () => {
    const log = create();
    log.warn('a', 'x', 'Boards');
    log.warn('a', 'x', 'Boards');
    nowS = 61;
    log.sweep();
    expect(said).toEqual(['x', '(1 more like this) x']);
    log.onApplicationShutdown();
  });

  it('remembers no more than 500 keys', () => {
    const log = create();
    for (let i = 0; i < 2000; i++) log.warn(`key ${i}`, 'x', 'Boards');
    expect(Reflect.get(log, 'said').size).toBe(500);
    log.onApplicationShutdown();
  });
});
