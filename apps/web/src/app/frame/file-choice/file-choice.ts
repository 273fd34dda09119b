import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';

let count = 0;

/** Chooses one file from the reader's computer. The label and the help are in the reader's language. */
@Component({
  selector: 'fab-file-choice',
  template: `
    <label class="field-label" [for]="id">{{ label() }}</label>
    <input
      #control
      type="file"
      class="field-box"
      [id]="id"
      [accept]="accept()"
      [disabled]="isOff()"
      [attr.aria-describedby]="help() ? id + '-note' : null"
      (change)="take(control)"
    />
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
    input {
      width: 100%;
      min-width: 0;
      height: auto;
      padding: var(--s2) var(--s3);
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

  protected take(control: HTMLInputElement): void {
    this.chosen.emit(control.files?.[0] ?? null);
  }
}
