import type { ClosedLoopCycle } from '@fabomatic/virtual-board';
import type { ChildProcess } from 'node:child_process';
import { cpuMsOf } from './cpu-time';
import type { LoadJob, LoadResult } from './load';
import type { BrokerKind } from './options';

/** What the load generator speaks to: the product, or an echo. */
export interface Target {
  readonly name: string;
  readonly broker: BrokerKind;
  /** Past uses in the product's database; null: an echo, which has none. */
  readonly pastUses: number | null;
  readonly port: number;
  readonly topic: string;
  /** The process whose CPU time is counted. */
  readonly pid: number;
}

/** One measurement. */
export interface Sample extends LoadResult {
  readonly target: Target;
  readonly boards: number;
  readonly cycle: ClosedLoopCycle;
  readonly round: number;
  readonly messagesPerS: number;
  /** CPU µs of the target's process per message; null where it cannot be known. */
  readonly cpuUs: number | null;
}

/** Runs the load generator for one target, and reads what it cost the target. */
export async function measure(
  load: ChildProcess,
  target: Target,
  job: Pick<LoadJob, 'boards' | 'cycle' | 'durationMs'>,
  round: number,
): Promise<Sample> {
  const cpuBefore = cpuMsOf(target.pid);
  const result = await ask(load, { ...job, port: target.port, topicPrefix: target.topic });
  const cpuAfter = cpuMsOf(target.pid);
  const cpuMs = cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore;
  return {
    ...result,
    target,
    boards: job.boards,
    cycle: job.cycle,
    round,
    messagesPerS: (result.answers * 1000) / result.elapsedMs,
    cpuUs: cpuMs === null ? null : (cpuMs * 1000) / result.answers,
  };
}

function ask(load: ChildProcess, job: LoadJob): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('the load generator ended'));
    load.once('exit', ended);
    load.once('message', (result) => {
      load.off('exit', ended);
      // Our own code, in the other process.
      resolve(result as LoadResult);
    });
    load.send(job);
  });
}
