import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MAX_PAGE_SIZE, pageOf } from '@fabomatic/kernel';
import { MaintenancePlanView } from '@fabomatic/maintenance';
import { TranslatePipe } from '@ngx-translate/core';
import { detail } from '../../frame/detail-page/detail';
import { DetailSection } from '../../frame/detail-page/detail-section';
import type { PageAction } from '../../frame/page-action';
import { Words } from '../../language/words';
import { LiveFeed } from '../../live/live-feed';
import { PLANS_URL } from '../../maintenance/maintenance-api';
import { PlanRecording } from '../../maintenance/plan-recording';
import { PlanRow } from '../../maintenance/plan-row/plan-row';
import { reloadOn } from '../../frame/reload-on';

/** The maintenance plans of a machine, the most worn first. */
@Component({
  selector: 'fab-machine-plans',
  imports: [DetailSection, PlanRow, TranslatePipe],
  template: `
    <fab-section heading="nav.maintenance" [note]="note()" [action]="newPlan()">
      @for (plan of plans.record()?.items; track plan.id) {
        <fab-plan-row [plan]="plan" [stale]="stale()" (recorded)="record(plan)" />
      } @empty {
        @if (plans.record()) {
          <p class="none ink-3">{{ 'plans.none_here' | translate }}</p>
        }
      }
    </fab-section>
  `,
  styles: `
    .none {
      padding: var(--s3) 0;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MachinePlans {
  private readonly words = inject(Words);
  private readonly recording = inject(PlanRecording);
  protected readonly stale = inject(LiveFeed).isStale;
  readonly machineId = input.required<number>();
  readonly liveKey = input.required<string>();

  protected readonly plans = detail({
    url: () => `${PLANS_URL}?machineId=${this.machineId()}&pageSize=${MAX_PAGE_SIZE}`,
    schema: pageOf(MaintenancePlanView),
  });
  protected readonly note = computed(() => {
    const total = this.plans.record()?.total ?? 0;
    return total === 0 ? '' : this.words.count('plans.summary', total);
  });
  protected readonly newPlan = computed<PageAction>(() => ({
    label: 'plans.new',
    permission: 'machines',
    link: '/maintenance/new',
    queryParams: { machineId: this.machineId() },
  }));

  constructor() {
    reloadOn(this.liveKey, [this.plans]);
  }

  protected record(plan: MaintenancePlanView): void {
    void this.recording.record(plan, () => this.plans.reload());
  }
}
