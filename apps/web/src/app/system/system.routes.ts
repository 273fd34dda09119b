import type { Routes } from '@angular/router';
import { unsavedGuard } from '../frame/form/unsaved-changes';

/** The pages below /system; each has its tab in `system-tabs.ts`. */
export const systemRoutes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: 'nav.system',
    loadComponent: async () => (await import('./health/health-page')).HealthPage,
  },
  {
    path: 'settings',
    title: 'settings.title',
    canDeactivate: [unsavedGuard],
    loadComponent: async () => (await import('./settings/settings-page')).SettingsPage,
  },
  {
    path: 'backups',
    title: 'backups.title',
    loadComponent: async () => (await import('./backups/backups-page')).BackupsPage,
  },
  {
    path: 'jobs',
    title: 'jobs.title',
    loadComponent: async () => (await import('./jobs/jobs-page')).JobsPage,
  },
  {
    path: 'jobs/:name',
    title: 'jobs.runs',
    loadComponent: async () => (await import('./jobs/job-runs-page')).JobRunsPage,
  },
  // mails
  {
    path: 'log',
    title: 'log.title',
    loadComponent: async () => (await import('./log/log-page')).LogPage,
  },
  // audit
  // api-keys
  // import
];
