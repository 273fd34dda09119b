import { HttpClient } from '@angular/common/http';
import { inject } from '@angular/core';
import {
  type AuthorizationBulk,
  AuthorizationBulkResult,
  AuthorizationView,
  RoleView,
} from '@fabomatic/members';
import { firstValueFrom } from 'rxjs';
import type { PageTab } from '../frame/page-tabs/page-tabs';
import { recordSource } from '../frame/record-search/record-source';
import { resourceApi } from '../frame/resource-api';

export const AUTHORIZATIONS_URL = '/api/v1/authorizations';
export const MATRIX_URL = `${AUTHORIZATIONS_URL}/matrix`;

/** What stands under Access in the navigation. */
export const ACCESS_TABS: readonly PageTab[] = [
  { label: 'access.matrix', link: '/access' },
  { label: 'access.list', link: '/authorizations' },
];

/** Call it where `inject` may be called. */
export function authorizationsApi() {
  const http = inject(HttpClient);
  return {
    ...resourceApi({ url: AUTHORIZATIONS_URL, view: AuthorizationView }),
    /** Gives and takes away many together. */
    bulk: async (body: AuthorizationBulk): Promise<AuthorizationBulkResult> =>
      AuthorizationBulkResult.parse(
        await firstValueFrom(http.post(`${AUTHORIZATIONS_URL}/bulk`, body)),
      ),
  };
}

/** Roles to choose from. */
export const ROLE_FILTER_SOURCE = recordSource({
  url: '/api/v1/roles',
  item: RoleView,
  label: ({ name }) => name,
});
