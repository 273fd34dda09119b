import { assertNever, type Page, toIso, toIsoOrNull } from '@fabomatic/kernel';
import {
  API_KEY_PERMISSIONS,
  type ApiKeyListQuery,
  type ApiKeyPermission,
  type ApiKeyState,
  type ApiKeyView,
} from '@fabomatic/members';
import type { ReadDb } from '../database/db';
import { Conditions, mapPage, orderBy, pageOfRows } from '../database/list-sql';

export interface ApiKeyRow {
  id: number;
  name: string;
  permissions: string;
  first_name: string | null;
  last_name: string | null;
  created_at: number;
  expires_at: number;
  last_used_at: number | null;
  last_used_ip: string | null;
  revoked_at: number | null;
}

const SELECT = `k.id, k.name, k.permissions, m.first_name, m.last_name, k.created_at, k.expires_at,
  k.last_used_at, k.last_used_ip, k.revoked_at`;
const FROM = 'api_keys k LEFT JOIN members m ON m.id = k.created_by';
const SORT_COLUMNS = {
  name: 'LOWER(k.name)',
  createdAt: 'k.created_at',
  expiresAt: 'k.expires_at',
  lastUsedAt: 'k.last_used_at',
};

export async function listApiKeys(
  db: ReadDb,
  query: ApiKeyListQuery,
  nowS: number,
): Promise<Page<ApiKeyView>> {
  const conditions = new Conditions().search(query.q, 'k.name');
  if (query.state !== undefined) addState(conditions, query.state, nowS);
  const statement = {
    select: SELECT,
    from: FROM,
    conditions,
    orderBy: orderBy(query.sort, SORT_COLUMNS, 'k.id'),
  };
  return mapPage(await pageOfRows<ApiKeyRow>(db, statement, query), (row) => view(row, nowS));
}

export async function findApiKey(db: ReadDb, id: number, nowS: number): Promise<ApiKeyView | null> {
  const [row] = await db.query<ApiKeyRow>(`SELECT ${SELECT} FROM ${FROM} WHERE k.id = ?`, [id]);
  return row === undefined ? null : view(row, nowS);
}

/** The key that opens something now. */
export async function findGoodKey(
  db: ReadDb,
  tokenHash: string,
  nowS: number,
): Promise<ApiKeyRow | undefined> {
  const [row] = await db.query<ApiKeyRow>(
    `SELECT ${SELECT} FROM ${FROM}
     WHERE k.token_hash = ? AND k.revoked_at IS NULL AND k.expires_at > ?`,
    [tokenHash, nowS],
  );
  return row;
}

/** 'read machines' -> what of it there still is. */
export function permissionsOf(text: string): ApiKeyPermission[] {
  const given = new Set(text.split(' '));
  return API_KEY_PERMISSIONS.filter((permission) => given.has(permission));
}

function addState(conditions: Conditions, state: ApiKeyState, nowS: number): void {
  switch (state) {
    case 'good':
      conditions.add('k.revoked_at IS NULL AND k.expires_at > ?', nowS);
      break;
    case 'expired':
      conditions.add('k.revoked_at IS NULL AND k.expires_at <= ?', nowS);
      break;
    case 'revoked':
      conditions.add('k.revoked_at IS NOT NULL');
      break;
    default:
      assertNever(state);
  }
}

function view(row: ApiKeyRow, nowS: number): ApiKeyView {
  const creator = row.first_name === null ? null : `${row.first_name} ${row.last_name ?? ''}`;
  return {
    id: row.id,
    name: row.name,
    permissions: permissionsOf(row.permissions),
    state: stateOf(row, nowS),
    createdBy: creator?.trim() ?? null,
    createdAt: toIso(row.created_at),
    expiresAt: toIso(row.expires_at),
    lastUsedAt: toIsoOrNull(row.last_used_at),
    lastUsedIp: row.last_used_ip,
  };
}

function stateOf({ revoked_at, expires_at }: ApiKeyRow, nowS: number): ApiKeyState {
  if (revoked_at !== null) return 'revoked';
  return expires_at > nowS ? 'good' : 'expired';
}
