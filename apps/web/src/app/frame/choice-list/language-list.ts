import { ChangeDetectionStrategy, Component, inject, output } from '@angular/core';
import { type LanguageCode, LANGUAGES } from '@fabomatic/i18n';
import { TranslatePipe } from '@ngx-translate/core';
import { LanguageChoice } from '../../language/language-choice';
import { Icon } from '../icon';

/** The languages, each in its own words, with a tick at the one that the pages speak. */
@Component({
  selector: 'fab-language-list',
  imports: [Icon, TranslatePipe],
  template: `
    <div role="group" [attr.aria-label]="'language.title' | translate">
      @for (each of languages; track each.code) {
        <button
          type="button"
          [attr.lang]="each.code"
          [attr.aria-pressed]="current() === each.code"
          (click)="chosen.emit(each.code)"
        >
          <span class="space">{{ each.name }}</span>
          @if (current() === each.code) {
            <fab-icon name="check" />
          }
        </button>
      }
    </div>
  `,
  styleUrl: './choice-list.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LanguageList {
  readonly chosen = output<LanguageCode>();
  protected readonly languages = LANGUAGES;
  protected readonly current = inject(LanguageChoice).current;
}
