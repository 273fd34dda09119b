import { addDays, type Clock, LabZone } from '@fabomatic/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK } from '../lab/lab.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import type { MemberTime } from './members.queries';

/** What the time of day means for memberships: they begin and end by the lab's calendar. */
@Injectable()
export class MembershipCalendar {
  private readonly zone: LabZone;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    this.zone = new LabZone(settings.lab.timezone);
  }

  now(): MemberTime {
    const nowS = this.clock.nowS();
    const today = this.zone.day(nowS);
    const days = this.settings.retention.membersDays;
    const erasableBefore = days === null ? null : addDays(today, -days);
    return { nowS, today, erasableBefore, zone: this.zone };
  }
}
