import {
  AuthorizationListQuery,
  type AuthorizationView,
  MemberListQuery,
  type MemberView,
  RoleListQuery,
  type RoleView,
  UnrecognizedCardListQuery,
  type UnrecognizedCardView,
} from '@fabomatic/members';
import { AuthorizationsService } from '../authorizations/authorizations.service';
import { UnrecognisedCards } from '../boards/unrecognised-cards.service';
import { MembersService } from '../members/members.service';
import { RolesService } from '../members/roles.service';
import {
  day,
  type ExportDefinition,
  flag,
  number,
  pagesOf,
  text,
  time,
  word,
} from './export-definition';

export const members: ExportDefinition<MembersService, MemberListQuery, MemberView> = {
  name: 'members',
  sheet: 'members',
  source: MembersService,
  query: MemberListQuery,
  chunks: (service, query) => pagesOf((page) => service.list(page), query),
  columns: [
    number('id', (member) => member.id),
    text('first_name', (member) => member.firstName),
    text('last_name', (member) => member.lastName),
    text('email', (member) => member.email),
    number('role_id', (member) => member.roleId),
    text('role', (member) => member.roleName),
    text('cards', (member) =>
      member.cards
        .filter(({ revokedAt }) => revokedAt === null)
        .map(({ uid }) => uid)
        .join(', '),
    ),
    flag('disabled', (member) => member.disabled),
    flag('weekly_summary', (member) => member.weeklySummary),
    number('authorizations', (member) => member.authorizations),
    time('last_use', (member) => member.lastUseAt),
    day('consent', (member) => member.consentAt),
    day('membership_ends', (member) => member.membershipEndsOn),
    time('created', (member) => member.createdAt),
    time('deleted', (member) => member.deletedAt),
  ],
};

export const roles: ExportDefinition<RolesService, RoleListQuery, RoleView> = {
  name: 'roles',
  sheet: 'roles',
  source: RolesService,
  query: RoleListQuery,
  chunks: (service, query) => pagesOf((page) => service.list(page), query),
  columns: [
    number('id', (role) => role.id),
    text('name', (role) => role.name),
    flag('authorize_all', (role) => role.authorizeAll),
    flag('maintenance', (role) => role.maintenance),
    word('portal_access', (role) => `exports.word.portal_${role.portalAccess}`),
    flag('reserved', (role) => role.reserved),
    number('members', (role) => role.members),
  ],
};

export const authorizations: ExportDefinition<
  AuthorizationsService,
  AuthorizationListQuery,
  AuthorizationView
> = {
  name: 'authorizations',
  sheet: 'authorizations',
  source: AuthorizationsService,
  query: AuthorizationListQuery,
  chunks: (service, query) => pagesOf((page) => service.list(page), query),
  columns: [
    number('id', (authorization) => authorization.id),
    number('member_id', (authorization) => authorization.memberId),
    text('member', (authorization) => authorization.memberName),
    number('machine_id', (authorization) => authorization.machineId),
    text('machine', (authorization) => authorization.machineName),
    time('created', (authorization) => authorization.createdAt),
  ],
};

export const unrecognizedCards: ExportDefinition<
  UnrecognisedCards,
  UnrecognizedCardListQuery,
  UnrecognizedCardView
> = {
  name: 'unrecognized-cards',
  sheet: 'unrecognized_cards',
  source: UnrecognisedCards,
  query: UnrecognizedCardListQuery,
  chunks: (service, query) => pagesOf((page) => service.list(page), query),
  columns: [
    text('card', (card) => card.uid),
    time('first_seen', (card) => card.firstSeenAt),
    time('last_seen', (card) => card.lastSeenAt),
    number('times', (card) => card.times),
    text('machines', (card) => card.machines.map(({ name }) => name).join(', ')),
  ],
};
