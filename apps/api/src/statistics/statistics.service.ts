import {
  AppError,
  type Clock,
  LabZone,
  SECONDS_PER_DAY,
  SECONDS_PER_HOUR,
} from '@fabomatic/kernel';
import {
  dayOfIso,
  firstOfMonth,
  isoDay,
  MAX_STATISTICS_DAYS,
  mondayOf,
  type Share,
  type ShareView,
  type StatisticsQuery,
  type StatisticsView,
  UseTally,
  weekdayOf,
} from '@fabomatic/uses';
import { Inject, Injectable } from '@nestjs/common';
import { ReadDb } from '../database/db';
import { CLOCK, LabService } from '../lab/lab.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { memberNames, secondsOfUse, tallyUses } from './statistics.queries';

const MEMBERS_SHOWN = 100;

/** What the lab did, for people; boards never ask. Three queries, whatever the range. */
@Injectable()
export class StatisticsService {
  private readonly zone: LabZone;

  constructor(
    private readonly db: ReadDb,
    private readonly lab: LabService,
    @Inject(SETTINGS) settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.zone = new LabZone(settings.lab.timezone);
  }

  async statistics(query: StatisticsQuery): Promise<StatisticsView> {
    const { firstDay, lastDay } = this.daysOf(query);
    const dayCount = lastDay - firstDay + 1;
    const tally = new UseTally(this.zone, firstDay, dayCount);
    await tallyUses(this.db, query, tally);
    const before = new UseTally(this.zone, firstDay - dayCount, dayCount).range;
    const secondsBefore = await secondsOfUse(this.db, query, before);
    const byMember = largest(tally.members).slice(0, MEMBERS_SHOWN);
    const names = await memberNames(
      this.db,
      byMember.map(([id]) => id),
    );
    const week = tally.week();
    return {
      from: isoDay(firstDay),
      to: isoDay(lastDay),
      timezone: this.zone.timezone,
      seconds: tally.seconds,
      uses: tally.uses,
      medianS: tally.median(),
      secondsBefore,
      members: tally.members.size,
      days: tally.spans((day) => day),
      weeks: tally.spans(mondayOf),
      months: tally.spans(firstOfMonth),
      byMachine: largest(tally.machines).map(shareView((id) => this.lab.machine(id)?.name)),
      byMember: byMember.map(shareView((id) => names.get(id))),
      byWeekday: week.map(sum),
      byHour: Array.from({ length: 24 }, (_, hour) => sum(week.map((day) => day[hour] ?? 0))),
      busy: this.busy(week, firstDay, lastDay),
    };
  }

  private today(): number {
    return Math.floor(this.zone.wallS(this.clock.nowS()) / SECONDS_PER_DAY);
  }

  private daysOf({ from, to }: StatisticsQuery): { firstDay: number; lastDay: number } {
    const lastDay = to === undefined ? this.today() : dayOfIso(to);
    const firstDay = from === undefined ? yearBefore(lastDay) : dayOfIso(from);
    if (firstDay > lastDay) throw invalid('to', 'statistics.to_before_from');
    if (lastDay - firstDay >= MAX_STATISTICS_DAYS) throw invalid('from', 'statistics.too_long');
    return { firstDay, lastDay };
  }

  /** Seconds of use in an hour of the week, by the hours that there were until today. */
  private busy(week: readonly number[][], firstDay: number, lastDay: number): number[][] {
    const counts = new Array<number>(7).fill(0);
    for (let day = firstDay; day <= Math.min(lastDay, this.today()); day++) {
      const weekday = weekdayOf(day);
      counts[weekday] = (counts[weekday] ?? 0) + 1;
    }
    return week.map((hours, weekday) => {
      const hoursThere = Math.max(1, counts[weekday] ?? 0) * SECONDS_PER_HOUR;
      return hours.map((seconds) => seconds / hoursThere);
    });
  }
}

/** The day after the same day a year before: twelve months with this one in them. */
function yearBefore(day: number): number {
  const date = new Date(day * SECONDS_PER_DAY * 1000);
  const before = Date.UTC(date.getUTCFullYear() - 1, date.getUTCMonth(), date.getUTCDate() + 1);
  return before / 1000 / SECONDS_PER_DAY;
}

function largest(shares: ReadonlyMap<number, Share>): [number, Share][] {
  return [...shares].sort(([idA, a], [idB, b]) => b.seconds - a.seconds || idA - idB);
}

function shareView(nameOf: (id: number) => string | undefined) {
  return ([id, { seconds, uses }]: [number, Share]): ShareView => ({
    id,
    name: nameOf(id) ?? `#${id}`,
    seconds,
    uses,
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function invalid(field: string, code: string): AppError {
  return new AppError('request.invalid', {}, { [field]: code });
}
