import { ChangeDetectionStrategy, Component } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { SearchField } from './search-field';

/** Where a phone searches: its top bar has no room for the field. */
@Component({
  selector: 'fab-search-page',
  imports: [SearchField, TranslatePipe],
  template: `
    <h1 class="only-read-aloud">{{ 'search.title' | translate }}</h1>
    <fab-search-field standing />
  `,
  styles: `
    :host {
      display: block;
      max-width: 40rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SearchPage {}
