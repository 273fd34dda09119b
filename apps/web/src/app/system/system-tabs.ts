import type { PageTab } from '../frame/page-tabs/page-tabs';

/** The pages about the product itself, in the order of the tabs. */
export const SYSTEM_TABS: readonly PageTab[] = [
  // health
  // settings
  // backups
  // jobs
  { label: 'mails.tab', link: '/system/mails', permission: 'admin' },
  // mails
  // log
  // audit
  // api-keys
  // import
];
