import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { pageOf } from '@fabomatic/kernel';
import { MachineTypeView } from '@fabomatic/machines';
import { AuthorizationView } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { detail } from '../../frame/detail-page/detail';
import { DetailSection } from '../../frame/detail-page/detail-section';
import type { PageAction } from '../../frame/page-action';
import { TimeText } from '../../frame/time-text';
import { Formats } from '../../language/formats';
import { MACHINE_TYPES_URL } from '../../machine-types/machine-types-api';

const SHOWN = 8;

/** Who was given access to a machine; for a type that is open, that everybody may. */
@Component({
  selector: 'fab-machine-access',
  imports: [DetailSection, RouterLink, TimeText, TranslatePipe],
  template: `
    <fab-section heading="machine_page.access" [note]="note()" [action]="giveAccess()">
      @if (isOpen()) {
        <p class="ink-2">{{ 'machine_page.open_to_all' | translate }}</p>
      }
      <ul class="facts-list">
        @for (each of authorizations.record()?.items; track each.id) {
          <li>
            <span class="avatar" aria-hidden="true">{{ initials(each.memberName) }}</span>
            <a class="what mid" [routerLink]="['/members', each.memberId]">{{ each.memberName }}</a>
            <fab-time class="small ink-3" [at]="each.createdAt" as="since" />
          </li>
        } @empty {
          @if (authorizations.record() && !isOpen()) {
            <li class="ink-2">{{ 'machine_page.nobody' | translate }}</li>
          }
        }
      </ul>
    </fab-section>
  `,
  styles: `
    p {
      padding-top: var(--s3);
    }
  `,
  styleUrl: './facts-list.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MachineAccess {
  private readonly formats = inject(Formats);
  readonly machineId = input.required<number>();
  /** null: a machine without a type asks for an authorisation. */
  readonly typeId = input.required<number | null>();

  protected readonly authorizations = detail({
    url: () => `/api/v1/authorizations?machineId=${this.machineId()}&pageSize=${SHOWN}`,
    schema: pageOf(AuthorizationView),
  });
  private readonly type = detail({
    url: () => (this.typeId() === null ? undefined : `${MACHINE_TYPES_URL}/${this.typeId()}`),
    schema: MachineTypeView,
  });
  protected readonly isOpen = computed(() => this.type.record()?.access === 'open');
  protected readonly note = computed(() => {
    const page = this.authorizations.record();
    return page && page.total > 0 ? this.formats.number(page.total) : '';
  });
  protected readonly giveAccess = computed<PageAction>(() => ({
    label: 'machine_page.give_access',
    permission: 'members',
    link: '/access',
    queryParams: { machineId: this.machineId() },
  }));

  /** 'Marta Colombo' -> 'MC' */
  protected initials(name: string): string {
    const words = name.split(' ');
    return `${words[0]?.charAt(0) ?? ''}${words.at(-1)?.charAt(0) ?? ''}`.toUpperCase();
  }
}
