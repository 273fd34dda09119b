import type { PageTab } from '../frame/page-tabs/page-tabs';

/** The pages about the product itself, in the order of the tabs. */
export const SYSTEM_TABS: readonly PageTab[] = [
  { label: 'health.title', link: '/system' },
  { label: 'settings.tab', link: '/system/settings', permission: 'admin' },
  { label: 'backups.title', link: '/system/backups' },
  { label: 'jobs.title', link: '/system/jobs' },
  { label: 'mails.tab', link: '/system/mails' },
  { label: 'log.title', link: '/system/log' },
  { label: 'audit.tab', link: '/system/audit' },
  { label: 'api_keys.title', link: '/system/api-keys' },
  { label: 'import_original.tab', link: '/system/import', permission: 'admin' },
];
