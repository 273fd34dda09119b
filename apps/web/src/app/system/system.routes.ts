import type { Routes } from '@angular/router';

/** The pages below /system; each has its tab in `system-tabs.ts`. */
export const systemRoutes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: 'nav.system',
    loadComponent: async () => (await import('./health/health-page')).HealthPage,
  },
  // settings
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
