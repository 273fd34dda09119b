import type { ClosedLoopCycle } from '@fabomatic/virtual-board';
import type { Sample, Target } from './measure';
import { median } from './statistics';

/** Medians over all rounds for one target, number of boards and cycle. */
export interface Row {
  readonly broker: string;
  readonly boards: number;
  readonly cycle: ClosedLoopCycle;
  readonly target: string;
  readonly pastUses: number | null;
  readonly messagesPerS: number;
  /** Median of the ratios to the echo within each round. */
  readonly ratioToEcho: number;
  /** The same to the echo that is linked into its broker; null on an external broker. */
  readonly ratioToLinkedEcho: number | null;
  /** The same to the product without past uses; null for everything else. */
  readonly ratioToNoPast: number | null;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly useP50Ms: number | null;
  readonly useP99Ms: number | null;
  readonly cpuUs: number | null;
  readonly timeouts: number;
  readonly refusals: number;
}

export function rowsOf(samples: readonly Sample[]): Row[] {
  const targets = [...new Set(samples.map(({ target }) => target))];
  const brokers = [...new Set(targets.map(({ broker }) => broker))];
  const boardCounts = [...new Set(samples.map(({ boards }) => boards))];
  const cycles = [...new Set(samples.map(({ cycle }) => cycle))];
  return brokers.flatMap((broker) =>
    boardCounts.flatMap((boards) =>
      cycles.flatMap((cycle) =>
        targets
          .filter((target) => target.broker === broker)
          .map((target) => rowOf(samples, target, boards, cycle)),
      ),
    ),
  );
}

function rowOf(
  samples: readonly Sample[],
  target: Target,
  boards: number,
  cycle: ClosedLoopCycle,
): Row {
  const comparable = samples.filter(
    (sample) =>
      sample.boards === boards && sample.cycle === cycle && sample.target.broker === target.broker,
  );
  const own = comparable.filter((sample) => sample.target === target);
  const ratioTo = (isReference: (other: Target) => boolean): number | null => {
    const ratios = own.flatMap(({ round, messagesPerS }) =>
      comparable
        .filter((sample) => sample.round === round && isReference(sample.target))
        .map((reference) => messagesPerS / reference.messagesPerS),
    );
    return ratios.length === 0 ? null : median(ratios);
  };
  const of = (value: (sample: Sample) => number | null): number | null => {
    const values = own.map(value).filter((known) => known !== null);
    return values.length === 0 ? null : median(values);
  };
  return {
    broker: target.broker,
    boards,
    cycle,
    target: target.name,
    pastUses: target.pastUses,
    messagesPerS: of((sample) => sample.messagesPerS) ?? 0,
    ratioToEcho: ratioTo((other) => other.name === 'echo') ?? 0,
    ratioToLinkedEcho: ratioTo((other) => other.name === 'linked echo'),
    ratioToNoPast:
      target.pastUses === null || target.pastUses === 0
        ? null
        : ratioTo((other) => other.pastUses === 0),
    p50Ms: of((sample) => sample.message.p50) ?? 0,
    p99Ms: of((sample) => sample.message.p99) ?? 0,
    useP50Ms: of((sample) => sample.use?.p50 ?? null),
    useP99Ms: of((sample) => sample.use?.p99 ?? null),
    cpuUs: of((sample) => sample.cpuUs),
    timeouts: own.reduce((sum, sample) => sum + sample.timeouts, 0),
    refusals: target.pastUses === null ? 0 : own.reduce((sum, { refusals }) => sum + refusals, 0),
  };
}

const HEADINGS = [
  ['broker', 10],
  ['boards', 7],
  ['cycle', 13],
  ['answered by', 20],
  ['msg/s', 8],
  ['/echo', 7],
  ['/linked', 8],
  ['/no past', 9],
  ['p50 ms', 8],
  ['p99 ms', 8],
  ['use p50', 8],
  ['use p99', 8],
  ['CPU µs', 7],
] as const;

export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map((row) =>
    line([
      row.broker,
      String(row.boards),
      row.cycle,
      row.pastUses ? `${row.target}, ${row.pastUses / 1000}k past` : row.target,
      row.messagesPerS.toFixed(0),
      row.ratioToEcho.toFixed(2),
      digits(row.ratioToLinkedEcho, 2),
      digits(row.ratioToNoPast, 2),
      row.p50Ms.toFixed(2),
      row.p99Ms.toFixed(2),
      digits(row.useP50Ms, 2),
      digits(row.useP99Ms, 2),
      digits(row.cpuUs, 0),
    ]),
  );
  const problems = rows
    .filter(({ timeouts, refusals }) => timeouts + refusals > 0)
    .map(
      ({ broker, boards, cycle, target, timeouts, refusals }) =>
        `! ${broker} ${boards} ${cycle} ${target}: ${timeouts} not answered, ${refusals} refused`,
    );
  return [line(HEADINGS.map(([name]) => name)), ...lines, ...problems].join('\n');
}

function digits(value: number | null, count: number): string {
  return value === null ? '-' : value.toFixed(count);
}

function line(cells: readonly string[]): string {
  return cells
    .map((cell, index) => {
      const width = HEADINGS[index]?.[1] ?? 0;
      return index < 4 && index !== 1 ? cell.padEnd(width) : cell.padStart(width);
    })
    .join(' ');
}
