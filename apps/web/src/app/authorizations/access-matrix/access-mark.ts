import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import type { CellState } from '../access-changes';

/** The picture of a cell; its words stand elsewhere. Shapes differ, not colours alone. */
@Component({
  selector: 'fab-access-mark',
  template: `
    <svg viewBox="0 0 18 18" aria-hidden="true" [attr.class]="state()">
      @if (state() === 'no') {
        <circle class="dot" cx="9" cy="9" r="1.75" />
      } @else {
        <rect x="1.5" y="1.5" width="15" height="15" rx="3" />
        @switch (state()) {
          @case ('granted') {
            <path d="M9 5v8M5 9h8" />
          }
          @case ('revoked') {
            <path d="M5 9h8" />
          }
          @case ('open') {
            <circle cx="9" cy="9" r="3.25" />
          }
          @default {
            <path d="m5 9.25 2.75 2.75L13 6.5" />
          }
        }
      }
    </svg>
  `,
  styles: `
    svg {
      display: block;
      width: 1.125rem;
      height: 1.125rem;
      fill: none;
      stroke: var(--accent);
      stroke-width: 1.5;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    .dot {
      fill: var(--line-strong);
      stroke: none;
    }
    .yes rect,
    .granted rect {
      fill: var(--accent);
    }
    .yes path,
    .granted path {
      stroke: var(--on-accent);
      stroke-width: 2;
    }
    .role rect {
      fill: var(--accent-soft);
    }
    .revoked {
      stroke: var(--ink-2);
    }
    .revoked rect {
      stroke-dasharray: 3 2;
    }
    .open {
      stroke: var(--line-strong);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AccessMark {
  readonly state = input.required<CellState>();
}
