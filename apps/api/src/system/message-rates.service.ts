import { SECONDS_PER_HOUR, SECONDS_PER_MINUTE, type Clock } from '@fabomatic/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { BoardCounters } from '../boards/board-counters.service';
import { CLOCK } from '../lab/lab.service';

const SAMPLE_EVERY_MS = 10_000;

interface Sample {
  readonly atS: number;
  readonly received: number;
  readonly failed: number;
}

/** How many messages came in the last minute and failed in the last hour. */
@Injectable()
export class MessageRates {
  /** Of the last hour, the oldest first. */
  private samples: Sample[] = [];

  constructor(
    private readonly counters: BoardCounters,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.sample();
  }

  @Interval(SAMPLE_EVERY_MS)
  sample(): void {
    const { received, failed } = this.counters;
    const atS = this.clock.nowS();
    this.samples = this.samples.filter((sample) => atS - sample.atS <= SECONDS_PER_HOUR);
    this.samples.push({ atS, received, failed });
  }

  get perMinute(): number {
    return this.counters.received - this.before(SECONDS_PER_MINUTE).received;
  }

  get failedInAnHour(): number {
    return this.counters.failed - this.before(SECONDS_PER_HOUR).failed;
  }

  /** The counters as they stood so many seconds ago, or at the start. */
  private before(seconds: number): Sample {
    const sinceS = this.clock.nowS() - seconds;
    return this.samples.find(({ atS }) => atS >= sinceS) ?? { atS: 0, ...this.counters };
  }
}
