import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import type { MaintenancePlanView } from '@fabomatic/maintenance';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../../auth/current-member';
import { HoursMeter } from '../hours-meter/hours-meter';
import { PlanTexts } from '../plan-texts';

/** One plan of a machine: what, how worn, who did it last, when it is due; and "Record". */
@Component({
  selector: 'fab-plan-row',
  imports: [HoursMeter, TranslatePipe],
  template: `
    @let each = plan();
    <div class="what">
      <div class="line">
        <span class="mid">{{ each.description }}</span>
        <span class="num ink-2 no-wrap">{{ texts.worn(each) }}</span>
      </div>
      <fab-hours-meter [elapsedS]="each.elapsedS" [intervalS]="each.intervalS" [stale]="stale()" />
      <div class="line small ink-3">
        <span>
          {{ texts.last(each) }}
          @if (each.instructionsUrl; as url) {
            <a [href]="url" target="_blank" rel="noopener noreferrer">{{
              'plans.instructions' | translate
            }}</a>
          }
        </span>
        <span [class.ink-maintenance]="each.isDue">{{ texts.due(each) }}</span>
      </div>
    </div>
    @if (member.may('machines')) {
      <button
        type="button"
        class="btn outlined"
        [attr.aria-label]="('plans.record' | translate) + ': ' + each.description"
        (click)="recorded.emit()"
      >
        {{ 'plans.record' | translate }}
      </button>
    }
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: var(--s6);
      padding: var(--s3) 0;
      border-bottom: 1px solid var(--line);
    }
    .what {
      flex: 1;
      min-width: 0;
    }
    .line {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 0 var(--s4);
      overflow-wrap: anywhere;
    }
    @media (max-width: 840px) {
      :host {
        gap: var(--s3);
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PlanRow {
  protected readonly texts = inject(PlanTexts);
  protected readonly member = inject(CurrentMember);
  readonly plan = input.required<MaintenancePlanView>();
  readonly stale = input(false);
  /** The reader says that it was done. */
  readonly recorded = output<void>();
}
