import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Formats } from '../language/formats';
import { LabClock } from '../live/lab-clock';

/** A time in the form that suits the place, with the exact one on hover and for machines. */
@Component({
  selector: 'fab-time',
  template: `<time [attr.datetime]="at()" [title]="exact()">{{ text() }}</time>`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TimeText {
  private readonly formats = inject(Formats);
  private readonly nowS = inject(LabClock).nowS;

  readonly at = input.required<string>();
  readonly as = input<'clock' | 'day' | 'date' | 'when' | 'since' | 'elapsed' | 'ago'>('when');

  protected readonly exact = computed(() => this.formats.exact(this.at()));
  protected readonly text = computed(() => {
    const at = this.at();
    switch (this.as()) {
      case 'clock':
        return this.formats.clock(at);
      case 'day':
        return this.formats.day(at);
      case 'date':
        return this.formats.date(at);
      case 'when':
        return this.formats.when(at, this.nowS());
      case 'since':
        return this.formats.since(at, this.nowS());
      case 'elapsed':
        return this.formats.elapsed(at, this.nowS());
      case 'ago':
        return this.formats.ago(at, this.nowS());
    }
  });
}
