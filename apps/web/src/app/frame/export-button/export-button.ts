import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { Icon } from '../icon';
import { Toasts } from '../toast/toasts';
import { Downloads } from './downloads';

/** From so much on a file takes long enough that the reader wants to see it come. */
const LARGE_BYTES = 1_000_000;

/** Saves what the list shows as a file, and says of a large one how much has come. */
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
      @if (isBusy()) {
        <span class="num">{{ progress() }}</span>
      } @else {
        {{ 'list.export' | translate }}
      }
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
  private readonly formats = inject(Formats);

  /** '/api/v1/exports/uses.xlsx' */
  readonly url = input.required<string>();
  /** The filters, as the list sends them. */
  readonly params = input<Readonly<Record<string, string>>>({});
  protected readonly isBusy = signal(false);
  private readonly loadedBytes = signal(0);
  protected readonly progress = computed(() => {
    const bytes = this.loadedBytes();
    return bytes < LARGE_BYTES
      ? this.words.say('list.exporting')
      : this.words.say('list.exporting_size', { size: this.formats.size(bytes) });
  });

  protected async save(): Promise<void> {
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.loadedBytes.set(0);
    const error = await this.downloads.save(this.url(), {
      params: this.params(),
      onProgress: (bytes) => this.loadedBytes.set(bytes),
    });
    this.isBusy.set(false);
    if (error !== null) {
      const why = this.words.error(error.code, error.params);
      this.toasts.show(this.words.say('list.export_failed', { why }));
    }
  }
}
