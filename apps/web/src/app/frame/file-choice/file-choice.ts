import { ChangeDetectionStrategy, Component, input, output, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';

let count = 0;

/** Chooses one file from the reader's computer. The label and the help are in the reader's language. */
@Component({
  selector: 'fab-file-choice',
  imports: [TranslatePipe],
  template: `
    <label class="field-label" [for]="id">{{ label() }}</label>
    <div class="field-box" [class.off]="isOff()">
      <span class="btn outlined" aria-hidden="true">{{ 'form.choose_file' | translate }}</span>
      <span class="name" [id]="id + '-name'">{{ name() || ('form.no_file' | translate) }}</span>
      <input
        #control
        type="file"
        [id]="id"
        [accept]="accept()"
        [disabled]="isOff()"
        [attr.aria-describedby]="id + '-name' + (help() ? ' ' + id + '-note' : '')"
        (change)="take(control)"
      />
    </div>
    @if (help(); as text) {
      <p class="field-help" [id]="id + '-note'">{{ text }}</p>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s1);
      max-width: 33rem;
    }
    .field-box {
      position: relative;
      gap: var(--s3);
      height: auto;
      padding: var(--s2);
    }
    .off {
      opacity: 0.5;
    }
    .name {
      min-width: 0;
      overflow-wrap: anywhere;
    }
    /* The browser's own field, which says everything in the browser's language, lies over all of it. */
    input {
      position: absolute;
      inset: 0;
      opacity: 0;
      cursor: pointer;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FileChoice {
  readonly label = input.required<string>();
  readonly help = input('');
  /** '.csv,.xlsx' */
  readonly accept = input('');
  readonly isOff = input(false);
  readonly chosen = output<File | null>();
  protected readonly id = `file-choice-${++count}`;
  protected readonly name = signal('');

  protected take(control: HTMLInputElement): void {
    const file = control.files?.[0] ?? null;
    this.name.set(file?.name ?? '');
    this.chosen.emit(file);
  }
}
