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
import { CardCreate, type CardView, type MemberView } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { FieldText } from '../../frame/fields/field-text';
import { formModel } from '../../frame/form/form-model';
import { Icon } from '../../frame/icon';
import { DetailSection } from '../../frame/detail-page/detail-section';
import type { PageAction } from '../../frame/page-action';
import { RowMenu } from '../../frame/list-page/row-menu';
import { TimeText } from '../../frame/time-text';
import { Toasts } from '../../frame/toast/toasts';
import { Words } from '../../language/words';
import { CardTaps, tapsFromNow } from '../../unrecognised-cards/card-taps';
import { CardField } from '../card-field/card-field';
import { firstTap } from '../card-field/first-tap';
import { shortCard, spelledCard } from '../card-text';
import { MemberActions } from '../member-actions';
import { membersApi, validCards } from '../members-api';

/** The form that adds a card: open, it waits for a tap. */
@Component({
  selector: 'fab-card-adder',
  imports: [CardField, FieldText, Icon, TranslatePipe],
  template: `
    <form novalidate (submit)="save($event)">
      <fab-card-field [field]="form.fields.uid" [tapped]="tapped()" />
      <fab-field-text
        [field]="form.fields.label"
        [optional]="true"
        [help]="'cards.label_help' | translate"
      />
      <p role="alert">
        @if (form.problemText(); as problem) {
          <span class="field-error"><fab-icon name="error" />{{ problem }}</span>
        }
      </p>
      <div class="answers">
        <button type="submit" class="btn primary" [attr.aria-busy]="form.isBusy()">
          {{ 'cards.add' | translate }}
        </button>
        <button type="button" class="btn outlined" (click)="closed.emit()">
          {{ 'form.cancel' | translate }}
        </button>
      </div>
    </form>
  `,
  styles: `
    form {
      display: grid;
      gap: var(--s4);
      padding: var(--s4) 0;
      border-bottom: 1px solid var(--line);
    }
    p:empty {
      display: none;
    }
    .answers {
      display: flex;
      gap: var(--s2);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CardAdder {
  private readonly api = membersApi();
  private readonly cardTaps = inject(CardTaps);
  readonly member = input.required<MemberView>();
  readonly added = output<CardView>();
  readonly closed = output();

  protected readonly tapped = tapsFromNow();
  private readonly firstTap = firstTap(this.tapped);
  protected readonly form = formModel({
    schema: CardCreate,
    labels: { uid: 'members.card', label: 'cards.label' },
    start: () => ({ uid: this.firstTap(), label: null }),
    save: ({ values }) => this.api.addCard(this.member().id, values),
    codesAt: { 'member.card_taken': 'uid' },
  });

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const done = await this.form.submit();
    if (done === null) {
      this.form.wrongFields()[0]?.focus();
      return;
    }
    this.cardTaps.recount();
    const card = done.saved.cards.at(-1);
    if (card) this.added.emit(card);
  }
}

/** The cards of a member: those that open machines, then those that were taken away. */
@Component({
  selector: 'fab-member-cards',
  imports: [CardAdder, DetailSection, Icon, RowMenu, TimeText, TranslatePipe],
  templateUrl: './member-cards.html',
  styles: `
    li {
      display: flex;
      align-items: center;
      gap: var(--s3);
      min-height: 3.25rem;
      border-bottom: 1px solid var(--line);
    }
    .text {
      flex: 1;
      min-width: 0;
      padding: var(--s2) 0;
    }
    .nothing {
      padding: var(--s3) 0;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MemberCards {
  private readonly api = membersApi();
  private readonly words = inject(Words);
  private readonly toasts = inject(Toasts);
  private readonly actions = inject(MemberActions);
  readonly member = input.required<MemberView>();
  /** Something was changed: the record has to be fetched again. */
  readonly changed = output();

  protected readonly shortCard = shortCard;
  protected readonly spelledCard = spelledCard;
  protected readonly isAdding = signal(false);
  protected readonly heading: WordKey = 'cards.of_member';
  protected readonly count = computed(() => String(validCards(this.member()).length));
  protected readonly sorted = computed(() => [
    ...validCards(this.member()),
    ...this.member().cards.filter(({ revokedAt }) => revokedAt !== null),
  ]);
  protected readonly mayChange = computed(
    () => this.actions.mayChange(this.member()) && this.member().deletedAt === null,
  );
  protected readonly add = computed<PageAction | undefined>(() =>
    this.mayChange() && !this.isAdding()
      ? { label: 'cards.add', run: () => this.isAdding.set(true) }
      : undefined,
  );

  protected actionsOf(card: CardView): PageAction[] {
    if (!this.mayChange()) return [];
    return card.revokedAt === null
      ? [
          {
            label: 'cards.revoke',
            icon: 'disabled',
            isDanger: true,
            run: () => void this.setRevoked(card, true),
          },
        ]
      : [{ label: 'cards.give_back', icon: 'undo', run: () => void this.setRevoked(card, false) }];
  }

  protected tell({ uid }: CardView): void {
    this.isAdding.set(false);
    this.toasts.show(this.words.say('cards.is_added', { card: shortCard(uid) }));
    this.changed.emit();
  }

  private async setRevoked(card: CardView, revoked: boolean): Promise<void> {
    const { id } = this.member();
    const done = await this.actions.orSayWhyNot(this.api.updateCard(id, card.id, { revoked }));
    if (done === null) return;
    const text = this.words.say(revoked ? 'cards.is_revoked' : 'cards.is_given_back', {
      card: shortCard(card.uid),
    });
    this.toasts.show(text, () => void this.setRevoked(card, !revoked));
    this.changed.emit();
  }
}
