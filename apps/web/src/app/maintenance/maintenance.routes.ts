import type { Routes } from '@angular/router';
import { unsavedGuard } from '../frame/form/unsaved-changes';

const planForm = {
  canDeactivate: [unsavedGuard],
  loadComponent: async () => (await import('./plan-form/plan-form')).PlanForm,
};
const interventionForm = {
  canDeactivate: [unsavedGuard],
  loadComponent: async () =>
    (await import('./intervention-form/intervention-form')).InterventionForm,
};

/** Under `/maintenance`. */
export const planRoutes: Routes = [
  {
    path: '',
    title: 'plans.title',
    loadComponent: async () => (await import('./plan-list/plan-list')).PlanList,
  },
  { path: 'new', title: 'plans.new', ...planForm },
  { path: ':id', title: 'plans.edit', ...planForm },
];

/** Under `/interventions`. */
export const interventionRoutes: Routes = [
  {
    path: '',
    title: 'interventions.title',
    loadComponent: async () =>
      (await import('./intervention-list/intervention-list')).InterventionList,
  },
  { path: 'new', title: 'interventions.new', ...interventionForm },
  { path: ':id', title: 'interventions.edit', ...interventionForm },
];
