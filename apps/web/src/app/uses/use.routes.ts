import type { Routes } from '@angular/router';
import { unsavedGuard } from '../frame/form/unsaved-changes';

/** Under `/history`. */
export const useRoutes: Routes = [
  {
    path: '',
    title: 'uses.title',
    loadComponent: async () => (await import('./use-list/use-list')).UseList,
  },
  {
    path: 'new',
    title: 'uses.new',
    canDeactivate: [unsavedGuard],
    loadComponent: async () => (await import('./use-form/use-form')).UseForm,
  },
  {
    path: ':id',
    title: 'uses.correct',
    canDeactivate: [unsavedGuard],
    loadComponent: async () => (await import('./use-correction/use-correction')).UseCorrectionForm,
  },
];
