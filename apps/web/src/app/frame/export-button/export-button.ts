import { ChangeDetectionStrategy, Component, inject, input, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { Words } from '../../language/words';
import { Icon } from '../icon';
import { Toasts } from '../toast/toasts';
import { Downloads } from './downloads';

/** Saves what the list shows as a file. */
@Component({
  selector: 'fab-export-button',
  imports: [Icon, TranslatePipe],
  template: `
    <button type="button" class="btn outlined" [attr.aria-busy]="isBusy()" (click)="save()">
      @if (isBusy()) {
        <span class="spinner" aria-hidden="true"></span>
      } @else {
        <fab-icon name="download" />
      }
      {{ (isBusy() ? 'list.exporting' : 'list.export') | translate }}
    </button>
  `,
  styles: `
    :host {
      display: contents;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ExportButton {
  private readonly downloads = inject(Downloads);
  private readonly toasts = inject(Toasts);
  private readonly words = inject(Words);

  /** '/api/v1/exports/uses.xlsx' */
  readonly url = input.required<string>();
  /** The filters, as the list sends them. */
  readonly params = input<Readonly<Record<string, string>>>({});
  protected readonly isBusy = signal(false);

  protected async save(): Promise<void> {
    if (this.isBusy()) return;
    this.isBusy.set(true);
    const error = await this.downloads.save(this.url(), this.params());
    this.isBusy.set(false);
    if (error !== null) {
      const why = this.words.error(error.code, error.params);
      this.toasts.show(this.words.say('list.export_failed', { why }));
    }
  }
}
