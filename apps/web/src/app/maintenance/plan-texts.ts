import { inject, Injectable } from '@angular/core';
import type { MaintenancePlanView } from '@fabomatic/maintenance';
import { Formats } from '../language/formats';
import { Words } from '../language/words';
import { LabClock } from '../live/lab-clock';

/** What is said about a plan, wherever it stands. */
@Injectable({ providedIn: 'root' })
export class PlanTexts {
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);
  private readonly clock = inject(LabClock);

  /** '36.2 of 40 h' */
  worn({ elapsedS, intervalS }: MaintenancePlanView): string {
    return this.words.say('machine.worn', {
      elapsed: this.formats.planHours(elapsedS),
      interval: this.formats.planHours(intervalS),
    });
  }

  /** '2.4 h over', 'due in 5 days', or the hours that are left where nothing can be foretold. */
  due({ elapsedS, intervalS, isDue, forecastAt }: MaintenancePlanView): string {
    const hours = this.formats.planHours(Math.abs(intervalS - elapsedS));
    if (isDue) return this.words.say('machine.only_over', { hours });
    if (forecastAt === null) return this.words.say('machine.only_left', { hours });
    return this.words.say('plans.due_when', {
      when: this.formats.until(forecastAt, this.clock.nowS()),
    });
  }

  /** 'Last by Paolo Rinaldi, 9 Nov' */
  last({ lastDoneAt, lastDoneByName }: MaintenancePlanView): string {
    if (lastDoneAt === null) return this.words.say('plans.never_done');
    const when = this.formats.when(lastDoneAt, this.clock.nowS());
    return lastDoneByName === null
      ? this.words.say('plans.last', { when })
      : this.words.say('plans.last_by', { who: lastDoneByName, when });
  }
}
