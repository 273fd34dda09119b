import { ChangeDetectionStrategy, Component, computed, effect, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { fromIso } from '@fabomatic/kernel';
import { MachineView } from '@fabomatic/machines';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../../auth/current-member';
import { detail } from '../../frame/detail-page/detail';
import { DetailHead, Fact } from '../../frame/detail-page/detail-head';
import { DetailPage, RecordTemplate } from '../../frame/detail-page/detail-page';
import { DetailColumns, DetailSection } from '../../frame/detail-page/detail-section';
import { Icon } from '../../frame/icon';
import type { BackLink, PageAction } from '../../frame/page-action';
import { TimeText } from '../../frame/time-text';
import { Formats } from '../../language/formats';
import { LabClock } from '../../live/lab-clock';
import { LiveFeed } from '../../live/live-feed';
import { MachineBlocking } from '../machine-blocking';
import { whatChanged } from '../../system/audit/audit-link';
import { MACHINES_URL } from '../machines-api';
import { MachinesStore } from '../machines-store';
import { RemoteControl } from '../remote-control/remote-control';
import { StatusMark } from '../status-glyph/status-mark';
import { MachineAccess } from './machine-access';
import { MachineBoards } from './machine-boards';
import { MachineInterventions } from './machine-interventions';
import { MachinePlans } from './machine-plans';
import { MachineUses } from './machine-uses';

/** One machine: what it is doing now, what it needs, and what was done with it. */
@Component({
  selector: 'fab-machine-detail',
  imports: [
    DetailColumns,
    DetailHead,
    DetailPage,
    DetailSection,
    Fact,
    Icon,
    MachineAccess,
    MachineBoards,
    MachineInterventions,
    MachinePlans,
    MachineUses,
    RecordTemplate,
    RemoteControl,
    RouterLink,
    StatusMark,
    TimeText,
    TranslatePipe,
  ],
  templateUrl: './machine-detail.html',
  styles: `
    .quiet-box {
      margin-bottom: var(--s6);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MachineDetail {
  private readonly clock = inject(LabClock);
  private readonly feed = inject(LiveFeed);
  private readonly router = inject(Router);
  private readonly blocking = inject(MachineBlocking);
  protected readonly member = inject(CurrentMember);
  protected readonly formats = inject(Formats);
  protected readonly store = inject(MachinesStore);
  protected readonly stale = this.feed.isStale;

  /** From the path. */
  readonly id = input.required<string>();

  protected readonly back: BackLink = { label: 'machines.title', link: '/machines' };
  protected readonly machine = detail({
    url: () => `${MACHINES_URL}/${this.id()}`,
    schema: MachineView,
  });
  private readonly isInFeed = computed(
    () => this.feed.view()?.machines.some(({ id }) => String(id) === this.id()) ?? null,
  );

  constructor() {
    let wasThere = false;
    effect(() => {
      const isThere = this.isInFeed();
      // Somebody deleted it while it was looked at.
      if (wasThere && isThere === false) void this.router.navigateByUrl('/machines');
      wasThere = isThere ?? wasThere;
    });
  }

  /** What the sections are loaded again for: a use began or ended, a plan was changed or done. */
  protected liveKey({ currentUse, hoursS, duePlans, nearestPlan, version }: MachineView): string {
    return JSON.stringify([currentUse?.useId, hoursS, duePlans, nearestPlan, version]);
  }

  protected actions(machine: MachineView): PageAction[] {
    return [
      {
        label: 'machine_page.edit',
        icon: 'edit',
        permission: 'machines',
        link: ['/machines', machine.id, 'edit'],
      },
      this.blocking.action(machine, () => this.machine.reload()),
      whatChanged('machine', machine.id),
    ];
  }

  protected running(startedAt: string): string {
    return this.formats.duration(this.clock.nowS() - fromIso(startedAt));
  }
}
