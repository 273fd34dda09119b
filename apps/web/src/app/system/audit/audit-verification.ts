import { HttpClient } from '@angular/common/http';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  inject,
  signal,
} from '@angular/core';
import { AuditVerificationView } from '@fabomatic/system';
import { TranslatePipe } from '@ngx-translate/core';
import { firstValueFrom } from 'rxjs';
import { apiError } from '../../auth/api-error';
import { Icon } from '../../frame/icon';
import { Toasts } from '../../frame/toast/toasts';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { AUDIT_URL } from './audit-link';

const URL = `${AUDIT_URL}/verification`;
const ASK_AGAIN_MS = 500;

/** Checks every seal of the trail, says how far it is and what it found. */
@Component({
  selector: 'fab-audit-verification',
  imports: [Icon, TranslatePipe],
  template: `
    <span role="status" [class.ink-blocked]="isBad()" class="result">
      @if (view(); as view) {
        @if (isBad()) {
          <fab-icon name="error" />
        } @else if (view.state === 'holds') {
          <fab-icon name="done" />
        }
        <span>{{ text() }}</span>
      }
    </span>
    <button
      type="button"
      class="btn outlined"
      [attr.aria-busy]="isRunning()"
      [disabled]="isRunning()"
      (click)="start()"
    >
      @if (isRunning()) {
        <span class="spinner" aria-hidden="true"></span>
      }
      {{ 'audit.verify' | translate }}
    </button>
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      flex-wrap: wrap;
      justify-content: flex-end;
      gap: var(--s2) var(--s3);
    }
    .result {
      display: inline-flex;
      align-items: flex-start;
      gap: var(--s1);
      max-width: 34rem;
    }
    @media (max-width: 840px) {
      :host {
        flex: 1;
        flex-direction: column;
        align-items: flex-end;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AuditVerification {
  private readonly http = inject(HttpClient);
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);
  private readonly toasts = inject(Toasts);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isGone = false;

  protected readonly view = signal<AuditVerificationView | null>(null);
  protected readonly isRunning = computed(() => this.view()?.state === 'running');
  protected readonly isBad = computed(() => {
    const state = this.view()?.state;
    return state === 'broken' || state === 'failed';
  });
  protected readonly text = computed(() => {
    const view = this.view();
    return view === null ? '' : this.textOf(view);
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.isGone = true;
      clearTimeout(this.timer);
    });
  }

  protected async start(): Promise<void> {
    await this.take(firstValueFrom(this.http.post(URL, {})));
  }

  private async take(answer: Promise<unknown>): Promise<void> {
    try {
      this.view.set(AuditVerificationView.parse(await answer));
    } catch (error) {
      // A refusal, or no answer: what the check found is not known here.
      this.view.set(null);
      const { code, params } = apiError(error);
      this.toasts.show(this.words.error(code, params));
      return;
    }
    if (!this.isRunning() || this.isGone) return;
    this.timer = setTimeout(() => void this.take(firstValueFrom(this.http.get(URL))), ASK_AGAIN_MS);
  }

  // i18n-keys: audit.broken_changed audit.broken_out-of-order audit.broken_cut-off
  private textOf({ state, checked, total, brokenAt, how }: AuditVerificationView): string {
    switch (state) {
      case 'never':
        return '';
      case 'running':
        return this.words.say('audit.verifying', {
          n: this.formats.number(checked),
          total: this.formats.number(total),
        });
      case 'holds':
        return this.words.say('audit.holds', { n: this.formats.number(checked) });
      case 'failed':
        return this.words.say('audit.verify_failed');
      case 'broken': {
        const where = this.words.say(`audit.broken_${how ?? 'changed'}`, { n: brokenAt ?? 0 });
        return `${where} ${this.words.say('audit.broken_next')}`;
      }
    }
  }
}
