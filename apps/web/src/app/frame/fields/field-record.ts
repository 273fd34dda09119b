import { CdkTrapFocus } from '@angular/cdk/a11y';
import { CdkConnectedOverlay, CdkOverlayOrigin } from '@angular/cdk/overlay';
import { ChangeDetectionStrategy, Component, computed, input, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { FormField } from '../form/form-field';
import { Icon } from '../icon';
import { RecordSearch } from '../record-search/record-search';
import { recordLabel, type RecordOption, type RecordSource } from '../record-search/record-source';
import { Field, noteId } from './field';

/** A record of the API, found by typing: a member, a machine, a type. The field holds its id. */
@Component({
  selector: 'fab-field-record',
  imports: [
    CdkConnectedOverlay,
    CdkOverlayOrigin,
    CdkTrapFocus,
    Field,
    Icon,
    RecordSearch,
    TranslatePipe,
  ],
  template: `
    <fab-field [field]="field()" [help]="help()" [optional]="optional()">
      <span class="row">
        <button
          #opener
          type="button"
          class="field-box"
          cdkOverlayOrigin
          #origin="cdkOverlayOrigin"
          aria-haspopup="dialog"
          [id]="field().id"
          [attr.aria-label]="(field().label | translate) + ': ' + shown()"
          [attr.aria-expanded]="isOpen()"
          [attr.aria-invalid]="field().error() ? true : null"
          [attr.aria-describedby]="note()"
          (click)="isOpen.set(!isOpen())"
        >
          <span class="cut">{{ shown() || ('form.none_chosen' | translate) }}</span>
          <fab-icon name="arrow-down" />
        </button>
        @if (optional() && field().value()) {
          <button
            type="button"
            class="icon-btn"
            [attr.aria-label]="'form.choose_none' | translate"
            (click)="field().set(null); opener.focus()"
          >
            <fab-icon name="close" />
          </button>
        }
      </span>
    </fab-field>
    <ng-template
      cdkConnectedOverlay
      [cdkConnectedOverlayOrigin]="origin"
      [cdkConnectedOverlayOpen]="isOpen()"
      [cdkConnectedOverlayOffsetY]="4"
      [cdkConnectedOverlayWidth]="opener.offsetWidth"
      [cdkConnectedOverlayViewportMargin]="8"
      (overlayOutsideClick)="closeFrom($event, opener)"
      (detach)="close()"
    >
      <div
        class="panel"
        role="dialog"
        [attr.aria-label]="field().label | translate"
        cdkTrapFocus
        [cdkTrapFocusAutoCapture]="true"
      >
        <fab-record-search [source]="source()" (picked)="pick($event)" />
      </div>
    </ng-template>
  `,
  styles: `
    button.field-box {
      justify-content: space-between;
      gap: var(--s2);
      text-align: start;
    }
    .panel {
      width: 100%;
      min-width: 16rem;
      padding: var(--s3);
      border-radius: var(--radius);
      background: var(--raised);
      box-shadow:
        var(--e1),
        0 0 0 1px var(--line);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FieldRecord {
  readonly field = input.required<FormField<number | null | undefined>>();
  readonly source = input.required<RecordSource>();
  readonly help = input('');
  readonly optional = input(false);

  protected readonly isOpen = signal(false);
  protected readonly note = computed(() => noteId(this.field(), this.help()));
  private readonly id = computed(() => this.field().value() ?? null);
  protected readonly shown = recordLabel(this.source, this.id);

  protected pick(option: RecordOption): void {
    this.field().set(option.id);
    this.close();
  }

  /** A press on the box itself is left to the box, which closes it too. */
  protected closeFrom(event: Event, opener: HTMLElement): void {
    if (!event.composedPath().includes(opener)) this.close();
  }

  protected close(): void {
    if (!this.isOpen()) return;
    this.isOpen.set(false);
    this.field().leave();
  }
}
