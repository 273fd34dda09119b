import type { Routes } from '@angular/router';

/** The pages below /system; each has its tab in `system-tabs.ts`. */
export const systemRoutes: Routes = [
  // health
  // settings
  // backups
  // jobs
  // mails
  // log
  // audit
  // api-keys
  {
    path: 'import',
    title: 'import_original.title',
    loadComponent: async () => (await import('./import/import-page')).ImportPage,
  },
  // import
];
