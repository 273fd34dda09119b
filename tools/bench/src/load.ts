import {
  ClosedLoop,
  type ClosedLoopCycle,
  type ClosedLoopResult,
  connectAsBoard,
  untilConnected,
} from '@fabomatic/virtual-board';
import { type Percentiles, percentiles } from './statistics';

/** What the load generator is asked for. */
export interface LoadJob {
  readonly port: number;
  readonly topicPrefix: string;
  readonly boards: number;
  readonly cycle: ClosedLoopCycle;
  readonly durationMs: number;
}

export interface LoadResult {
  readonly answers: number;
  readonly elapsedMs: number;
  readonly timeouts: number;
  /** Answers that were not `request_ok:true`; the echo gives nothing else. */
  readonly refusals: number;
  /** Of one message. */
  readonly message: Percentiles;
  /** Of a whole use; null for the other cycles. */
  readonly use: Percentiles | null;
}

type Client = ReturnType<typeof connectAsBoard>;

/** The card of a machine's only user in the lab of the bench: 'be000001' for machine 1. */
export function cardOf(machineId: number): string {
  return `be${machineId.toString(16).padStart(6, '0')}`;
}

/** The load generator: a process of its own that runs one job after the other. */
export function runLoad(): void {
  /** Broker's port -> its connected boards; kept, so that no job pays for connections. */
  const clients = new Map<number, Client[]>();
  process.on('message', (job: LoadJob) => {
    let known = clients.get(job.port);
    if (!known) clients.set(job.port, (known = []));
    runJob(job, known).then(
      (result) => process.send?.(result),
      (error: unknown) => {
        // A broker that does not answer: the run is of no use.
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  });
  process.on('disconnect', () => process.exit(0));
}

async function runJob(job: LoadJob, clients: Client[]): Promise<LoadResult> {
  while (clients.length < job.boards) {
    const client = connectAsBoard({ url: `mqtt://127.0.0.1:${job.port}` }, `B${clients.length}`);
    await untilConnected(client);
    clients.push(client);
  }
  const loops = clients.slice(0, job.boards).map(
    (client, index) =>
      new ClosedLoop({
        client,
        machineId: index + 1,
        cycle: job.cycle,
        uid: cardOf(index + 1),
        topicPrefix: job.topicPrefix,
      }),
  );
  await Promise.all(loops.map((loop) => loop.start()));
  await new Promise((resolve) => setTimeout(resolve, job.durationMs));
  return summary(await Promise.all(loops.map((loop) => loop.stop())), job.cycle);
}

function summary(results: readonly ClosedLoopResult[], cycle: ClosedLoopCycle): LoadResult {
  const total = (key: 'answers' | 'timeouts' | 'refusals') =>
    results.reduce((sum, result) => sum + result[key], 0);
  const times = results.map(({ answerMs }) => Object.values(answerMs));
  return {
    answers: total('answers'),
    elapsedMs: Math.max(...results.map(({ elapsedMs }) => elapsedMs)),
    timeouts: total('timeouts'),
    refusals: total('refusals'),
    message: percentiles(times.flat(2)),
    use: cycle === 'use' ? percentiles(times.flatMap(wholeUses)) : null,
  };
}

/** The times of the five messages of each use, added up; the last one may be incomplete. */
function wholeUses(steps: readonly (readonly number[])[]): number[] {
  const last = steps.at(-1) ?? [];
  return last.map((_ms, index) => steps.reduce((sum, step) => sum + (step[index] ?? 0), 0));
}
