import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../../auth/current-member';
import { Icon } from '../icon';
import type { PageAction } from '../page-action';

/** A {@link PageAction} as a button; nothing for those who may not. */
@Component({
  selector: 'fab-action-button',
  imports: [Icon, RouterLink, TranslatePipe],
  template: `
    @if (isAllowed()) {
      @let each = action();
      @if (each.link) {
        <a
          class="btn"
          [class]="look()"
          [routerLink]="each.link"
          [queryParams]="each.queryParams ?? null"
        >
          @if (each.icon; as icon) {
            <fab-icon [name]="icon" />
          }
          {{ each.label | translate }}
        </a>
      } @else {
        <button type="button" class="btn" [class]="look()" (click)="each.run?.()">
          @if (each.icon; as icon) {
            <fab-icon [name]="icon" />
          }
          {{ each.label | translate }}
        </button>
      }
    }
  `,
  styles: `
    :host {
      display: contents;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ActionButton {
  private readonly member = inject(CurrentMember);
  readonly action = input.required<PageAction>();
  readonly primary = input(false);

  protected readonly isAllowed = computed(() => this.member.may(this.action().permission));
  protected readonly look = computed(() => {
    if (this.action().isDanger) return 'danger';
    return this.primary() ? 'primary' : 'outlined';
  });
}
