import { HttpClient } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { ActivatedRoute } from '@angular/router';
import { UNSUBSCRIBE_PATH, UnsubscribeView } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { firstValueFrom } from 'rxjs';
import { type ApiError, apiError } from '../auth/api-error';
import { AuthPage } from '../auth/auth-page/auth-page';
import { Words } from '../language/words';

/** Ends one kind of mail by the link of one, without a login: opening it changes nothing. */
@Component({
  selector: 'fab-unsubscribe-page',
  imports: [AuthPage, TranslatePipe],
  template: `
    <fab-auth-page>
      <h1>{{ 'mails.ending.title' | translate }}</h1>
      @if (isDone()) {
        <p class="lead ink-2" role="status">{{ 'mails.ending.done' | translate }}</p>
        <p class="ink-3">{{ 'mails.ending.again' | translate }}</p>
      } @else if (refusal()) {
        <p class="lead ink-2" role="alert">{{ refusal() }}</p>
      } @else if (link(); as link) {
        <p class="mid">{{ topic() }}</p>
        @if (link.isSubscribed) {
          <p class="lead ink-2">{{ 'mails.ending.ask' | translate: { lab: link.labName } }}</p>
          <button
            type="button"
            class="btn primary tall"
            [attr.aria-busy]="isBusy()"
            (click)="end()"
          >
            {{ 'mails.ending.button' | translate }}
          </button>
        } @else {
          <p class="lead ink-2" role="status">{{ 'mails.ending.was_done' | translate }}</p>
          <p class="ink-3">{{ 'mails.ending.again' | translate }}</p>
        }
      } @else {
        <p class="lead ink-3" role="status">{{ 'app.loading' | translate }}</p>
      }
    </fab-auth-page>
  `,
  styleUrl: '../auth/auth-form.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UnsubscribePage {
  private readonly http = inject(HttpClient);
  private readonly words = inject(Words);
  private readonly token = inject(ActivatedRoute).snapshot.queryParamMap.get('token') ?? '';

  protected readonly link = signal<UnsubscribeView | null>(null);
  protected readonly isDone = signal(false);
  protected readonly isBusy = signal(false);
  private readonly error = signal<ApiError | null>(null);
  protected readonly refusal = computed(() => this.words.refusal(this.error()));
  protected readonly topic = computed(() => {
    const link = this.link();
    return link === null ? '' : this.words.say(`mails.kinds.${link.topic}`);
  });

  constructor() {
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      const url = '/api/v1/unsubscribe-link';
      const params = { token: this.token };
      const answer = await firstValueFrom(this.http.get(url, { params }));
      this.link.set(UnsubscribeView.parse(answer));
    } catch (error) {
      this.error.set(apiError(error)); // cut off, or no answer
    }
  }

  protected async end(): Promise<void> {
    if (this.isBusy()) return;
    this.isBusy.set(true);
    try {
      // The address of the mail itself, as mail programs post to it.
      const params = { token: this.token };
      await firstValueFrom(this.http.post(UNSUBSCRIBE_PATH, {}, { params }));
      this.isDone.set(true);
    } catch (error) {
      this.error.set(apiError(error)); // the member is gone, or no answer
    } finally {
      this.isBusy.set(false);
    }
  }
}
