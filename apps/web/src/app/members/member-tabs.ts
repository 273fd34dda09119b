import { inject } from '@angular/core';
import type { PageTab } from '../frame/page-tabs/page-tabs';
import { CardTaps } from '../unrecognised-cards/card-taps';

/** What stands under Members in the navigation. Call it where `inject` may be called. */
export function memberTabs(): readonly PageTab[] {
  return [
    { label: 'members.title', link: '/members' },
    { label: 'cards.title', link: '/unrecognised-cards', waiting: inject(CardTaps).waiting },
    { label: 'roles.title', link: '/roles' },
  ];
}
