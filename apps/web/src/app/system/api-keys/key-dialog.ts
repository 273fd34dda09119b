import { Clipboard } from '@angular/cdk/clipboard';
import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import type { NewApiKeyView } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../../frame/icon';
import { Words } from '../../language/words';
import { CurlExample } from './curl-example';

/** The only time that a key is shown: no key press and no click beside it closes the dialog. */
@Component({
  selector: 'fab-key-dialog',
  imports: [CurlExample, Icon, TranslatePipe],
  template: `
    <h2 id="dialog-title">{{ 'api_keys.shown_title' | translate: { name: made.name } }}</h2>
    <p class="warning"><fab-icon name="warning" />{{ 'api_keys.shown_text' | translate }}</p>
    <label class="field-label">
      {{ 'api_keys.key' | translate }}
      <textarea
        #box
        class="field-box key"
        rows="2"
        readonly
        [value]="made.key"
        (focus)="box.select()"
      >
      </textarea>
    </label>
    <fab-curl-example [key]="made.key" />
    <p role="status" class="ink-2">{{ copyText() }}</p>
    <div class="answers">
      <button type="button" class="btn outlined" (click)="ref.close()">
        {{ 'api_keys.kept' | translate }}
      </button>
      <button type="button" class="btn primary" cdkFocusInitial (click)="copy()">
        <fab-icon name="copy" />{{ 'api_keys.copy' | translate }}
      </button>
    </div>
  `,
  styleUrl: '../../frame/dialog/dialog.css',
  styles: `
    :host {
      width: 36rem;
    }
    .warning {
      display: flex;
      align-items: flex-start;
      gap: var(--s2);
    }
    .key {
      font-family: ui-monospace, monospace;
      overflow-wrap: anywhere;
      resize: none;
    }
    fab-curl-example {
      margin: 0;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class KeyDialog {
  private readonly clipboard = inject(Clipboard);
  private readonly words = inject(Words);
  protected readonly made = inject<NewApiKeyView>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef>(DialogRef);

  private readonly copied = signal<boolean | null>(null);
  protected readonly copyText = computed(() => {
    const copied = this.copied();
    if (copied === null) return '';
    return this.words.say(copied ? 'api_keys.copied' : 'api_keys.copy_failed');
  });

  protected copy(): void {
    this.copied.set(this.clipboard.copy(this.made.key));
  }
}
