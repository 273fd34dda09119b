import { type Page, toIso, toIsoOrNull } from '@fabomatic/kernel';
import type {
  CardView,
  MemberLanguage,
  MyAuthorizationView,
  MyDataView,
  MyListQuery,
  MyUseView,
} from '@fabomatic/members';
import type { ReadDb } from '../database/db';
import { Conditions, mapPage, pageOfRows } from '../database/list-sql';

interface MyDataRow {
  id: number;
  first_name: string;
  last_name: string;
  email: string | null;
  role_name: string;
  authorize_all: boolean;
  language: string | null;
  created_at: number;
  consent_at: string | null;
  membership_ends_on: string | null;
  version: number;
  cards: number;
  authorizations: number;
  uses: number;
}

/** What is kept about a member; null when there is none. One query, counts by index. */
export async function findMyData(
  db: ReadDb,
  memberId: number,
): Promise<Omit<MyDataView, 'lab' | 'hasMembershipEnded'> | null> {
  const [row] = await db.query<MyDataRow>(
    `SELECT m.id, m.first_name, m.last_name, m.email, r.name AS role_name, r.authorize_all,
       m.language, m.created_at, m.consent_at, m.membership_ends_on, m.version,
       (SELECT COUNT(*) FROM cards c WHERE c.member_id = m.id) AS cards,
       (SELECT COUNT(*) FROM authorizations a WHERE a.member_id = m.id) AS authorizations,
       (SELECT COUNT(*) FROM uses u WHERE u.member_id = m.id) AS uses
     FROM members m JOIN roles r ON r.id = m.role_id WHERE m.id = ? AND m.deleted_at IS NULL`,
    [memberId],
  );
  if (row === undefined) return null;
  return {
    id: row.id,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    roleName: row.role_name,
    mayUseAllMachines: row.authorize_all,
    language: row.language as MemberLanguage | null,
    createdAt: toIso(row.created_at),
    consentAt: row.consent_at,
    membershipEndsOn: row.membership_ends_on,
    cards: row.cards,
    authorizations: row.authorizations,
    uses: row.uses,
    version: row.version,
  };
}

interface CardRow {
  id: number;
  uid: string;
  label: string | null;
  created_at: number;
  revoked_at: number | null;
}

export async function listMyCards(
  db: ReadDb,
  memberId: number,
  query: MyListQuery,
): Promise<Page<CardView>> {
  const statement = {
    select: 'id, uid, label, created_at, revoked_at',
    from: 'cards',
    conditions: new Conditions().add('member_id = ?', memberId),
    orderBy: 'ORDER BY id DESC',
  };
  return mapPage(await pageOfRows<CardRow>(db, statement, query), (row) => ({
    id: row.id,
    uid: row.uid,
    label: row.label,
    createdAt: toIso(row.created_at),
    revokedAt: toIsoOrNull(row.revoked_at),
  }));
}

interface AuthorizationRow {
  machine_id: number;
  machine_name: string;
  blocked: boolean;
  created_at: number;
}

export async function listMyAuthorizations(
  db: ReadDb,
  memberId: number,
  query: MyListQuery,
): Promise<Page<MyAuthorizationView>> {
  const statement = {
    select: 'a.machine_id, m.name AS machine_name, m.blocked, a.created_at',
    from: 'authorizations a JOIN machines m ON m.id = a.machine_id',
    conditions: new Conditions().add('a.member_id = ?', memberId),
    orderBy: 'ORDER BY LOWER(m.name), a.id',
  };
  return mapPage(await pageOfRows<AuthorizationRow>(db, statement, query), (row) => ({
    machineId: row.machine_id,
    machineName: row.machine_name,
    isBlocked: row.blocked,
    since: toIso(row.created_at),
  }));
}

interface UseRow {
  id: number;
  machine_name: string;
  started_at: number;
  ended_at: number | null;
  duration_s: number | null;
  estimated: boolean;
}

export async function listMyUses(
  db: ReadDb,
  memberId: number,
  query: MyListQuery,
): Promise<Page<MyUseView>> {
  const statement = {
    select: 'u.id, m.name AS machine_name, u.started_at, u.ended_at, u.duration_s, u.estimated',
    from: 'uses u JOIN machines m ON m.id = u.machine_id',
    conditions: new Conditions().add('u.member_id = ?', memberId),
    orderBy: 'ORDER BY u.started_at DESC, u.id DESC',
  };
  return mapPage(await pageOfRows<UseRow>(db, statement, query), (row) => ({
    id: row.id,
    machineName: row.machine_name,
    startedAt: toIso(row.started_at),
    endedAt: toIsoOrNull(row.ended_at),
    durationS: row.duration_s,
    isEstimated: row.estimated,
  }));
}
