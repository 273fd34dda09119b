import { BOARD_ACCOUNT_SORTS, BOARD_SORTS } from '@fabomatic/boards';
import { MACHINE_SORTS, MACHINE_TYPE_SORTS } from '@fabomatic/machines';
import { INTERVENTION_SORTS, MAINTENANCE_PLAN_SORTS } from '@fabomatic/maintenance';
import {
  AUTHORIZATION_SORTS,
  MATRIX_SORTS,
  MEMBER_SORTS,
  ROLE_SORTS,
  UNRECOGNIZED_CARD_SORTS,
} from '@fabomatic/members';
import { USE_SORTS } from '@fabomatic/uses';

/** A list below `/api/v1`, the sorts it knows and queries (without `sort` and `page`) to try. */
export interface MeasuredList {
  readonly path: string;
  readonly sorts: readonly string[];
  readonly filters: readonly string[];
}

const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

/** Every list that grows with the lab. The uses' filters: alone, those that the page offers. */
export function measuredLists(): MeasuredList[] {
  const list = (path: string, sorts: readonly string[], ...filters: string[]): MeasuredList => ({
    path,
    sorts: sorts.flatMap((sort) => [sort, `-${sort}`]),
    filters: ['', ...filters],
  });
  return [
    list(
      'uses',
      USE_SORTS,
      'machineId=7',
      'memberId=70',
      'machineId=7&memberId=70',
      `from=${ago(900)}`,
      `from=${ago(97)}&to=${ago(90)}`,
      'open=true',
      'open=false',
      'replayed=true',
      'replayed=false',
      'estimated=true',
      'unauthorised=true',
      'source=manual',
      'source=board',
      // In the name of every machine and member, of every member, of one machine, of eleven members, of
      // nobody.
      'q=bench',
      'q=member',
      'q=bench+7',
      'q=member+33',
      'q=nobody',
    ),
    list('members', MEMBER_SORTS, 'q=33', 'status=active'),
    list('machines', MACHINE_SORTS, 'q=7'),
    list('machine-types', MACHINE_TYPE_SORTS),
    list('roles', ROLE_SORTS),
    list('authorizations', AUTHORIZATION_SORTS, 'q=33', 'machineId=7'),
    list('authorizations/matrix', MATRIX_SORTS),
    list('maintenance-plans', MAINTENANCE_PLAN_SORTS),
    list('interventions', INTERVENTION_SORTS),
    list('boards', BOARD_SORTS),
    list('board-accounts', BOARD_ACCOUNT_SORTS),
    list('unrecognized-cards', UNRECOGNIZED_CARD_SORTS),
    list('audit', ['at']),
    list('system/mails', ['createdAt', 'recipient']),
  ];
}
