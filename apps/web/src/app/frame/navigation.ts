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
  /** Not shown to those who may not; left out: whoever may see the lab. */
  permission?: PortalPermission;
  /** A page of the member's own: in the navigation of members who have no others. */
  isOwn?: boolean;
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
  { path: '/me', label: 'me.title', icon: 'members', group: 'now', isOwn: true, isOnBar: true },
  {
    path: '/account',
    label: 'account.title',
    icon: 'password',
    group: 'now',
    isOwn: true,
    isOnBar: true,
  },
];

/** Pages without an entry that are open to whoever is logged in. */
const FOR_EVERYBODY: readonly string[] = ['/more', '/not-allowed'];

/** Whether `url` is the entry's page or one below it. */
export function isAt(entry: NavigationEntry, url: string): boolean {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  return [entry.path, ...(entry.alsoAt ?? [])].some(
    (each) => path === each || (each !== '/' && path.startsWith(`${each}/`)),
  );
}

/** What the page at `url` asks for. Everything that is not a member's own shows the lab. */
export function permissionAt(url: string): PortalPermission {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  const entry = NAVIGATION.find((each) => isAt(each, url));
  if (entry?.isOwn === true || FOR_EVERYBODY.includes(path)) return 'self';
  return entry?.permission ?? 'read';
}
