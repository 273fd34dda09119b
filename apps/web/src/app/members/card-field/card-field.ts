import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { cardUidFromReader, type UnrecognizedCardView } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { Field, noteId } from '../../frame/fields/field';
import type { FormField } from '../../frame/form/form-field';
import { Icon } from '../../frame/icon';
import { Words } from '../../language/words';
import { shortCard } from '../card-text';

/**
 * The number of a card, typed, read by a reader that types, or filled by tapping the card at any
 * machine. What was typed is never overwritten: a tap is then offered.
 */
@Component({
  selector: 'fab-card-field',
  imports: [Field, Icon, TranslatePipe],
  template: `
    <fab-field [field]="field()" [help]="help()" [optional]="optional()">
      <span class="field-box">
        <fab-icon name="card" [class.listens]="help() !== ''" />
        <input
          #control
          class="id"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          [id]="field().id"
          [value]="field().value() ?? ''"
          [attr.aria-required]="optional() ? null : true"
          [attr.aria-invalid]="field().error() ? true : null"
          [attr.aria-describedby]="note()"
          (input)="take(control.value)"
          (blur)="tidy(control.value)"
        />
      </span>
    </fab-field>
    <p class="offer" role="status">
      @if (other(); as card) {
        {{ 'cards.tapped_other' | translate: textOf(card) }}
        <button type="button" class="link-btn" (click)="field().set(card.uid)">
          {{ 'cards.take_it' | translate }}
        </button>
      } @else if (isFilled()) {
        {{ 'cards.filled' | translate: textOf(tapped()) }}
      }
    </p>
  `,
  styles: `
    input {
      text-transform: uppercase;
    }
    .field-box {
      gap: var(--s2);
      max-width: 20rem;
    }
    fab-icon {
      color: var(--ink-3);
    }
    .listens {
      animation: listen 1.6s ease-in-out infinite;
    }
    .offer {
      color: var(--ink-2);
    }
    .offer:not(:empty) {
      min-height: 1.25rem;
    }
    @keyframes listen {
      50% {
        color: var(--accent);
      }
    }
    @media (prefers-reduced-motion: reduce) {
      .listens {
        animation: none;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CardField {
  private readonly words = inject(Words);
  readonly field = input.required<FormField<string | undefined>>();
  /** The latest card that was tapped while the form is open. */
  readonly tapped = input<UnrecognizedCardView | null>(null);
  readonly optional = input(false);

  protected readonly help = computed(() =>
    this.tapped() === null && !this.field().value() ? this.words.say('cards.tap_now') : '',
  );
  protected readonly note = computed(() => noteId(this.field(), this.help()));
  protected readonly isFilled = computed(() => this.tapped()?.uid === this.field().value());
  /** A tap that is not what stands in the field. */
  protected readonly other = computed(() => (this.isFilled() ? null : this.tapped()));

  protected textOf(card: UnrecognizedCardView | null): { card: string; machine: string } {
    return { card: shortCard(card?.uid ?? ''), machine: card?.machines[0]?.name ?? '' };
  }

  protected take(text: string): void {
    this.field().set(text.trim() === '' ? undefined : text);
  }

  /** A reader types the bytes as they lie on the air: shown as boards and pages know the card. */
  protected tidy(text: string): void {
    const uid = cardUidFromReader(text);
    if (uid !== null && uid !== this.field().value()) this.field().set(uid);
    this.field().leave();
  }
}
