import { httpResource } from '@angular/common/http';
import { computed, inject, type Signal } from '@angular/core';
import { MAX_PAGE_SIZE, pageOf } from '@fabomatic/kernel';
import { type RoleCreate, type RoleUpdate, RoleView } from '@fabomatic/members';
import { type ResourceApi, resourceApi } from '../frame/resource-api';
import { Words } from '../language/words';

export const ROLES_URL = '/api/v1/roles';

export type RolesApi = ResourceApi<RoleView, RoleCreate, RoleUpdate>;

/** Call it where `inject` may be called. */
export function rolesApi(): RolesApi {
  return resourceApi({ url: ROLES_URL, view: RoleView });
}

/** All roles by name, for filters and fields; a lab has a handful. Call it where `inject` may be called. */
export function allRoles(): Signal<readonly RoleView[]> {
  const body = pageOf(RoleView);
  const answer = httpResource(() => ({ url: ROLES_URL, params: { pageSize: MAX_PAGE_SIZE } }), {
    parse: (raw) => body.parse(raw).items,
  });
  return computed(() => (answer.hasValue() ? answer.value() : []));
}

/** What a role gives, in one line. Call it where `inject` may be called. */
export function roleSentence(): (role: RoleView) => string {
  const words = inject(Words);
  // i18n-keys: roles.portal_none roles.portal_read-only roles.portal_members roles.portal_machines roles.portal_admin
  return ({ authorizeAll, maintenance, portalAccess }) =>
    [
      words.say(authorizeAll ? 'roles.all_machines' : 'roles.own_machines'),
      ...(maintenance ? [words.say('roles.does_maintenance')] : []),
      words.say('roles.portal_line', { access: words.say(`roles.portal_${portalAccess}`) }),
    ].join(' ');
}
