import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../../frame/icon';

export interface ShownRule {
  /** In the reader's language. */
  text: string;
  isMet: boolean;
}

/** What is ticked off while a new password is typed. */
@Component({
  selector: 'fab-rule-list',
  imports: [Icon, TranslatePipe],
  template: `
    <ul>
      @for (rule of rules(); track $index) {
        <li [class.met]="rule.isMet">
          <fab-icon [name]="rule.isMet ? 'check' : 'circle'" />
          {{ rule.text }}
          <span class="only-read-aloud">
            {{ (rule.isMet ? 'password.rule_met' : 'password.rule_open') | translate }}
          </span>
        </li>
      }
    </ul>
  `,
  styles: `
    ul {
      display: grid;
      gap: var(--s1);
      margin-top: calc(-1 * var(--s2));
      color: var(--ink-3);
    }
    li {
      display: flex;
      align-items: center;
      gap: var(--s2);
      --icon-size: 1rem;
    }
    .met {
      color: var(--ink);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RuleList {
  readonly rules = input.required<readonly ShownRule[]>();
}
