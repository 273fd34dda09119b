import { type LabZone, type Page, SECONDS_PER_DAY, toIso, toIsoOrNull } from '@fabomatic/kernel';
import {
  type CardView,
  type MemberLanguage,
  type MemberListQuery,
  type MembershipDays,
  membershipState,
  type MembershipState,
  type MemberStatus,
  type MemberView,
  type PortalAccess,
  RECENT_DAYS,
  SYSTEM_ROLE,
} from '@fabomatic/members';
import type { ReadDb } from '../database/db';
import { Conditions, orderBy, pageOfRows } from '../database/list-sql';

interface MemberRow {
  id: number;
  first_name: string;
  last_name: string;
  email: string | null;
  role_id: number;
  role_name: string;
  portal_access: string;
  authorize_all: boolean;
  disabled: boolean;
  weekly_summary: boolean;
  maintenance_due_mails: boolean;
  machine_offline_mails: boolean;
  machine_online_mails: boolean;
  language: string | null;
  has_password: number;
  has_second_factor: number;
  consent_at: string | null;
  membership_ends_on: string | null;
  created_at: number;
  deleted_at: number | null;
  version: number;
  authorizations: number;
  last_use_at: number | null;
}

/** The time of a query, and what it means for memberships. */
export interface MemberTime extends MembershipDays {
  readonly nowS: number;
  readonly zone: LabZone;
}

interface CardRow {
  id: number;
  member_id: number;
  uid: string;
  label: string | null;
  created_at: number;
  revoked_at: number | null;
}

/** Who stands for nobody in particular: the first member of the reserved role. 0: there is none. */
const SYSTEM_MEMBER = `COALESCE((SELECT MIN(s.id) FROM members s JOIN roles sr ON sr.id = s.role_id
  WHERE sr.reserved = ? AND sr.name = ?), 0)`;

const FROM = 'members m JOIN roles r ON r.id = m.role_id';
const SELECT = `m.id, m.first_name, m.last_name, m.email, m.role_id, r.name AS role_name,
  r.portal_access, r.authorize_all, m.disabled, m.weekly_summary,
  m.maintenance_due_mails, m.machine_offline_mails, m.machine_online_mails, m.language, m.created_at,
  m.consent_at, m.membership_ends_on, m.deleted_at, m.version, CASE WHEN m.password_hash IS NULL THEN 0 ELSE 1 END AS has_password,
  (SELECT COUNT(*) FROM second_factors f WHERE f.member_id = m.id AND f.confirmed_at IS NOT NULL)
    AS has_second_factor,
  (SELECT COUNT(*) FROM authorizations a WHERE a.member_id = m.id) AS authorizations,
  (SELECT MAX(u.started_at) FROM uses u WHERE u.member_id = m.id) AS last_use_at`;
const VALID_CARDS = 'FROM cards c WHERE c.member_id = m.id AND c.revoked_at IS NULL';

const SORT_COLUMNS = {
  name: "LOWER(m.first_name || ' ' || m.last_name)",
  role: 'LOWER(r.name)',
  email: 'LOWER(m.email)',
  createdAt: 'm.created_at',
  lastUse: 'last_use_at',
  status: 'm.disabled',
};

/** Status of {@link MemberListQuery} -> condition; undefined: all who are not deleted. */
const STATUS_TERMS: Readonly<Record<MemberStatus, string>> = {
  active: 'm.deleted_at IS NULL AND m.disabled = ?',
  disabled: 'm.deleted_at IS NULL AND m.disabled = ?',
  deleted: 'm.deleted_at IS NOT NULL',
};

/** One page of members with their cards. Four queries, whatever the page. */
export async function listMembers(
  db: ReadDb,
  query: MemberListQuery,
  time: MemberTime,
): Promise<Page<MemberView>> {
  const statement = {
    select: SELECT,
    from: FROM,
    conditions: conditionsOf(query, time),
    orderBy: orderBy(query.sort, SORT_COLUMNS, 'm.id'),
  };
  const page = await pageOfRows<MemberRow>(db, statement, query);
  return { ...page, items: await viewsOf(db, page.items, time) };
}

/** A member, deleted ones too; null for whoever is none, and for the system's own. */
export async function findMember(
  db: ReadDb,
  id: number,
  time: MemberTime,
): Promise<MemberView | null> {
  const rows = await db.query<MemberRow>(
    `SELECT ${SELECT} FROM ${FROM} WHERE m.id = ? AND m.id <> ${SYSTEM_MEMBER}`,
    [id, true, SYSTEM_ROLE],
  );
  const [view] = await viewsOf(db, rows, time);
  return view ?? null;
}

/** How many members the lab should think about erasing. */
export async function countErasable(db: ReadDb, time: MemberTime): Promise<number> {
  const query: MemberListQuery = { page: 1, pageSize: 1, sort: 'name', membership: 'erasable' };
  const statement = { select: 'm.id', from: FROM, orderBy: 'ORDER BY m.id' };
  const page = await pageOfRows(db, { ...statement, conditions: conditionsOf(query, time) }, query);
  return page.total;
}

