import { ChangeDetectionStrategy, Component } from '@angular/core';

/** The two-line row of a phone. Slots: `[lead]` glyph, `[name]`, `[what]`, `[state]`, `[figure]`. */
@Component({
  selector: 'fab-phone-line',
  template: `
    <ng-content select="[lead]" />
    <div class="text">
      <div class="name cut"><ng-content select="[name]" /></div>
      <div class="cut"><ng-content select="[what]" /></div>
    </div>
    <div class="end">
      <div><ng-content select="[state]" /></div>
      <div class="ink-3 num"><ng-content select="[figure]" /></div>
    </div>
  `,
  styles: `
    :host {
      display: flex;
      align-items: flex-start;
      gap: var(--s3);
      min-height: 4rem;
      padding: var(--s3) 0;
    }
    .text {
      flex: 1;
      min-width: 0;
    }
    .name {
      font-size: var(--t-16);
      font-weight: var(--w-bold);
    }
    .end {
      flex: none;
      text-align: end;
      white-space: nowrap;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PhoneLine {}
