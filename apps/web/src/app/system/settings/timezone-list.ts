import { ChangeDetectionStrategy, Component } from '@angular/core';

export const ZONES_ID = 'setting-timezones';

/** The time zones that the browser knows, for a text field to suggest. */
@Component({
  selector: 'fab-timezone-list',
  template: `
    <datalist [id]="id">
      @for (zone of zones; track zone) {
        <option [value]="zone"></option>
      }
    </datalist>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TimezoneList {
  protected readonly id = ZONES_ID;
  protected readonly zones = Intl.supportedValuesOf('timeZone');
}
