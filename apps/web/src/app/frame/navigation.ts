import type { WordKey } from '@fabomatic/i18n';
import type { PortalPermission } from '@fabomatic/members';
import type { IconName } from './icon-paths';

export interface NavigationEntry {
  path: string;
  label: WordKey;
  icon: IconName;
  /** Entries of a group stand together; a gap opens between two groups. */
  group: 'now' | 'people' | 'records' | 'system';
  /** Pages that are reached by tabs below this one. */
  alsoAt?: readonly string[];
  /** Not shown to those who may not. */
  permission?: PortalPermission;
  /** On the bar of a phone, which has room for four; the others stand on the page "More". */
  isOnBar?: boolean;
}

/** The pages of the portal, as the navigation shows them. */
export const NAVIGATION: readonly NavigationEntry[] = [
  { path: '/', label: 'nav.dashboard', icon: 'dashboard', group: 'now', isOnBar: true },
  {
    path: '/machines',
    label: 'nav.machines',
    icon: 'machines',
    group: 'now',
    alsoAt: ['/machine-types', '/boards', '/firmware'],
    isOnBar: true,
  },
  {
    path: '/maintenance',
    label: 'nav.maintenance',
    icon: 'wrench',
    group: 'now',
    alsoAt: ['/interventions'],
  },
  {
    path: '/members',
    label: 'nav.members',
    icon: 'members',
    group: 'people',
    alsoAt: ['/unrecognised-cards', '/roles'],
    isOnBar: true,
  },
  {
    path: '/access',
    label: 'nav.access',
    icon: 'access',
    group: 'people',
    alsoAt: ['/authorizations'],
  },
  { path: '/history', label: 'nav.history', icon: 'history', group: 'records', isOnBar: true },
  { path: '/statistics', label: 'nav.statistics', icon: 'statistics', group: 'records' },
  { path: '/system', label: 'nav.system', icon: 'system', group: 'system', permission: 'admin' },
];

/** Whether `url` is the entry's page or one below it. */
export function isAt(entry: NavigationEntry, url: string): boolean {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  return [entry.path, ...(entry.alsoAt ?? [])].some(
    (each) => path === each || (each !== '/' && path.startsWith(`${each}/`)),
  );
}
