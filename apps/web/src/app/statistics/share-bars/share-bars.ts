import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { SECONDS_PER_HOUR } from '@fabomatic/kernel';
import type { ShareView } from '@fabomatic/uses';
import { TranslatePipe } from '@ngx-translate/core';
import { Formats } from '../../language/formats';

/** Names with their hours, the longest bar first: a list that reads as one. */
@Component({
  selector: 'fab-share-bars',
  imports: [RouterLink, TranslatePipe],
  template: `
    <ul>
      @for (share of shares(); track share.id) {
        <li>
          <a [routerLink]="[link(), share.id]">{{ share.name }}</a>
          <span class="track" aria-hidden="true">
            <span class="fill" [style.width.%]="width(share)"></span>
          </span>
          <span class="num">{{ hours(share) }} {{ 'units.h' | translate }}</span>
        </li>
      }
    </ul>
  `,
  styles: `
    ul {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: grid;
      grid-template-columns: minmax(5rem, 9rem) minmax(2rem, 1fr) 4.5rem;
      align-items: center;
      gap: var(--s3);
      min-height: 1.75rem;
    }
    a {
      overflow: hidden;
      color: inherit;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .track {
      display: block;
    }
    .fill {
      display: block;
      height: 0.625rem;
      min-width: 1px;
      border-radius: 2px;
      background: var(--accent);
    }
    .num {
      text-align: end;
    }
    @media (max-width: 840px) {
      li {
        min-height: var(--touch);
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ShareBars {
  private readonly formats = inject(Formats);
  /** The most first. */
  readonly shares = input.required<readonly ShareView[]>();
  /** The page of one is below it. */
  readonly link = input.required<string>();
  private readonly longest = computed(() => Math.max(1, this.shares()[0]?.seconds ?? 0));

  protected width({ seconds }: ShareView): number {
    return (seconds / this.longest()) * 100;
  }

  protected hours({ seconds }: ShareView): string {
    return seconds < 10 * SECONDS_PER_HOUR
      ? this.formats.planHours(seconds)
      : this.formats.number(seconds / SECONDS_PER_HOUR);
  }
}
