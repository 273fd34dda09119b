import { cardEnding, type FoundMember } from '@fabomatic/members';
import type { ReadDb } from '../database/db';
import { escapeLike } from '../database/list-sql';

interface FoundMemberRow {
  id: number;
  first_name: string;
  last_name: string;
  email: string | null;
  role_name: string;
  disabled: boolean;
  card_uid: string | null;
}

const SEARCHED = [
  `(m.first_name || ' ' || m.last_name)`,
  `(m.last_name || ' ' || m.first_name)`,
  'm.email',
];
/** Stands in no card. */
const NO_CARD = '-';
const CARDS = `FROM cards c
  WHERE c.member_id = m.id AND c.revoked_at IS NULL AND LOWER(c.uid) LIKE ? ESCAPE '\\'`;

/** Members whose name, e-mail or card has the text in it. One query. */
export async function findMembers(db: ReadDb, text: string, limit: number): Promise<FoundMember[]> {
  const card = `%${cardDigits(text) ?? NO_CARD}%`;
  const begins = `${escapeLike(text)}%`;
  const anywhere = `%${escapeLike(text)}%`;
  const rows = await db.query<FoundMemberRow>(
    `SELECT m.id, m.first_name, m.last_name, m.email, r.name AS role_name, m.disabled,
       (SELECT MIN(c.uid) ${CARDS}) AS card_uid
     FROM members m JOIN roles r ON r.id = m.role_id
     WHERE m.deleted_at IS NULL AND (${SEARCHED.map((column) => `LOWER(${column}) LIKE ? ESCAPE '\\'`).join(' OR ')}
       OR EXISTS (SELECT 1 ${CARDS}))
     ORDER BY CASE WHEN LOWER(m.first_name) LIKE ? ESCAPE '\\'
         OR LOWER(m.last_name) LIKE ? ESCAPE '\\' THEN 0 ELSE 1 END,
       LOWER(m.last_name), LOWER(m.first_name), m.id
     LIMIT ?`,
    [card, ...SEARCHED.map(() => anywhere), card, begins, begins, limit],
  );
  return rows.map((row) => ({
    id: row.id,
    name: `${row.first_name} ${row.last_name}`.trim(),
    roleName: row.role_name,
    email: row.email,
    cardEnding: row.card_uid === null || isFoundByName(row, text) ? null : cardEnding(row.card_uid),
    disabled: row.disabled,
  }));
}

/** A card may be typed as it is printed: '04:A1:B2:C3'. null for what is too short, or no card. */
function cardDigits(text: string): string | null {
  const digits = text.replace(/[\s:.-]/g, '').toLowerCase();
  return /^[0-9a-f]{3,}$/.test(digits) ? digits : null;
}

/** 'ada' is in names and in cards: the card is only told where it is the reason. */
function isFoundByName(row: FoundMemberRow, text: string): boolean {
  const { first_name: first, last_name: last, email } = row;
  const sought = text.toLowerCase();
  return [`${first} ${last}`, `${last} ${first}`, email ?? ''].some((each) =>
    each.toLowerCase().includes(sought),
  );
}
