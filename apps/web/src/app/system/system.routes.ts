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
  {
    path: 'mails',
    title: 'mails.title',
    loadComponent: async () => (await import('./mails/mail-list')).MailList,
  },
  {
    path: 'mails/preview',
    title: 'mails.preview.title',
    loadComponent: async () => (await import('./mails/mail-preview-page')).MailPreviewPage,
  },
  {
    path: 'mails/weekly-summary',
    title: 'mails.weekly_page.title',
    loadComponent: async () => (await import('./mails/weekly-summary-page')).WeeklySummaryPage,
  },
  {
    path: 'mails/test',
    title: 'mails.test_page.title',
    loadComponent: async () => (await import('./mails/test-mail-page')).TestMailPage,
  },
  {
    path: 'log',
    title: 'log.title',
    loadComponent: async () => (await import('./log/log-page')).LogPage,
  },
  {
    path: 'audit',
    title: 'audit.tab',
    loadComponent: async () => (await import('./audit/audit-list')).AuditList,
  },
  {
    path: 'audit/:id',
    title: 'audit.entry_title',
    loadComponent: async () => (await import('./audit/audit-entry-page')).AuditEntryPage,
  },
  {
    path: 'api-keys',
    title: 'api_keys.title',
    loadComponent: async () => (await import('./api-keys/api-key-list')).ApiKeyList,
  },
  {
    path: 'api-keys/new',
    title: 'api_keys.new',
    canDeactivate: [unsavedGuard],
    loadComponent: async () => (await import('./api-keys/api-key-form')).ApiKeyForm,
  },
  {
    path: 'import',
    title: 'import_original.tab',
    loadComponent: async () => (await import('./import/import-page')).ImportPage,
  },
];
