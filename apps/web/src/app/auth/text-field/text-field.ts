import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  input,
  model,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../../frame/icon';

let count = 0;

/** Label above, box, and the error in the place where it belongs. A password can be shown. */
@Component({
  selector: 'fab-text-field',
  imports: [Icon, TranslatePipe],
  templateUrl: './text-field.html',
  styleUrl: './text-field.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TextField {
  readonly label = input.required<string>();
  readonly type = input<'text' | 'email' | 'password'>('text');
  /** The HTML attribute: password managers go by it. */
  readonly autocomplete = input<AutoFill>('off');
  /** Empty: no error. */
  readonly error = input('');
  readonly value = model.required<string>();
  readonly left = output<void>();
  /** The first field of a step that the reader was just led to. */
  readonly takesFocus = input(false);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');

  protected readonly id = `fab-text-field-${(count += 1)}`;
  protected readonly isShown = signal(false);
  protected readonly shownType = computed(() =>
    this.type() === 'password' && this.isShown() ? 'text' : this.type(),
  );

  constructor() {
    afterNextRender(() => {
      if (this.takesFocus()) this.field().nativeElement.focus();
    });
  }

  protected toggle(): void {
    this.isShown.update((shown) => !shown);
  }
}
