import { CdkTrapFocus } from '@angular/cdk/a11y';
import { CdkConnectedOverlay, CdkOverlayOrigin } from '@angular/cdk/overlay';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import type { WordKey } from '@fabomatic/i18n';
import { TranslatePipe } from '@ngx-translate/core';
import { Words } from '../../language/words';
import { Icon } from '../icon';

/** A filter that opens a panel of its own, which is projected; close it with {@link close}. */
@Component({
  selector: 'fab-panel-chip',
  imports: [CdkConnectedOverlay, CdkOverlayOrigin, CdkTrapFocus, Icon, TranslatePipe],
  template: `
    <span cdkOverlayOrigin #origin="cdkOverlayOrigin" class="both">
      <button
        #opener
        type="button"
        class="chip"
        [class.set]="shown()"
        aria-haspopup="dialog"
        [attr.aria-expanded]="isOpen()"
        (click)="isOpen.set(!isOpen())"
      >
        {{ label() | translate }} <b>{{ shown() || ('list.any' | translate) }}</b>
        @if (!shown()) {
          <fab-icon class="small" name="arrow-down" />
        }
      </button>
      @if (shown()) {
        <button
          type="button"
          class="chip set cross"
          [attr.aria-label]="remove()"
          (click)="cleared.emit(); opener.focus()"
        >
          <fab-icon class="small" name="close" />
        </button>
      }
    </span>
    <ng-template
      cdkConnectedOverlay
      [cdkConnectedOverlayOrigin]="origin"
      [cdkConnectedOverlayOpen]="isOpen()"
      [cdkConnectedOverlayOffsetY]="4"
      [cdkConnectedOverlayViewportMargin]="8"
      [cdkConnectedOverlayPush]="true"
      (overlayOutsideClick)="closeFrom($event, opener)"
      (detach)="isOpen.set(false)"
    >
      <div
        class="panel"
        role="dialog"
        [attr.aria-label]="label() | translate"
        cdkTrapFocus
        [cdkTrapFocusAutoCapture]="true"
      >
        <ng-content />
      </div>
    </ng-template>
  `,
  styles: `
    .both {
      display: inline-flex;
    }
    .both .chip:not(:only-child):first-child {
      border-inline-end: 0;
      border-start-end-radius: 0;
      border-end-end-radius: 0;
    }
    .chip.cross {
      padding: 0 var(--s2) 0 var(--s1);
      border-inline-start: 0;
      border-start-start-radius: 0;
      border-end-start-radius: 0;
    }
    .panel {
      min-width: 18rem;
      max-width: calc(100vw - var(--s4));
      padding: var(--s4);
      border-radius: var(--radius);
      background: var(--raised);
      box-shadow:
        var(--e1),
        0 0 0 1px var(--line);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PanelChip {
  private readonly words = inject(Words);
  readonly label = input.required<WordKey>();
  /** What is set, in words; empty: nothing. */
  readonly shown = input.required<string>();
  readonly cleared = output<void>();
  protected readonly isOpen = signal(false);
  protected readonly remove = computed(() =>
    this.words.say('list.remove_filter', {
      name: `${this.words.say(this.label())} ${this.shown()}`,
    }),
  );

  /** A press on the chip itself is left to the chip, which closes it too. */
  protected closeFrom(event: Event, opener: HTMLElement): void {
    if (!event.composedPath().includes(opener)) this.close();
  }

  close(): void {
    this.isOpen.set(false);
  }
}
