import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  type Signal,
} from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import type { WordKey } from '@fabomatic/i18n';
import type { PortalPermission } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../../auth/current-member';

export interface PageTab {
  label: WordKey;
  link: string;
  permission?: PortalPermission;
  /** What waits there, as a figure beside the label; null or 0: nothing. */
  waiting?: Signal<number | null>;
}

/** Pages that share one entry of the navigation, such as machines and their types. */
@Component({
  selector: 'fab-page-tabs',
  imports: [RouterLink, RouterLinkActive, TranslatePipe],
  template: `
    <nav [attr.aria-label]="'nav.tabs' | translate">
      @for (tab of shown(); track tab.link) {
        <a
          #link
          [routerLink]="tab.link"
          routerLinkActive="on"
          [routerLinkActiveOptions]="{
            paths: 'exact',
            queryParams: 'ignored',
            fragment: 'ignored',
            matrixParams: 'ignored',
          }"
          ariaCurrentWhenActive="page"
          (isActiveChange)="$event && reveal(link)"
          >{{ tab.label | translate }}
          @if (tab.waiting?.(); as count) {
            <span class="waiting num">{{ count }}</span>
          }
        </a>
      }
    </nav>
  `,
  styleUrl: './page-tabs.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PageTabs {
  private readonly member = inject(CurrentMember);
  readonly tabs = input.required<readonly PageTab[]>();
  protected readonly shown = computed(() =>
    this.tabs().filter(({ permission }) => this.member.may(permission)),
  );

  /** On a narrow screen the current page's tab may be one of those beyond the edge. */
  protected reveal(link: HTMLElement): void {
    const nav = link.parentElement;
    if (nav === null) return;
    const startPx = link.offsetLeft - nav.offsetLeft;
    nav.scrollLeft = startPx - (nav.clientWidth - link.offsetWidth) / 2;
  }
}
