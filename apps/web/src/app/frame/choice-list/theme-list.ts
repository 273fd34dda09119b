import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../icon';
import { ThemeChoice, THEMES } from '../theme-choice';

// i18n-keys: theme.*
/** Light, dark, or as the computer does. */
@Component({
  selector: 'fab-theme-list',
  imports: [Icon, TranslatePipe],
  template: `
    <div role="group" [attr.aria-label]="'theme.title' | translate">
      @for (each of choices; track each.theme) {
        <button
          type="button"
          [attr.aria-pressed]="theme.current() === each.theme"
          (click)="theme.choose(each.theme)"
        >
          <fab-icon [name]="each.icon" />
          <span class="space">{{ 'theme.' + each.theme | translate }}</span>
          @if (theme.current() === each.theme) {
            <fab-icon name="check" />
          }
        </button>
      }
    </div>
  `,
  styleUrl: './choice-list.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ThemeList {
  protected readonly theme = inject(ThemeChoice);
  protected readonly choices = THEMES.map((theme) => ({ theme, icon: `theme-${theme}` as const }));
}
