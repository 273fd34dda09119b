import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { Formats } from '../../language/formats';

/** Hours that are shown even if nothing happens in them. */
const ALWAYS = { first: 8, last: 20 };
/** Less than this part of the busiest hour is no reason to show an hour more. */
const WORTH_SHOWING = 0.02;
const LABEL_EVERY = 3;

/** The week by hours: the darker, the more machines are in use. A table, with its figures in it. */
@Component({
  selector: 'fab-busy-hours',
  imports: [TranslatePipe],
  template: `
    <div class="scale small ink-2" aria-hidden="true">
      0
      @for (part of [0, 25, 50, 75, 100]; track part) {
        <i [style.--part.%]="part"></i>
      }
      {{ figure(most()) }}
    </div>
    <table>
      <caption class="only-read-aloud">
        {{
          'statistics.busy_hint' | translate
        }}
      </caption>
      <thead>
        <tr>
          <td></td>
          @for (hour of hours(); track hour; let at = $index) {
            <th scope="col">
              <span [class.only-read-aloud]="at % labelEvery !== 0">{{ hour }}</span>
            </th>
          }
        </tr>
      </thead>
      <tbody>
        @for (day of busy(); track $index; let weekday = $index) {
          <tr>
            <th scope="row">{{ weekdays()[weekday] }}</th>
            @for (hour of hours(); track hour) {
              <td
                [style.--part.%]="(100 * (day[hour] ?? 0)) / most()"
                [title]="weekdays()[weekday] + ' ' + hour + ': ' + figure(day[hour] ?? 0)"
              >
                <span class="only-read-aloud">{{ figure(day[hour] ?? 0) }}</span>
              </td>
            }
          </tr>
        }
      </tbody>
    </table>
  `,
  styleUrl: './busy-hours.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BusyHours {
  private readonly formats = inject(Formats);
  protected readonly labelEvery = LABEL_EVERY;

  /** Monday first, from midnight on: machines in use, in the mean. */
  readonly busy = input.required<readonly (readonly number[])[]>();
  /** Their short names, Monday first. */
  readonly weekdays = input.required<readonly string[]>();

  protected readonly most = computed(() => Math.max(0.1, ...this.busy().flat()));
  protected readonly hours = computed(() => {
    const floor = this.most() * WORTH_SHOWING;
    const used = Array.from({ length: 24 }, (_, hour) => hour).filter(
      (hour) =>
        (hour >= ALWAYS.first && hour <= ALWAYS.last) ||
        this.busy().some((day) => (day[hour] ?? 0) > floor),
    );
    const [first, last] = [used[0] ?? 0, used.at(-1) ?? 23];
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });

  protected figure(machines: number): string {
    return this.formats.planHours(machines * 3600);
  }
}
