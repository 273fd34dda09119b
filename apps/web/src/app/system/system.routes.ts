import type { Routes } from '@angular/router';
import { unsavedGuard } from '../frame/form/unsaved-changes';

/** The pages below /system; each has its tab in `system-tabs.ts`. */
export const systemRoutes: Routes = [
  // health
  {
    path: 'settings',
    title: 'settings.title',
    canDeactivate: [unsavedGuard],
    loadComponent: async () => (await import('./settings/settings-page')).SettingsPage,
  },
  // settings
  // backups
  // jobs
  // mails
  // log
  // audit
  // api-keys
  // import
];
