import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import type { NewBoardAccountView } from '@fabomatic/boards';
import type { WordKey } from '@fabomatic/i18n';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../frame/icon';
import { Words } from '../language/words';

interface Line {
  readonly label: WordKey;
  readonly value: string;
}

/** User and password of a board, shown this once; a click beside it must not close it. */
@Component({
  selector: 'fab-board-account-dialog',
  imports: [Icon, TranslatePipe],
  template: `
    <h2 id="dialog-title">
      {{ 'board_accounts.given_title' | translate: { name: account.machineName } }}
    </h2>
    <p>{{ 'board_accounts.given_text' | translate }}</p>
    <dl>
      @for (line of lines; track line.label) {
        <div>
          <dt>{{ line.label | translate }}</dt>
          <dd class="id">{{ line.value }}</dd>
          <button
            type="button"
            class="btn icon"
            [attr.aria-label]="copyLabel(line)"
            [title]="copyLabel(line)"
            (click)="copy(line)"
          >
            <fab-icon name="copy" />
          </button>
        </div>
      }
    </dl>
    <p class="told" role="status">{{ told() }}</p>
    <p class="ink-2">{{ 'board_accounts.given_how' | translate }}</p>
    <div class="answers">
      <button type="button" class="btn primary" (click)="ref.close()">
        {{ 'board_accounts.done' | translate }}
      </button>
    </div>
  `,
  styleUrl: '../frame/dialog/dialog.css',
  styles: `
    dl div {
      display: grid;
      grid-template-columns: 1fr auto;
      align-items: center;
      column-gap: var(--s3);
      padding: var(--s2) 0;
      border-bottom: 1px solid var(--line);
    }
    dt {
      grid-column: 1;
      color: var(--ink-2);
    }
    dd {
      grid-column: 1;
      margin: 0;
      overflow-wrap: anywhere;
      user-select: all;
    }
    dl button {
      grid-column: 2;
      grid-row: 1 / span 2;
    }
    .told:empty {
      display: none;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BoardAccountDialog {
  private readonly words = inject(Words);
  protected readonly account = inject<NewBoardAccountView>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<void>>(DialogRef);

  protected readonly told = signal('');
  protected readonly lines: readonly Line[] = [
    { label: 'board_accounts.user', value: this.account.user },
    { label: 'board_accounts.password', value: this.account.password },
  ];

  protected copyLabel({ label }: Line): string {
    return this.words.say('board_accounts.copy', { what: this.words.say(label) });
  }

  protected async copy({ value }: Line): Promise<void> {
    try {
      await navigator.clipboard.writeText(value);
      this.told.set(this.words.say('board_accounts.copied'));
    } catch {
      // Not allowed, or no clipboard without HTTPS: the text can be selected.
      this.told.set(this.words.say('board_accounts.not_copied'));
    }
  }
}
