import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../../auth/current-member';

/** In the place of a page that the reader's role does not open. */
@Component({
  selector: 'fab-not-allowed-page',
  imports: [RouterLink, TranslatePipe],
  template: `
    <h1>{{ 'me.not_allowed_title' | translate }}</h1>
    <p class="ink-2">
      {{
        (isPlain() ? 'me.not_allowed_plain' : 'me.not_allowed_text') | translate: { role: role() }
      }}
    </p>
    @if (isPlain()) {
      <a class="btn outlined" routerLink="/me">{{ 'me.title' | translate }}</a>
    } @else {
      <a class="btn outlined" routerLink="/">{{ 'not_found.home' | translate }}</a>
    }
  `,
  styles: `
    :host {
      display: grid;
      justify-items: start;
      gap: var(--s4);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NotAllowedPage {
  private readonly member = inject(CurrentMember);
  protected readonly isPlain = this.member.isPlain;
  protected readonly role = computed(() => this.member.view()?.roleName ?? '');
}
