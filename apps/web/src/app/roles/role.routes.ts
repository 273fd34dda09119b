import type { Routes } from '@angular/router';
import { unsavedGuard } from '../frame/form/unsaved-changes';

const form = {
  canDeactivate: [unsavedGuard],
  loadComponent: async () => (await import('./role-form')).RoleForm,
};

export const roleRoutes: Routes = [
  {
    path: '',
    title: 'roles.title',
    loadComponent: async () => (await import('./role-list')).RoleList,
  },
  { path: 'new', title: 'roles.new', ...form },
  { path: ':id', title: 'roles.edit', ...form },
];
