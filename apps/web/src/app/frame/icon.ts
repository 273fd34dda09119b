import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { ICON_PATHS, type IconName } from './icon-paths';

/** A mark beside words; it says nothing by itself and is not read aloud. */
@Component({
  selector: 'fab-icon',
  template: `<svg viewBox="0 -960 960 960" fill="currentColor" aria-hidden="true">
    <path [attr.d]="path()" />
  </svg>`,
  styles: `
    :host {
      display: block;
      flex: none;
      width: var(--icon-size, 1.25rem);
      height: var(--icon-size, 1.25rem);
    }
    :host(.small) {
      --icon-size: 1rem;
    }
    :host(.large) {
      --icon-size: 1.5rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Icon {
  readonly name = input.required<IconName>();
  protected readonly path = computed(() => ICON_PATHS[this.name()]);
}
