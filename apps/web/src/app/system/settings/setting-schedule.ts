import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { Field, noteId } from '../../frame/fields/field';
import type { FormField } from '../../frame/form/form-field';
import { LanguageChoice } from '../../language/language-choice';
import { Words } from '../../language/words';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const DAILY = 'daily';
/** 1 January 2024 was a Monday. */
const A_MONDAY_MS = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 86_400_000;
const DEFAULT_TIME = '03:00';

/** A day and a time on the lab's clock: 'daily 03:30', 'monday 07:00', '' for never. */
@Component({
  selector: 'fab-setting-schedule',
  imports: [Field, TranslatePipe],
  template: `
    <fab-field [field]="field()" [help]="help()">
      <span class="line">
        <select
          #day
          class="field-box"
          [id]="field().id"
          [attr.aria-invalid]="field().error() ? true : null"
          [attr.aria-describedby]="note()"
          (change)="take(day.value, parts().time)"
          (blur)="field().leave()"
        >
          @for (choice of days(); track choice.value) {
            <option [value]="choice.value" [selected]="choice.value === parts().day">
              {{ choice.label }}
            </option>
          }
        </select>
        @if (parts().day !== '') {
          <span class="ink-2">{{ 'settings.at_time' | translate }}</span>
          <input
            #time
            class="field-box time"
            type="time"
            [value]="parts().time"
            [attr.aria-label]="
              (field().label | translate) + ', ' + ('settings.at_time' | translate)
            "
            (change)="take(parts().day, time.value)"
            (blur)="field().leave()"
          />
        }
      </span>
    </fab-field>
  `,
  styles: `
    .line {
      display: flex;
      align-items: center;
      gap: var(--s2);
    }
    select {
      flex: 1;
      max-width: 16rem;
    }
    .time {
      width: 8rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SettingSchedule {
  private readonly words = inject(Words);
  private readonly language = inject(LanguageChoice).current;
  readonly field = input.required<FormField<string>>();
  readonly help = input('');

  protected readonly note = computed(() => noteId(this.field(), this.help()));
  protected readonly parts = computed(() => {
    const [day = '', time = DEFAULT_TIME] = this.field().value().trim().split(/\s+/);
    return { day: day.toLowerCase(), time };
  });
  protected readonly days = computed(() => {
    const name = new Intl.DateTimeFormat(this.language(), { weekday: 'long', timeZone: 'UTC' });
    return [
      { value: '', label: this.words.say('settings.never') },
      { value: DAILY, label: this.words.say('settings.daily') },
      ...WEEKDAYS.map((value, at) => ({
        value,
        label: this.words.say('settings.every', { day: name.format(A_MONDAY_MS + at * DAY_MS) }),
      })),
    ];
  });

  protected take(day: string, time: string): void {
    this.field().set(day === '' ? '' : `${day} ${time}`);
  }
}
