import { Injectable, Logger } from '@nestjs/common';

/** Work that concerns one machine; it settles when all that it does is done. */
type Job = () => Promise<void> | void;

interface Queue {
  jobs: Job[];
  isBusy: boolean;
}

/**
 * One queue for each machine: what concerns a machine happens in the order of arrival and one at a
 * time, and no machine waits for another. Boards' messages, time-outs and what an admin does to a
 * use all pass here, so that none of them sees another's half-done work.
 */
@Injectable()
export class MachineQueues {
  /** Key: machine id. */
  private readonly queues = new Map<number, Queue>();
  private readonly log = new Logger('Boards');
  private busy = 0;
  private pausedBy = 0;
  private readonly waitingForQuiet: (() => void)[] = [];

  /** Puts a job behind the others of its machine; starts it at once when there are none. */
  add(machineId: number, job: Job): void {
    const queue = this.queueOf(machineId);
    queue.jobs.push(job);
    if (!queue.isBusy && this.pausedBy === 0) void this.work(queue);
  }

  /** How many jobs of a machine have not begun. */
  waiting(machineId: number): number {
    return this.queues.get(machineId)?.jobs.length ?? 0;
  }

  /** Like {@link add}, and gives the job's result. */
  run<T>(machineId: number, job: () => Promise<T> | T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.add(machineId, async () => {
        try {
          resolve(await job());
        } catch (error) {
          // Whatever the job throws belongs to the one who asked for it.
          reject(error);
        }
      });
    });
  }

  /** Runs `job` while no machine's job runs: for what changes many machines at once. */
  async alone<T>(job: () => Promise<T>): Promise<T> {
    this.pausedBy++;
    try {
      if (this.busy > 0) await new Promise<void>((resolve) => this.waitingForQuiet.push(resolve));
      return await job();
    } finally {
      this.pausedBy--;
      if (this.pausedBy === 0) this.resume();
    }
  }

  /** Resolves when nothing is waiting or running. */
  async settled(): Promise<void> {
    await this.alone(async () => undefined);
    if ([...this.queues.values()].some((queue) => queue.isBusy || queue.jobs.length > 0)) {
      await this.settled();
    }
  }

  private resume(): void {
    for (const queue of this.queues.values()) {
      if (!queue.isBusy && queue.jobs.length > 0) void this.work(queue);
    }
  }

  private async work(queue: Queue): Promise<void> {
    queue.isBusy = true;
    this.busy++;
    while (queue.jobs.length > 0 && this.pausedBy === 0) {
      const job = queue.jobs.shift();
      try {
        const done = job?.();
        if (done) await done;
      } catch (error) {
        // A defect in a job of `add`: without this its machine would never be answered again.
        this.log.error(`A message of a machine was not handled: ${String(error)}`);
      }
    }
    queue.isBusy = false;
    this.busy--;
    if (this.busy === 0) for (const resolve of this.waitingForQuiet.splice(0)) resolve();
  }

  private queueOf(machineId: number): Queue {
    const known = this.queues.get(machineId);
    if (known) return known;
    const queue: Queue = { jobs: [], isBusy: false };
    this.queues.set(machineId, queue);
    return queue;
  }
}
