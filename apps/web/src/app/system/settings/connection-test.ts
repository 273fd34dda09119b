import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import type { ConnectionTestView } from '@fabomatic/system';
import { TranslatePipe } from '@ngx-translate/core';
import { apiError } from '../../auth/api-error';
import { Icon } from '../../frame/icon';
import { Words } from '../../language/words';
import { settingsApi, type TestKind } from './settings-api';
import type { SettingsDraft } from './setting-value';
import { testBody } from './test-body';

/** A button that tries a connection with what is typed, and what came of it in plain words. */
@Component({
  selector: 'fab-connection-test',
  imports: [Icon, TranslatePipe],
  template: `
    <!-- i18n-keys: settings.test.* settings.problem.* -->
    <div class="line">
      <button
        type="button"
        class="btn outlined"
        [attr.aria-busy]="isBusy()"
        [disabled]="isBusy()"
        (click)="run()"
      >
        {{ (isBusy() ? 'settings.test.busy' : label()) | translate }}
      </button>
      <span class="ink-3">{{ 'settings.test.text' | translate }}</span>
    </div>
    <div role="status">
      @if (answer(); as answer) {
        <p class="answer" [class.bad]="!answer.ok">
          <fab-icon [name]="answer.ok ? 'check' : 'error'" />
          <span>
            {{ sentence(answer) }}
            @if (answer.reason) {
              <span class="said ink-3">{{
                'settings.test.said' | translate: { reason: answer.reason }
              }}</span>
            }
          </span>
        </p>
      } @else if (failure()) {
        <p class="answer bad">
          <fab-icon name="error" /><span>{{ failure() }}</span>
        </p>
      }
    </div>
  `,
  styles: `
    .line {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--s2) var(--s3);
    }
    .answer {
      display: flex;
      gap: var(--s2);
      margin-top: var(--s3);
      color: var(--use-ink);
      font-weight: var(--w-mid);
      overflow-wrap: anywhere;
    }
    .answer.bad {
      color: var(--block-ink);
    }
    .said {
      display: block;
      font-weight: var(--w-text);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ConnectionTest {
  private readonly words = inject(Words);
  private readonly api = settingsApi();
  readonly kind = input.required<TestKind>();
  /** What was changed and not saved. */
  readonly changes = input.required<SettingsDraft>();

  protected readonly label = computed(() => `settings.test.${this.kind()}` as const);
  protected readonly isBusy = signal(false);
  protected readonly answer = signal<ConnectionTestView | null>(null);
  protected readonly failure = signal('');

  protected async run(): Promise<void> {
    this.isBusy.set(true);
    this.answer.set(null);
    this.failure.set('');
    try {
      this.answer.set(await this.api.test(this.kind(), testBody(this.kind(), this.changes())));
    } catch (error) {
      // A value that cannot be, or no answer from the API.
      const { code, params } = apiError(error);
      this.failure.set(this.words.error(code, params));
    } finally {
      this.isBusy.set(false);
    }
  }

  protected sentence({ problem, sentTo, milliseconds }: ConnectionTestView): string {
    if (problem !== null) return this.words.say(`settings.problem.${problem}`);
    if (sentTo !== null) return this.words.say('settings.test.sent', { to: sentTo });
    return this.words.say('settings.test.ok', { ms: milliseconds });
  }
}
