import type { Routes } from '@angular/router';

/** The pages below /system; each has its tab in `system-tabs.ts`. */
export const systemRoutes: Routes = [
  // health
  // settings
  // backups
  // jobs
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
  // mails
  // log
  // audit
  // api-keys
  // import
];
