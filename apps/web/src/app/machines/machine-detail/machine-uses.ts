import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { fromIso, pageOf } from '@fabomatic/kernel';
import { UseView } from '@fabomatic/uses';
import { TranslatePipe } from '@ngx-translate/core';
import { detail } from '../../frame/detail-page/detail';
import { DetailSection } from '../../frame/detail-page/detail-section';
import { Icon } from '../../frame/icon';
import type { PageAction } from '../../frame/page-action';
import { TimeText } from '../../frame/time-text';
import { Formats } from '../../language/formats';
import { LabClock } from '../../live/lab-clock';
import { StatusGlyph } from '../status-glyph/status-glyph';
import { reloadOn } from '../../frame/reload-on';

/** As many as fit without scrolling away what stands below. */
const SHOWN = 6;

/** The latest uses of a machine. */
@Component({
  selector: 'fab-machine-uses',
  imports: [DetailSection, Icon, StatusGlyph, TimeText, TranslatePipe],
  template: `
    <fab-section heading="members.uses" [note]="note()" [action]="all()">
      <ul class="facts-list">
        @for (use of uses.record()?.items; track use.id) {
          <li>
            <span class="when ink-3 num">
              <fab-time [at]="use.startedAt" as="day" />
              <fab-time class="clock" [at]="use.startedAt" as="clock" />
            </span>
            <span class="what">
              @if (use.memberName && !use.memberDeleted) {
                <span class="mid">{{ use.memberName }}</span>
              } @else {
                <span class="ink-3">{{ 'uses.deleted_member' | translate }}</span>
              }
              @if (use.replayed) {
                <span class="small ink-3 sent-later">
                  <fab-icon class="small" name="sent-later" />{{ 'uses.sent_later' | translate }}
                </span>
              }
            </span>
            @if (use.endedAt) {
              <span class="num no-wrap">{{ duration(use) }}</span>
            } @else {
              <span class="row ink-in-use mid num no-wrap">
                <fab-status-glyph class="small" status="in-use" />{{ duration(use) }}
              </span>
            }
          </li>
        } @empty {
          @if (uses.record()) {
            <li class="ink-3">{{ 'machine.never_used' | translate }}</li>
          }
        }
      </ul>
    </fab-section>
  `,
  styleUrl: './facts-list.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MachineUses {
  private readonly formats = inject(Formats);
  private readonly clock = inject(LabClock);
  readonly machineId = input.required<number>();
  readonly liveKey = input.required<string>();

  protected readonly uses = detail({
    url: () => `/api/v1/uses?machineId=${this.machineId()}&pageSize=${SHOWN}`,
    schema: pageOf(UseView),
  });
  protected readonly note = computed(() => {
    const page = this.uses.record();
    return page && page.total > 0 ? this.formats.number(page.total) : '';
  });
  protected readonly all = computed<PageAction>(() => ({
    label: 'machine_page.all_uses',
    link: '/history',
    queryParams: { machineId: this.machineId() },
  }));

  constructor() {
    reloadOn(this.liveKey, [this.uses]);
  }

  protected duration(use: UseView): string {
    return this.formats.duration(use.durationS ?? this.clock.nowS() - fromIso(use.startedAt));
  }
}
