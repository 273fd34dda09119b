import type { WordKey } from '@fabomatic/i18n';
import type { SearchResults } from '@fabomatic/members';
import type { IconName } from '../frame/icon-paths';

/** One line of the results; `at` is its place among all of them. */
export interface FoundItem {
  at: number;
  icon: IconName;
  name: string;
  detail: string;
  path: string;
}

export interface FoundGroup {
  key: 'members' | 'machines' | 'plans';
  title: WordKey;
  items: FoundItem[];
}

/** The kinds that something was found of, in reading order. */
export function foundGroups(
  results: SearchResults,
  cardText: (ending: string) => string,
): FoundGroup[] {
  const members = results.members.map(({ id, name, roleName, email, cardEnding }) => ({
    icon: 'members' as const,
    name,
    detail:
      cardEnding === null ? [roleName, email].filter(Boolean).join(', ') : cardText(cardEnding),
    path: `/members/${id}`,
  }));
  const machines = results.machines.map(({ id, name, typeName }) => ({
    icon: 'machines' as const,
    name,
    detail: typeName ?? '',
    path: `/machines/${id}`,
  }));
  const plans = results.plans.map(({ description, machineId, machineName }) => ({
    icon: 'wrench' as const,
    name: description,
    detail: machineName,
    path: `/machines/${machineId}`,
  }));
  const groups: { key: FoundGroup['key']; title: WordKey; items: Omit<FoundItem, 'at'>[] }[] = [
    { key: 'members', title: 'nav.members', items: members },
    { key: 'machines', title: 'nav.machines', items: machines },
    { key: 'plans', title: 'search.plans', items: plans },
  ];
  let at = 0;
  return groups
    .filter(({ items }) => items.length > 0)
    .map(({ key, title, items }) => ({
      key,
      title,
      items: items.map((item) => ({ ...item, at: at++ })),
    }));
}

/** Where the arrow keys lead: round and round; null is the field itself. */
export function moved(at: number | null, by: 1 | -1, count: number): number | null {
  if (count === 0) return null;
  if (at === null) return by === 1 ? 0 : count - 1;
  const next = at + by;
  return next < 0 || next >= count ? null : next;
}
