import type { PageTab } from '../frame/page-tabs/page-tabs';

/** What stands under Maintenance in the navigation. */
export const MAINTENANCE_TABS: readonly PageTab[] = [
  { label: 'plans.title', link: '/maintenance' },
  { label: 'interventions.title', link: '/interventions' },
];
