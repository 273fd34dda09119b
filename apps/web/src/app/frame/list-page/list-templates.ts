import { Directive, inject, input, TemplateRef } from '@angular/core';
import type { WordKey } from '@fabomatic/i18n';
import type { PagedList } from './paged-list';

export interface ListItemContext<T> {
  $implicit: T;
}

/** One column of the table: `<ng-template fabColumn="members.name" [of]="list" let-member>`. */
@Directive({ selector: '[fabColumn]' })
export class ListColumn<T> {
  readonly template = inject<TemplateRef<ListItemContext<T>>>(TemplateRef);
  readonly heading = input.required<WordKey>({ alias: 'fabColumn' });
  /** Gives the template the type of its item. */
  readonly of = input.required<PagedList<T>>();
  /** What the API calls it; the heading then sorts. One of the list's `sorts`. */
  readonly sort = input<string>();
  /** Figures stand at the end. */
  readonly align = input<'start' | 'end'>('start');
  /** A column whose heading says what the eye sees anyway. */
  readonly hideHeading = input(false);
  /** Not there until the reader chooses it. */
  readonly startsHidden = input(false);
  /** The first to go where the navigation is narrow (under 1200 px). */
  readonly dropsFirst = input(false);
  /** `min-width` of the cells, a CSS length. */
  readonly width = input<string>();

  static ngTemplateContextGuard<T>(
    _directive: ListColumn<T>,
    _context: unknown,
  ): _context is ListItemContext<T> {
    return true;
  }
}

/**
 * The row of a phone, two lines: glyph, name and what, figure. Where the list page has a `rowLink`
 * the whole row is one link and holds none of its own.
 */
@Directive({ selector: '[fabPhoneRow]' })
export class PhoneRow<T> {
  readonly template = inject<TemplateRef<ListItemContext<T>>>(TemplateRef);
  readonly of = input.required<PagedList<T>>({ alias: 'fabPhoneRow' });

  static ngTemplateContextGuard<T>(
    _directive: PhoneRow<T>,
    _context: unknown,
  ): _context is ListItemContext<T> {
    return true;
  }
}
