import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';

@Component({
  selector: 'fab-not-found-page',
  imports: [RouterLink, TranslatePipe],
  template: `
    <h1>{{ 'not_found.title' | translate }}</h1>
    <p class="ink-2">{{ 'not_found.text' | translate }}</p>
    <a class="btn outlined" routerLink="/">{{ 'not_found.home' | translate }}</a>
  `,
  styles: `
    :host {
      display: grid;
      justify-items: start;
      gap: var(--s4);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NotFoundPage {}
