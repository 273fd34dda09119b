import type { Routes } from '@angular/router';
import { unsavedGuard } from '../frame/form/unsaved-changes';

const form = {
  canDeactivate: [unsavedGuard],
  loadComponent: async () => (await import('./machine-type-form')).MachineTypeForm,
};

export const machineTypeRoutes: Routes = [
  {
    path: '',
    title: 'machine_types.title',
    loadComponent: async () => (await import('./machine-type-list')).MachineTypeList,
  },
  { path: 'new', title: 'machine_types.new', ...form },
  { path: ':id', title: 'machine_types.edit', ...form },
];
