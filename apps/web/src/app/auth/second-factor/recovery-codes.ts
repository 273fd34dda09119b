import { Clipboard } from '@angular/cdk/clipboard';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DOCUMENT,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { Downloads } from '../../frame/export-button/downloads';
import { Icon } from '../../frame/icon';
import { Words } from '../../language/words';

/** Codes that are shown once: to copy, save or print, and to be kept before one goes on. */
@Component({
  selector: 'fab-recovery-codes',
  imports: [Icon, TranslatePipe],
  templateUrl: './recovery-codes.html',
  styleUrl: './recovery-codes.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RecoveryCodeList {
  private readonly clipboard = inject(Clipboard);
  private readonly downloads = inject(Downloads);
  private readonly words = inject(Words);
  private readonly window = inject(DOCUMENT).defaultView;

  readonly codes = input.required<readonly string[]>();
  /** The reader says that the codes are kept, and goes on. */
  readonly kept = output<void>();

  protected readonly isKept = signal(false);
  private readonly copied = signal<boolean | null>(null);
  protected readonly copyText = computed(() => {
    const copied = this.copied();
    if (copied === null) return '';
    return this.words.say(copied ? 'second_factor.copied' : 'second_factor.not_copied');
  });

  protected copy(): void {
    this.copied.set(this.clipboard.copy(this.codes().join('\n')));
  }

  protected save(): void {
    const head = this.words.say('second_factor.codes_head', { host: this.host() });
    this.downloads.saveText([head, '', ...this.codes(), ''].join('\n'), 'recovery-codes.txt');
  }

  protected print(): void {
    this.window?.print();
  }

  /** Which lab the codes are for, on paper and in the file. */
  protected host(): string {
    return this.window?.location.host ?? '';
  }
}
