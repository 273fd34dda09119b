import { Clipboard } from '@angular/cdk/clipboard';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DOCUMENT,
  inject,
  input,
  signal,
} from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../../frame/icon';

/** A first request to this lab, as it is typed in a terminal. */
@Component({
  selector: 'fab-curl-example',
  imports: [Icon, TranslatePipe],
  template: `
    <p class="small ink-3">{{ 'api_keys.try' | translate }}</p>
    <div class="line">
      <pre tabindex="0"><code>{{ command() }}</code></pre>
      <button
        type="button"
        class="icon-btn"
        [attr.aria-label]="'api_keys.copy' | translate"
        [title]="'api_keys.copy' | translate"
        (click)="copy()"
      >
        <fab-icon [name]="isCopied() ? 'check' : 'copy'" />
      </button>
    </div>
    <p>
      <a href="/api/docs" target="_blank" rel="noopener">{{ 'api_keys.docs' | translate }}</a>
    </p>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s1);
      max-width: 44rem;
      margin: var(--s4) auto;
      text-align: start;
    }
    .line {
      display: flex;
      align-items: center;
      gap: var(--s1);
      padding-inline-start: var(--s3);
      border-radius: var(--radius);
      background: var(--sunken);
    }
    pre {
      flex: 1;
      min-width: 0;
      margin: 0;
      padding: var(--s3) 0;
      overflow-wrap: anywhere;
      white-space: pre-wrap;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CurlExample {
  private readonly clipboard = inject(Clipboard);
  private readonly origin = inject(DOCUMENT).defaultView?.location.origin ?? '';

  /** Without one a name stands for it. */
  readonly key = input('$KEY');
  protected readonly isCopied = signal(false);
  protected readonly command = computed(
    () => `curl -H "Authorization: Bearer ${this.key()}" ${this.origin}/api/v1/machines`,
  );

  protected copy(): void {
    this.isCopied.set(this.clipboard.copy(this.command()));
  }
}
