import { NgTemplateOutlet } from '@angular/common';
import {
  ChangeDetectionStrategy,
  Component,
  contentChild,
  Directive,
  inject,
  input,
  TemplateRef,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../icon';
import type { BackLink } from '../page-action';
import type { Detail } from './detail';
import { DetailStates } from './detail-states';

/** What is shown once the record is there: `<ng-template [fabRecord]="machine" let-machine>`. */
@Directive({ selector: '[fabRecord]' })
export class RecordTemplate<T> {
  readonly template = inject<TemplateRef<{ $implicit: T }>>(TemplateRef);
  readonly of = input.required<Detail<T>>({ alias: 'fabRecord' });

  static ngTemplateContextGuard<T>(
    _directive: RecordTemplate<T>,
    _context: unknown,
  ): _context is { $implicit: T } {
    return true;
  }
}

/**
 * A page about one record: the way back, and the record or why it is not there. The template holds
 * a `fab-detail-head`, and a `fab-detail-columns` with the sections.
 */
@Component({
  selector: 'fab-detail-page',
  imports: [DetailStates, Icon, NgTemplateOutlet, RouterLink, TranslatePipe],
  template: `
    <nav class="crumb" [attr.aria-label]="'list.way_back' | translate">
      <a [routerLink]="back().link">{{ back().label | translate }}</a>
      <fab-icon class="small" name="next" />
    </nav>
    @if (detail().record(); as record) {
      <ng-container
        [ngTemplateOutlet]="content().template"
        [ngTemplateOutletContext]="{ $implicit: record }"
      />
    } @else {
      <fab-detail-states [detail]="detail()" [back]="back()" />
    }
  `,
  styles: `
    .crumb {
      display: flex;
      align-items: center;
      gap: var(--s1);
      margin-bottom: var(--s1);
      color: var(--ink-3);
    }
    @media (max-width: 840px) {
      .crumb {
        margin-top: calc(-1 * var(--s3));
      }
      .crumb a {
        display: flex;
        align-items: center;
        min-height: 2.75rem;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DetailPage<T> {
  readonly detail = input.required<Detail<T>>();
  readonly back = input.required<BackLink>();
  protected readonly content = contentChild.required<RecordTemplate<T>>(RecordTemplate);
}
