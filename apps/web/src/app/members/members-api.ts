import { HttpClient } from '@angular/common/http';
import { inject } from '@angular/core';
import {
  type CardCreate,
  type CardUpdate,
  ErasureView,
  type MemberCreate,
  MemberImpact,
  type MemberUpdate,
  MemberView,
  type SendPasswordLink,
  SentPasswordLink,
} from '@fabomatic/members';
import { firstValueFrom } from 'rxjs';
import type { RecordSource } from '../frame/record-search/record-source';
import { recordSource } from '../frame/record-search/record-source';
import { type ResourceApi, resourceApi } from '../frame/resource-api';
import type { Words } from '../language/words';
import { shortCard } from './card-text';

export const MEMBERS_URL = '/api/v1/members';

export interface MembersApi extends ResourceApi<MemberView, MemberCreate, MemberUpdate> {
  impact(id: number): Promise<MemberImpact>;
  /** For ever. */
  erase(id: number): Promise<void>;
  /** What an erasure leaves where, and whom to think of. */
  erasure(): Promise<ErasureView>;
  resetSecondFactor(id: number): Promise<void>;
  /** A link by which the member sets a password; links from before end. */
  passwordLink(id: number, how: SendPasswordLink['how']): Promise<SentPasswordLink>;
  addCard(id: number, card: CardCreate): Promise<MemberView>;
  updateCard(id: number, cardId: number, body: CardUpdate): Promise<MemberView>;
}

/** Call it where `inject` may be called. */
export function membersApi(): MembersApi {
  const http = inject(HttpClient);
  return {
    ...resourceApi<typeof MemberView, MemberCreate, MemberUpdate>({
      url: MEMBERS_URL,
      view: MemberView,
    }),
    impact: async (id) =>
      MemberImpact.parse(await firstValueFrom(http.get(`${MEMBERS_URL}/${id}/impact`))),
    erase: async (id) => {
      await firstValueFrom(http.post(`${MEMBERS_URL}/${id}/erase`, {}));
    },
    erasure: async () =>
      ErasureView.parse(await firstValueFrom(http.get(`${MEMBERS_URL}/erasure`))),
    resetSecondFactor: async (id) => {
      await firstValueFrom(http.delete(`${MEMBERS_URL}/${id}/second-factor`));
    },
    passwordLink: async (id, how) =>
      SentPasswordLink.parse(
        await firstValueFrom(http.post(`${MEMBERS_URL}/${id}/password-link`, { how })),
      ),
    addCard: async (id, card) =>
      MemberView.parse(await firstValueFrom(http.post(`${MEMBERS_URL}/${id}/cards`, card))),
    updateCard: async (id, cardId, body) =>
      MemberView.parse(
        await firstValueFrom(http.patch(`${MEMBERS_URL}/${id}/cards/${cardId}`, body)),
      ),
  };
}

export function nameOf({ firstName, lastName }: MemberView): string {
  return `${firstName} ${lastName}`.trim();
}

/** The cards that open machines. */
export function validCards({ cards }: MemberView): MemberView['cards'] {
  return cards.filter(({ revokedAt }) => revokedAt === null);
}

/** Members to choose from, told apart by their cards. */
export function memberSource(words: Words): RecordSource {
  return recordSource({
    url: MEMBERS_URL,
    item: MemberView,
    label: nameOf,
    hint: (member) => {
      if (member.disabled) return words.say('members.disabled');
      const cards = validCards(member).map(({ uid }) => shortCard(uid));
      return cards.length === 0 ? words.say('members.no_card') : cards.join(' ');
    },
  });
}
