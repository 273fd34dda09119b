import { type Page, type PageQuery, toIso, toIsoOrNull } from '@fabomatic/kernel';
import type { CardView, MemberView } from '@fabomatic/members';
import type { ReadDb } from '../database/db';

interface MemberRow {
  id: number;
  first_name: string;
  last_name: string;
  email: string | null;
  role_id: number;
  role_name: string;
  disabled: boolean;
  created_at: number;
  version: number;
}

interface CardRow {
  id: number;
  member_id: number;
  uid: string;
  label: string | null;
  created_at: number;
  revoked_at: number | null;
}

/** One page of the members who are not deleted, by id, with their cards. Three queries. */
export async function listMembers(
  db: ReadDb,
  { page, pageSize }: PageQuery,
): Promise<Page<MemberView>> {
  const [count] = await db.query<{ total: number }>(
    'SELECT COUNT(*) AS total FROM members WHERE deleted_at IS NULL',
  );
  const rows = await db.query<MemberRow>(
    `SELECT m.id, m.first_name, m.last_name, m.email, m.role_id, r.name AS role_name, m.disabled,
       m.created_at, m.version
     FROM members m JOIN roles r ON r.id = m.role_id
     WHERE m.deleted_at IS NULL ORDER BY m.id LIMIT ? OFFSET ?`,
    [pageSize, (page - 1) * pageSize],
  );
  const cards = await cardsOf(
    db,
    rows.map((row) => row.id),
  );
  const items = rows.map((row) => memberView(row, cards.get(row.id) ?? []));
  return { items, total: count?.total ?? 0, page, pageSize };
}

/** Member id -> that member's cards, revoked ones too. */
async function cardsOf(db: ReadDb, memberIds: number[]): Promise<Map<number, CardView[]>> {
  const cards = new Map<number, CardView[]>();
  if (memberIds.length === 0) return cards;
  const marks = memberIds.map(() => '?').join(', ');
  const rows = await db.query<CardRow>(
    `SELECT id, member_id, uid, label, created_at, revoked_at FROM cards
     WHERE member_id IN (${marks}) ORDER BY id`,
    memberIds,
  );
  for (const row of rows) {
    const list = cards.get(row.member_id) ?? [];
    list.push({
      id: row.id,
      uid: row.uid,
      label: row.label,
      createdAt: toIso(row.created_at),
      revokedAt: toIsoOrNull(row.revoked_at),
    });
    cards.set(row.member_id, list);
  }
  return cards;
}

function memberView(row: MemberRow, cards: CardView[]): MemberView {
  return {
    id: row.id,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    roleId: row.role_id,
    roleName: row.role_name,
    disabled: row.disabled,
    createdAt: toIso(row.created_at),
    cards,
    version: row.version,
  };
}
