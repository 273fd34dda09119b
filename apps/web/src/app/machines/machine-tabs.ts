import type { PageTab } from '../frame/page-tabs/page-tabs';

/** What stands under Machines in the navigation. */
export const MACHINE_TABS: readonly PageTab[] = [
  { label: 'machines.title', link: '/machines' },
  { label: 'machine_types.title', link: '/machine-types' },
  { label: 'boards.title', link: '/boards' },
  { label: 'board_accounts.title', link: '/boards/accounts' },
  { label: 'firmware.title', link: '/firmware', permission: 'admin' },
];
