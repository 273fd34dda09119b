import type { Routes } from '@angular/router';
import { unsavedGuard } from '../frame/form/unsaved-changes';

export const boardRoutes: Routes = [
  {
    path: '',
    title: 'boards.title',
    loadComponent: async () => (await import('./board-list')).BoardList,
  },
  {
    path: 'accounts',
    title: 'board_accounts.title',
    loadComponent: async () => (await import('./board-account-list')).BoardAccountList,
  },
  {
    path: 'accounts/new',
    title: 'board_accounts.new',
    canDeactivate: [unsavedGuard],
    loadComponent: async () => (await import('./board-account-form')).BoardAccountForm,
  },
];
