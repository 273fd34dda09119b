import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  inject,
  input,
} from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { Words } from '../../language/words';
import type { Detail } from '../detail-page/detail';
import { DetailStates } from '../detail-page/detail-states';
import { Icon } from '../icon';
import type { BackLink } from '../page-action';
import { Toasts } from '../toast/toasts';
import type { FormField } from './form-field';
import type { AnyForm } from './form-model';
import { OutdatedNotice } from './outdated-notice';
import { UnsavedChanges } from './unsaved-changes';

/**
 * A page with one form: heading, fields, a column beside them (`[side]`), and the bar with Save and
 * Cancel. The route needs `canDeactivate: [unsavedGuard]`.
 */
@Component({
  selector: 'fab-form-page',
  imports: [DetailStates, Icon, OutdatedNotice, RouterLink, TranslatePipe],
  templateUrl: './form-page.html',
  styleUrl: './form-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FormPage {
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);
  protected readonly words = inject(Words);

  readonly form = input.required<AnyForm>();
  /** In the reader's language: 'Edit Laser cutter'. */
  readonly heading = input.required<string>();
  /** Where one came from; Cancel leads there too. */
  readonly back = input.required<BackLink>();
  /** Where one goes after saving; without it, back. */
  readonly after = input<(saved: unknown) => string | readonly unknown[]>();
  /** The record that is edited: its states are shown, and it is loaded anew when it is outdated. */
  readonly detail = input<Detail<unknown>>();

  protected readonly count = computed(() => this.form().wrongFields().length);
  protected readonly isShown = computed(() => this.detail() === undefined || this.form().isReady());

  constructor() {
    const isDirty = computed(() => this.form().isDirty());
    inject(UnsavedChanges).watch(isDirty, inject(DestroyRef));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const done = await this.form().submit();
    if (done === null) {
      this.form().wrongFields()[0]?.focus();
      return;
    }
    this.toasts.show(this.words.say('toast.saved'));
    const target = this.after()?.(done.saved) ?? this.back().link;
    await this.router.navigate(typeof target === 'string' ? [target] : [...target]);
  }

  protected goTo(field: FormField<unknown>, event: Event): void {
    event.preventDefault();
    field.focus();
  }

  protected loadAnew(): void {
    this.form().acceptReload();
    this.detail()?.reload();
  }
}
