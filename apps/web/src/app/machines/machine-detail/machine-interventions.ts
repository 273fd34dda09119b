import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { pageOf } from '@fabomatic/kernel';
import { InterventionView } from '@fabomatic/maintenance';
import { TranslatePipe } from '@ngx-translate/core';
import { detail } from '../../frame/detail-page/detail';
import { DetailSection } from '../../frame/detail-page/detail-section';
import { Icon } from '../../frame/icon';
import type { PageAction } from '../../frame/page-action';
import { TimeText } from '../../frame/time-text';
import { Formats } from '../../language/formats';
import { INTERVENTIONS_URL } from '../../maintenance/maintenance-api';
import { reloadOn } from '../../frame/reload-on';

const SHOWN = 5;

/** The latest maintenance of a machine. */
@Component({
  selector: 'fab-machine-interventions',
  imports: [DetailSection, Icon, TimeText, TranslatePipe],
  template: `
    <fab-section heading="interventions.title" [note]="note()" [action]="all()">
      <ul class="facts-list">
        @for (each of interventions.record()?.items; track each.id) {
          <li>
            <span class="when ink-3 num"><fab-time [at]="each.doneAt" as="date" /></span>
            <span class="what">
              <span class="mid">{{ each.planDescription }}</span>
              @if (each.replayed) {
                <span class="small ink-3 sent-later">
                  <fab-icon class="small" name="sent-later" />{{ 'uses.sent_later' | translate }}
                </span>
              }
              @if (each.note; as note) {
                <span class="small ink-3">{{ note }}</span>
              }
            </span>
            <span class="ink-2">{{ each.memberName ?? ('uses.deleted_member' | translate) }}</span>
          </li>
        } @empty {
          @if (interventions.record()) {
            <li class="ink-3">{{ 'interventions.none_here' | translate }}</li>
          }
        }
      </ul>
    </fab-section>
  `,
  styleUrl: './facts-list.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MachineInterventions {
  private readonly formats = inject(Formats);
  readonly machineId = input.required<number>();
  readonly liveKey = input.required<string>();

  protected readonly interventions = detail({
    url: () => `${INTERVENTIONS_URL}?machineId=${this.machineId()}&pageSize=${SHOWN}`,
    schema: pageOf(InterventionView),
  });
  protected readonly note = computed(() => {
    const page = this.interventions.record();
    return page && page.total > 0 ? this.formats.number(page.total) : '';
  });
  protected readonly all = computed<PageAction>(() => ({
    label: 'machine_page.all_interventions',
    link: '/interventions',
    queryParams: { machineId: this.machineId() },
  }));

  constructor() {
    reloadOn(this.liveKey, [this.interventions]);
  }
}
