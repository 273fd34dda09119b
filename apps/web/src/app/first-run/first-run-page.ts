import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { Router } from '@angular/router';
import { FirstRunPath } from './first-run-path';
import { FirstRunState } from './first-run-state';

/** The way of a new lab, for whoever has put it away and wants it back. */
@Component({
  selector: 'fab-first-run-page',
  imports: [FirstRunPath],
  template: `<fab-first-run-path (closed)="goToDashboard()" />`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FirstRunPage {
  private readonly router = inject(Router);

  constructor() {
    inject(FirstRunState).ask();
  }

  protected goToDashboard(): void {
    void this.router.navigate(['/']);
  }
}
