import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { encode } from 'uqr';

/** Fields that stay white around the code: readers ask for four. */
const QUIET = 4;

/** One square for each dark field: 'M4 4h1v1h-1z'. */
export function darkFields(fields: readonly (readonly boolean[])[]): string {
  return fields
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
}

/**
 * A QR code, drawn in the browser: what it says is a secret and goes nowhere. Dark on white in both
 * themes, since many readers know it no other way.
 */
@Component({
  selector: 'fab-qr-code',
  template: `
    <svg
      role="img"
      [attr.aria-label]="label()"
      [attr.viewBox]="'0 0 ' + code().size + ' ' + code().size"
      shape-rendering="crispEdges"
    >
      <path fill="white" [attr.d]="'M0 0h' + code().size + 'v' + code().size + 'H0z'" />
      <path fill="black" [attr.d]="dark()" />
    </svg>
  `,
  styles: `
    :host {
      display: block;
      max-width: 13rem;
    }
    svg {
      width: 100%;
      height: auto;
      border: 1px solid var(--line);
      border-radius: var(--radius);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class QrCode {
  readonly text = input.required<string>();
  /** Read aloud in the place of the picture. */
  readonly label = input.required<string>();
  protected readonly code = computed(() => encode(this.text(), { ecc: 'M', border: QUIET }));
  protected readonly dark = computed(() => darkFields(this.code().data));
}
