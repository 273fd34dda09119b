import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { WordKey } from '@fabomatic/i18n';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../../auth/current-member';
import type { PageAction } from '../page-action';

/** A title on a hairline, what to know beside it, and one link or action at its end. */
@Component({
  selector: 'fab-section',
  imports: [RouterLink, TranslatePipe],
  template: `
    <div class="head">
      <h2>{{ heading() | translate }}</h2>
      <span class="ink-3 num no-wrap">{{ note() }}</span>
      <span class="space"></span>
      <ng-content select="[aside]" />
      @if (shown(); as action) {
        @if (action.link) {
          <a
            class="mid no-wrap"
            [routerLink]="action.link"
            [queryParams]="action.queryParams ?? null"
            >{{ action.label | translate }}</a
          >
        } @else {
          <button type="button" class="link-btn no-wrap" (click)="action.run?.()">
            {{ action.label | translate }}
          </button>
        }
      }
    </div>
    <ng-content />
  `,
  styles: `
    :host {
      display: block;
      margin-bottom: var(--s8);
    }
    .head {
      display: flex;
      align-items: baseline;
      gap: var(--s2);
      min-height: var(--s8);
      border-bottom: 1px solid var(--line);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DetailSection {
  private readonly member = inject(CurrentMember);
  readonly heading = input.required<WordKey>();
  /** In the reader's language: '3 plans'. */
  readonly note = input('');
  readonly action = input<PageAction>();
  protected readonly shown = computed(() => {
    const action = this.action();
    return action && this.member.may(action.permission) ? action : null;
  });
}

/** Sections, and a narrow column beside them (`[side]`) that drops below on narrow screens. */
@Component({
  selector: 'fab-detail-columns',
  template: `
    <div><ng-content /></div>
    <aside><ng-content select="[side]" /></aside>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr) 20rem;
      gap: var(--s10);
    }
    @media (max-width: 1199px) {
      :host {
        grid-template-columns: minmax(0, 1fr);
        gap: 0;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DetailColumns {}
