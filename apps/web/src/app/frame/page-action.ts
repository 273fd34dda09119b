import type { Params } from '@angular/router';
import type { WordKey } from '@fabomatic/i18n';
import type { PortalPermission } from '@fabomatic/members';
import type { IconName } from './icon-paths';

/**
 * Something that one can do on a page, whether it stands as a button in the head, in a row's menu or
 * below an empty list. It leads somewhere (`link`) or does something (`run`).
 */
export interface PageAction {
  label: WordKey;
  icon?: IconName;
  /** Not shown to those who may not. */
  permission?: PortalPermission;
  /** A path of the router, or its commands. */
  link?: string | readonly unknown[];
  queryParams?: Params;
  run?: () => void;
  /** Red in a menu, outlined in red as a button. */
  isDanger?: boolean;
}

/** An action on the rows that are ticked. */
export interface BulkAction<T> {
  label: WordKey;
  icon?: IconName;
  permission?: PortalPermission;
  isDanger?: boolean;
  run: (items: readonly T[]) => void;
}

/** The way back from a page: 'Machines' above the name of one of them. */
export interface BackLink {
  label: WordKey;
  link: string | readonly unknown[];
}
