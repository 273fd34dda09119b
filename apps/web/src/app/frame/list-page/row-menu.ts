import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../../auth/current-member';
import { Icon } from '../icon';
import type { PageAction } from '../page-action';

/** The three dots at the end of a row, with what else can be done with it. */
@Component({
  selector: 'fab-row-menu',
  imports: [Icon, MatMenuModule, RouterLink, TranslatePipe],
  template: `
    @if (shown().length > 0) {
      <button
        type="button"
        class="icon-btn"
        [matMenuTriggerFor]="menu"
        (menuClosed)="runChosen()"
        [attr.aria-label]="'list.row_menu' | translate"
      >
        <fab-icon name="row-menu" />
      </button>
      <mat-menu #menu="matMenu" xPosition="before">
        <ng-template matMenuContent>
          @for (action of shown(); track action.label) {
            @if (action.link) {
              <a
                mat-menu-item
                [routerLink]="action.link"
                [queryParams]="action.queryParams ?? null"
              >
                <fab-icon [name]="action.icon ?? 'next'" />{{ action.label | translate }}
              </a>
            } @else {
              <button mat-menu-item [class.danger]="action.isDanger" (click)="chosen = action">
                <fab-icon [name]="action.icon ?? 'next'" />{{ action.label | translate }}
              </button>
            }
          }
        </ng-template>
      </mat-menu>
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RowMenu {
  private readonly member = inject(CurrentMember);
  readonly actions = input.required<readonly PageAction[]>();
  protected chosen: PageAction | null = null;

  protected shown(): readonly PageAction[] {
    return this.actions().filter(({ permission }) => this.member.may(permission));
  }

  /** Once the menu has gone: a dialog then gives the focus back to the dots, not to an entry of it. */
  protected runChosen(): void {
    const { chosen } = this;
    this.chosen = null;
    chosen?.run?.();
  }
}
