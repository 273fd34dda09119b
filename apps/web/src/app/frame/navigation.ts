import type { WordKey } from '@fabomatic/i18n';
import type { IconName } from './icon-paths';

export interface NavigationEntry {
  path: string;
  label: WordKey;
  icon: IconName;
  /** Entries that belong together stand together: a gap opens before the first of a group. */
  startsGroup: boolean;
}

/** The pages of the portal, as the navigation shows them. The phone's bar has room for four. */
export const NAVIGATION: readonly NavigationEntry[] = [
  { path: '/', label: 'nav.dashboard', icon: 'dashboard', startsGroup: false },
  { path: '/machines', label: 'nav.machines', icon: 'machines', startsGroup: false },
  { path: '/members', label: 'nav.members', icon: 'members', startsGroup: true },
  { path: '/history', label: 'nav.history', icon: 'history', startsGroup: true },
];
