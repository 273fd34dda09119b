import type { Routes } from '@angular/router';
import { unsavedGuard } from '../frame/form/unsaved-changes';

const form = {
  canDeactivate: [unsavedGuard],
  loadComponent: async () => (await import('./member-form/member-form')).MemberForm,
};

export const memberRoutes: Routes = [
  {
    path: '',
    title: 'members.title',
    loadComponent: async () => (await import('./member-list/member-list')).MemberList,
  },
  {
    path: 'import',
    title: 'member_import.title',
    loadComponent: async () =>
      (await import('./member-import/member-import-page')).MemberImportPage,
  },
  { path: 'new', title: 'members.new', ...form },
  {
    path: ':id',
    title: 'members.one',
    loadComponent: async () => (await import('./member-page/member-page')).MemberPage,
  },
  { path: ':id/edit', title: 'members.edit', ...form },
];