function conditionsOf(query: MemberListQuery, time: MemberTime): Conditions {
  const { status, hasPortalAccess, hasCard, hasConsent, machineId, membership } = query;
  const conditions = new Conditions()
    .add(`m.id <> ${SYSTEM_MEMBER}`, true, SYSTEM_ROLE)
    .search(
      query.q,
      // Either name may be typed first.
      "m.first_name || ' ' || m.last_name || ' ' || m.first_name",
      'm.email',
      `(SELECT string_agg(c.uid, ' ') ${VALID_CARDS})`,
    )
    .filter('m.role_id = ?', query.roleId);
  if (membership !== undefined) addMembership(conditions, membership, time);
  if (hasConsent !== undefined) {
    conditions.add(`m.consent_at IS ${hasConsent ? 'NOT ' : ''}NULL`);
  }
  if (status === undefined) {
    if (membership !== 'erasable') conditions.add('m.deleted_at IS NULL');
  } else if (status === 'deleted') conditions.add(STATUS_TERMS.deleted);
  else conditions.add(STATUS_TERMS[status], status === 'disabled');
  if (hasPortalAccess !== undefined) {
    conditions.add(`r.portal_access ${hasPortalAccess ? '<>' : '='} 'none'`);
  }
  if (hasCard !== undefined) {
    conditions.add(`${hasCard ? '' : 'NOT '}EXISTS (SELECT 1 ${VALID_CARDS})`);
  }
  if (machineId !== undefined) {
    conditions.add(
      `(r.authorize_all = ? OR EXISTS (
        SELECT 1 FROM authorizations a WHERE a.member_id = m.id AND a.machine_id = ?))`,
      true,
      machineId,
    );
  }
  return conditions;
}

/** The same as {@link membershipState} says of each. */
function addMembership(conditions: Conditions, state: MembershipState, time: MemberTime): void {
  const { today, erasableBefore, zone } = time;
  switch (state) {
    case 'current':
      conditions.add(
        'm.deleted_at IS NULL AND (m.membership_ends_on IS NULL OR m.membership_ends_on >= ?)',
        today,
      );
      return;
    case 'ended':
      conditions.add('(m.deleted_at IS NOT NULL OR m.membership_ends_on < ?)', today);
      return;
    case 'erasable':
      if (erasableBefore === null) conditions.add('m.id IS NULL');
      else {
        conditions.add(
          '(m.membership_ends_on < ? OR m.deleted_at < ?)',
          erasableBefore,
          zone.startOfDayS(erasableBefore),
        );
      }
  }
}

async function viewsOf(
  db: ReadDb,
  rows: readonly MemberRow[],
  time: MemberTime,
): Promise<MemberView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const cards = await cardsOf(db, ids);
  const recent = await recentDurations(db, ids, time.nowS - RECENT_DAYS * SECONDS_PER_DAY);
  return rows.map((row) => ({
    ...view(row, cards.get(row.id) ?? [], recent.get(row.id) ?? 0),
    membership: membershipState(
      {
        endsOn: row.membership_ends_on,
        deletedOn: row.deleted_at === null ? null : time.zone.day(row.deleted_at),
      },
      time,
    ),
  }));
}

/** Member id -> that member's cards, revoked ones too. */
async function cardsOf(db: ReadDb, memberIds: readonly number[]): Promise<Map<number, CardView[]>> {
  const cards = new Map<number, CardView[]>();
  const rows = await db.query<CardRow>(
    `SELECT id, member_id, uid, label, created_at, revoked_at FROM cards
     WHERE member_id IN (${marks(memberIds)}) ORDER BY id`,
    memberIds,
  );
  for (const row of rows) {
    const list = cards.get(row.member_id) ?? [];
    list.push(cardView(row));
    cards.set(row.member_id, list);
  }
  return cards;
}

/** Member id -> seconds of the uses that began since then. */
async function recentDurations(
  db: ReadDb,
  memberIds: readonly number[],
  sinceS: number,
): Promise<Map<number, number>> {
  const rows = await db.query<{ member_id: number; duration_s: number }>(
    `SELECT member_id, COALESCE(SUM(duration_s), 0) AS duration_s FROM uses
     WHERE member_id IN (${marks(memberIds)}) AND started_at >= ? GROUP BY member_id`,
    [...memberIds, sinceS],
  );
  return new Map(rows.map((row) => [row.member_id, row.duration_s]));
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}

function cardView(row: CardRow): CardView {
  return {
    id: row.id,
    uid: row.uid,
    label: row.label,
    createdAt: toIso(row.created_at),
    revokedAt: toIsoOrNull(row.revoked_at),
  };
}

function view(
  row: MemberRow,
  cards: CardView[],
  recentDurationS: number,
): Omit<MemberView, 'membership'> {
  return {
    id: row.id,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    roleId: row.role_id,
    roleName: row.role_name,
    portalAccess: row.portal_access as PortalAccess,
    authorizeAll: row.authorize_all,
    disabled: row.disabled,
    weeklySummary: row.weekly_summary,
    maintenanceDueMails: row.maintenance_due_mails,
    machineOfflineMails: row.machine_offline_mails,
    machineOnlineMails: row.machine_online_mails,
    language: row.language as MemberLanguage | null,
    hasPassword: row.has_password === 1,
    hasSecondFactor: row.has_second_factor > 0,
    consentAt: row.consent_at,
    membershipEndsOn: row.membership_ends_on,
    createdAt: toIso(row.created_at),
    deletedAt: toIsoOrNull(row.deleted_at),
    authorizations: row.authorizations,
    lastUseAt: toIsoOrNull(row.last_use_at),
    recentDurationS,
    cards,
    version: row.version,
  };
}
