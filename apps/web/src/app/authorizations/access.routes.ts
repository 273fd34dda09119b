import type { Routes } from '@angular/router';
import { unsavedGuard } from '../frame/form/unsaved-changes';

/** Under `/access`. */
export const accessRoutes: Routes = [
  {
    path: '',
    title: 'access.title',
    canDeactivate: [unsavedGuard],
    loadComponent: async () => (await import('./access-matrix/access-matrix')).AccessMatrix,
  },
];
