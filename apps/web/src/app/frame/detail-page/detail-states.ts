import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { Words } from '../../language/words';
import type { BackLink } from '../page-action';
import type { Detail } from './detail';

/** In the place of a record that is not there: loading, gone, or not answered. */
@Component({
  selector: 'fab-detail-states',
  imports: [RouterLink, TranslatePipe],
  template: `
    @if (errorText() === '') {
      <div class="only-read-aloud" role="status">{{ 'app.loading' | translate }}</div>
      <div class="ghosts" aria-hidden="true">
        @for (ghost of [34, 22, 48, 40, 44, 36]; track ghost) {
          <i [style.width.%]="ghost"></i>
        }
      </div>
    } @else {
      <div class="message" role="alert">
        <h2>{{ (detail().isMissing() ? 'detail.gone' : 'detail.failed') | translate }}</h2>
        <p class="ink-2">
          {{ errorText() }}
          @if (detail().isMissing()) {
            <a class="mid" [routerLink]="back().link">{{ back().label | translate }}</a>
          } @else {
            <button type="button" class="link-btn" (click)="detail().reload()">
              {{ 'list.try_again' | translate }}
            </button>
          }
        </p>
      </div>
    }
  `,
  styles: `
    .ghosts {
      display: grid;
      gap: var(--s5);
      padding-top: var(--s4);
    }
    .ghosts i {
      height: var(--s4);
      border-radius: 3px;
      background: var(--sunken);
    }
    .message {
      padding: var(--s10) 0;
      text-align: center;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DetailStates {
  private readonly words = inject(Words);
  readonly detail = input.required<Detail<unknown>>();
  readonly back = input.required<BackLink>();
  protected readonly errorText = computed(() => {
    const error = this.detail().error();
    return error === null ? '' : this.words.error(error.code, error.params);
  });
}
