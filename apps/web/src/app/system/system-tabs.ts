import type { PageTab } from '../frame/page-tabs/page-tabs';

/** The pages about the product itself, in the order of the tabs. */
export const SYSTEM_TABS: readonly PageTab[] = [
  // health
  // settings
  // backups
  // jobs
  // mails
  // log
  // audit
  // api-keys
  { label: 'import_original.tab', link: '/system/import', permission: 'admin' },
  // import
];
