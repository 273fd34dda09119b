import { setMaxListeners } from 'node:events';
import { createInterface } from 'node:readline';
import { assertNever } from '@fabomatic/kernel';
import { runConsoleLine } from './board-console';
import type { BoardEvent } from './board-events';
import { type CliOptions, HELP, readCliOptions, UsageError } from './cli-options';
import { describeEvent, Fleet } from './fleet';
import { misbehave } from './misbehaviour';
import { playPattern } from './patterns';
import { seededRandom } from './random';
import { SceneOver } from './scene';

const EXIT = { well: 0, failed: 1, usage: 2, notLetIn: 3 } as const;
const SUMMARY_EVERY_MS = 10_000;
const TAP_LIMIT_MS = 30_000;
/** Of a board's events those that say little to someone who watches people. */
const CHATTER: ReadonlySet<BoardEvent['kind']> = new Set(['published', 'read', 'answered']);

async function main(): Promise<number> {
  const options = readCliOptions(process.argv.slice(2));
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  switch (options.mode) {
    case 'help':
      console.log(HELP);
      return EXIT.well;
    case 'pattern':
      return runPattern(options, stop.signal);
    case 'misbehave':
      return runMisbehaviour(options, stop.signal);
    case 'interactive':
      return runInteractive(options, stop.signal);
    case 'tap':
      return runTap(options, stop.signal);
    default:
      return assertNever(options.mode);
  }
}

function makeFleet(options: CliOptions, isShown: (event: BoardEvent) => boolean): Fleet {
  const onEvent = (event: BoardEvent): void => {
    if (isShown(event)) console.log(describeEvent(event));
  };
  return new Fleet({ ...options, onEvent });
}

async function runPattern(options: CliOptions, signal: AbortSignal): Promise<number> {
  const fleet = makeFleet(options, () => options.isVerbose);
  const { clock, boards } = fleet;
  const seed = options.seed ?? Date.now();
  const end = new AbortController();
  setMaxListeners(0, end.signal); // one listener for each board
  console.log(`${boards.length} boards on ${options.broker.url}, ${options.pattern}, seed ${seed}`);
  fleet.boot();
  const scenes = boards.map((board) => {
    const random = seededRandom(seed + board.machineId);
    const { cards, speed } = options;
    return playPattern(options.pattern, { board, clock, cards, random, speed, signal: end.signal });
  });
  const summaries = setInterval(() => {
    console.log(fleet.summary());
    if (fleet.count('connected') === 0) warnOfNoConnection(fleet, options);
  }, SUMMARY_EVERY_MS);
  await untilOver(options.durationS * 1000, signal);
  clearInterval(summaries);
  end.abort();
  await Promise.all(scenes);
  console.log(fleet.summary());
  await fleet.powerCut();
  if (fleet.count('connected') > 0) return EXIT.well;
  warnOfNoConnection(fleet, options);
  return EXIT.failed;
}

async function runMisbehaviour(options: CliOptions, signal: AbortSignal): Promise<number> {
  const { misbehaviour, broker, topicPrefix, machineIds, cards, durationS } = options;
  if (misbehaviour === null) throw new UsageError('--misbehave needs a kind');
  const waitMs = Number.isFinite(durationS) ? { waitMs: durationS * 1000 } : {};
  const [uid] = cards;
  for (const machineId of machineIds) {
    if (signal.aborted) break;
    const report = await misbehave(misbehaviour, {
      ...{ broker, topicPrefix, machineId, ...waitMs },
      ...(uid === undefined ? {} : { uid }),
    });
    console.log(
      `machine ${machineId}: ${misbehaviour}, ${report.published} published, ` +
        `${report.received.length} received, ${report.isConnected ? 'still connected' : 'thrown out'}`,
    );
    if (options.isVerbose) {
      for (const { topic, payload } of report.received) console.log(`  ${topic} ${payload}`);
    }
  }
  return EXIT.well;
}

async function runInteractive(options: CliOptions, signal: AbortSignal): Promise<number> {
  const fleet = makeFleet(options, ({ kind }) => options.isVerbose || !CHATTER.has(kind));
  const [board] = fleet.boards;
  if (!board) throw new UsageError('--machines: one machine is needed');
  const lines = createInterface({ input: process.stdin });
  const close = () => lines.close();
  signal.addEventListener('abort', close);
  const timer = Number.isFinite(options.durationS)
    ? setTimeout(close, options.durationS * 1000)
    : undefined;
  fleet.boot();
  for await (const line of lines) {
    const reply = await runConsoleLine(board, line);
    if (reply === null) break;
    if (reply !== '') console.log(reply);
  }
  clearTimeout(timer);
  await fleet.powerCut();
  return EXIT.well;
}

/** Boots a board, shows it a card until it is seen, and tells by the exit code what came of it. */
async function runTap(options: CliOptions, signal: AbortSignal): Promise<number> {
  const fleet = makeFleet(options, ({ kind }) => options.isVerbose || !CHATTER.has(kind));
  const [board] = fleet.boards;
  const [uid] = options.cards;
  if (!board || uid === undefined) throw new UsageError('tap takes one machine and one card');
  const outcome = new AbortController();
  let isLetIn = false;
  board.on(({ kind }) => {
    if (kind === 'card') board.tap(uid, 0);
    isLetIn ||= kind === 'started';
    const isSettled = kind === 'started' || kind === 'refused' || kind === 'blocked';
    if (isSettled || kind === 'maintenance' || kind === 'connection-failed') outcome.abort();
  });
  fleet.boot();
  board.tap(uid, TAP_LIMIT_MS);
  await untilOver(TAP_LIMIT_MS, AbortSignal.any([signal, outcome.signal]));
  await fleet.powerCut();
  if (isLetIn) return EXIT.well;
  if (fleet.count('connected') > 0) return EXIT.notLetIn;
  warnOfNoConnection(fleet, options);
  return EXIT.failed;
}

function warnOfNoConnection(fleet: Fleet, { broker }: CliOptions): void {
  const reason = fleet.lastError?.message || 'no answer';
  console.error(`no connection to ${broker.url} so far: ${reason}`);
}

function untilOver(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // A timer also without a limit: it keeps the process alive when all boards are off.
    const limitMs = Math.min(durationMs, 2 ** 31 - 1);
    const timer = setTimeout(resolve, limitMs);
    const over = () => {
      clearTimeout(timer);
      resolve();
    };
    if (signal.aborted) over();
    else signal.addEventListener('abort', over);
  });
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (error instanceof UsageError) {
      console.error(`${error.message}\nvirtual-board --help tells more.`);
      process.exit(EXIT.usage);
    }
    const isExpected = error instanceof Error && !(error instanceof SceneOver);
    console.error(isExpected ? error.message || String(error) : error);
    process.exit(EXIT.failed);
  },
);
