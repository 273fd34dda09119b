import type { Routes } from '@angular/router';
import { unsavedGuard } from '../frame/form/unsaved-changes';

const form = {
  canDeactivate: [unsavedGuard],
  loadComponent: async () => (await import('./machine-form/machine-form')).MachineForm,
};

export const machineRoutes: Routes = [
  {
    path: '',
    title: 'machines.title',
    loadComponent: async () => (await import('./machine-list/machine-list')).MachineList,
  },
  { path: 'new', title: 'machines.new', ...form },
  {
    path: ':id',
    title: 'machines.machine',
    loadComponent: async () => (await import('./machine-detail/machine-detail')).MachineDetail,
  },
  { path: ':id/edit', title: 'machines.edit', ...form },
];
