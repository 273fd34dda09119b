import type { PageTab } from '../frame/page-tabs/page-tabs';

/** The pages about the product itself, in the order of the tabs. */
export const SYSTEM_TABS: readonly PageTab[] = [
  // health
  { label: 'settings.tab', link: '/system/settings', permission: 'admin' },
  // settings
  // backups
  // jobs
  // mails
  // log
  // audit
  // api-keys
  // import
];
