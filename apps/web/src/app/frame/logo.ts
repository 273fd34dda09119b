import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({
  selector: 'fab-logo',
  template: `<svg viewBox="0 0 32 32" aria-hidden="true">
    <path
      d="M15.5 4.2A12 12 0 1 0 27.8 16.5"
      fill="none"
      stroke="currentColor"
      stroke-width="4.6"
    />
    <rect x="19" y="3" width="10" height="10" rx="2" fill="var(--accent)" />
  </svg>`,
  styles: `
    :host {
      display: block;
      flex: none;
      width: 1.625rem;
      height: 1.625rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Logo {}
