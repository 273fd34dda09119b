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

/** What came and failed in one minute. */
export interface MinuteOfMessages {
  readonly received: number;
  readonly failed: number;
}

/** How many messages came in the last minute, failed in the last hour, and each minute's share. */
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

  /** Each minute of the last hour, the oldest first; nothing before the start of the program. */
  get minutes(): MinuteOfMessages[] {
    const count = SECONDS_PER_HOUR / SECONDS_PER_MINUTE;
    const { received, failed } = this.counters;
    const marks = Array.from({ length: count }, (_, at) =>
      this.before((count - at) * SECONDS_PER_MINUTE),
    );
    return marks.map((start, at) => {
      const end = marks[at + 1] ?? { received, failed };
      return { received: end.received - start.received, failed: end.failed - start.failed };
    });
  }

  /** The counters as they stood so many seconds ago, or at the start. */
  private before(seconds: number): Sample {
    const sinceS = this.clock.nowS() - seconds;
    return this.samples.find(({ atS }) => atS >= sinceS) ?? { atS: 0, ...this.counters };
  }
}
