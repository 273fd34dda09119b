import { Clipboard } from '@angular/cdk/clipboard';
import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../../frame/icon';
import { Words } from '../../language/words';

/** What the dialog shows. */
export interface ShownPasswordLink {
  /** First and last name of whose it is. */
  readonly name: string;
  /** The whole address. */
  readonly url: string;
  /** When it ends, on the lab's clock: '15:42'. */
  readonly until: string;
}

/** The only time that the link is shown: no key press and no click beside it closes the dialog. */
@Component({
  selector: 'fab-password-link-dialog',
  imports: [Icon, TranslatePipe],
  template: `
    <h2 id="dialog-title">{{ 'members.link_title' | translate: { name: shown.name } }}</h2>
    <p class="ink-2">{{ 'members.link_text' | translate: { time: shown.until } }}</p>
    <label class="field-label">
      {{ 'members.link' | translate }}
      <textarea
        #box
        class="field-box link"
        rows="3"
        readonly
        [value]="shown.url"
        (focus)="box.select()"
      ></textarea>
    </label>
    <p role="status" class="ink-2">{{ copyText() }}</p>
    <div class="answers">
      <button type="button" class="btn outlined" (click)="ref.close()">
        {{ 'members.link_done' | translate }}
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
    .link {
      font-family: ui-monospace, monospace;
      overflow-wrap: anywhere;
      resize: none;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PasswordLinkDialog {
  private readonly clipboard = inject(Clipboard);
  private readonly words = inject(Words);
  protected readonly shown = inject<ShownPasswordLink>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<void>>(DialogRef);

  private readonly copied = signal<boolean | null>(null);
  protected readonly copyText = computed(() => {
    const copied = this.copied();
    if (copied === null) return '';
    return this.words.say(copied ? 'members.link_copied' : 'members.link_not_copied');
  });

  protected copy(): void {
    this.copied.set(this.clipboard.copy(this.shown.url));
  }
}
