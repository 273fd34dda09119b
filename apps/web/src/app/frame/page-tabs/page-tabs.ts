import {
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  input,
  type Signal,
  viewChild,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink } from '@angular/router';
import type { WordKey } from '@fabomatic/i18n';
import type { PortalPermission } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { filter, map } from 'rxjs';
import { CurrentMember } from '../../auth/current-member';
import { LanguageChoice } from '../../language/language-choice';

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
  imports: [RouterLink, TranslatePipe],
  template: `
    <nav #strip [attr.aria-label]="'nav.tabs' | translate">
      @for (tab of shown(); track tab.link) {
        <a
          [routerLink]="tab.link"
          [class.on]="tab.link === here()"
          [attr.aria-current]="tab.link === here() ? (tab.link === path() ? 'page' : 'true') : null"
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
  private readonly router = inject(Router);
  private readonly language = inject(LanguageChoice).current;
  private readonly strip = viewChild.required<ElementRef<HTMLElement>>('strip');
  private readonly url = toSignal(
    this.router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map((event) => event.urlAfterRedirects),
    ),
    { initialValue: this.router.url },
  );
  readonly tabs = input.required<readonly PageTab[]>();
  protected readonly shown = computed(() =>
    this.tabs().filter(({ permission }) => this.member.may(permission)),
  );
  protected readonly path = computed(() => this.url().split(/[?#]/, 1)[0] ?? '');
  /** The tab of this page, or of the page that it belongs to: the longest link above it. */
  protected readonly here = computed(() => {
    const path = `${this.path()}/`;
    const above = this.shown().filter(({ link }) => path.startsWith(`${link}/`));
    return above.sort((a, b) => b.link.length - a.link.length)[0]?.link;
  });

  constructor() {
    // On a phone the strip is wider than the screen: the current tab comes into the middle of it.
    afterRenderEffect(() => {
      this.here();
      this.language();
      const strip = this.strip().nativeElement;
      const tab = strip.querySelector<HTMLElement>('.on');
      if (tab === null) return;
      const [around, own] = [strip.getBoundingClientRect(), tab.getBoundingClientRect()];
      strip.scrollLeft += own.left - around.left - (around.width - own.width) / 2;
    });
  }
}
