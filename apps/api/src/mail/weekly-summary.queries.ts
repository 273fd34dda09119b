import { cardEnding, portalAccessOf, type PortalAccess } from '@fabomatic/members';
import type { SummaryWeek } from '@fabomatic/system';
import type { ReadDb } from '../database/db';

/** Whoever gets a mail, and what decides about its content. */
export interface MailReader {
  readonly id: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  /** null: none chosen. */
  readonly language: string | null;
  readonly portalAccess: PortalAccess;
  readonly maintenance: boolean;
}

export interface ReaderRow {
  id: number;
  first_name: string;
  last_name: string;
  email: string;
  language: string | null;
  portal_access: string;
  maintenance: boolean;
}

/** Column of `members` that says who asked for it. */
export type MailColumn =
  'weekly_summary' | 'maintenance_due_mails' | 'machine_offline_mails' | 'machine_online_mails';

const COLUMNS =
  'm.id, m.first_name, m.last_name, m.email, m.language, r.portal_access, r.maintenance';

/** Members with an address who asked for it: neither disabled nor deleted. By name. */
export async function readersOf(db: ReadDb, column: MailColumn): Promise<MailReader[]> {
  const rows = await db.query<ReaderRow>(
    `SELECT ${COLUMNS} FROM members m JOIN roles r ON r.id = m.role_id
     WHERE m.${column} = ? AND m.email IS NOT NULL AND m.disabled = ? AND m.deleted_at IS NULL
     ORDER BY LOWER(m.first_name), LOWER(m.last_name), m.id`,
    [true, false],
  );
  return rows.map(readerOf);
}

/** Any member, as the reader of a preview; '' for who has no address. */
export async function readerById(db: ReadDb, id: number): Promise<MailReader | null> {
  const [row] = await db.query<ReaderRow>(
    `SELECT ${COLUMNS.replace('m.email', "COALESCE(m.email, '') AS email")}
     FROM members m JOIN roles r ON r.id = m.role_id WHERE m.id = ? AND m.deleted_at IS NULL`,
    [id],
  );
  return row === undefined ? null : readerOf(row);
}

function readerOf(row: ReaderRow): MailReader {
  return {
    id: row.id,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    language: row.language,
    portalAccess: portalAccessOf(row.portal_access),
    maintenance: row.maintenance,
  };
}

export interface MachineHours {
  readonly name: string;
  readonly uses: number;
  readonly durationS: number;
}

export interface DuePlan {
  readonly machine: string;
  readonly description: string;
  readonly overdueS: number;
  readonly instructionsUrl: string | null;
}

export interface SeenCard {
  /** 'F00D': a mail does not tell the whole number. */
  readonly ending: string;
  /** Since it first came: how often that is counted is not kept by the week. */
  readonly times: number;
  readonly firstSeenAtS: number;
  readonly machines: readonly string[];
}

/**
 * Uses that began within the week and are over, by machine, most hours first. Without a member: of
 * everybody.
 */
export async function hoursOfWeek(
  db: ReadDb,
  { fromS, toS }: SummaryWeek,
  memberId: number | null,
): Promise<MachineHours[]> {
  const rows = await db.query<{ name: string; uses: number; duration_s: number }>(
    `SELECT m.name, COUNT(*) AS uses, COALESCE(SUM(u.duration_s), 0) AS duration_s
     FROM uses u JOIN machines m ON m.id = u.machine_id
     WHERE u.started_at >= ? AND u.started_at < ? AND u.ended_at IS NOT NULL
       ${memberId === null ? '' : 'AND u.member_id = ?'}
     GROUP BY m.id, m.name ORDER BY duration_s DESC, LOWER(m.name)`,
    memberId === null ? [fromS, toS] : [fromS, toS, memberId],
  );
  return rows.map(({ name, uses, duration_s }) => ({ name, uses, durationS: duration_s }));
}

/** Maintenance that is due now, the most overdue first: the rule of `isPlanDue`. */
export async function duePlansNow(db: ReadDb): Promise<DuePlan[]> {
  const rows = await db.query<{
    machine: string;
    description: string;
    overdue_s: number;
    instructions_url: string | null;
  }>(
    `SELECT m.name AS machine, p.description, p.elapsed_s - p.interval_s AS overdue_s,
       p.instructions_url
     FROM maintenance_plans p JOIN machines m ON m.id = p.machine_id
     WHERE p.elapsed_s > p.interval_s ORDER BY overdue_s DESC, p.id`,
  );
  return rows.map((row) => ({
    machine: row.machine,
    description: row.description,
    overdueS: row.overdue_s,
    instructionsUrl: row.instructions_url,
  }));
}

/** Cards that nobody has and that came in the week, as far as that is kept; the oldest first. */
export async function unrecognisedOfWeek(
  db: ReadDb,
  { fromS, toS }: SummaryWeek,
): Promise<SeenCard[]> {
  const rows = await db.query<{
    uid: string;
    machine: string;
    times: number;
    first_seen_at: number;
  }>(
    `SELECT c.uid, m.name AS machine, c.times, c.first_seen_at
     FROM unrecognised_cards c JOIN machines m ON m.id = c.machine_id
     WHERE c.last_seen_at >= ? AND c.first_seen_at < ? ORDER BY c.first_seen_at, c.id`,
    [fromS, toS],
  );
  const cards = new Map<string, { times: number; firstSeenAtS: number; machines: string[] }>();
  for (const { uid, machine, times, first_seen_at } of rows) {
    const card = cards.get(uid) ?? { times: 0, firstSeenAtS: first_seen_at, machines: [] };
    card.times += times;
    card.machines.push(machine);
    cards.set(uid, card);
  }
  return [...cards].map(([uid, card]) => ({ ending: cardEnding(uid), ...card }));
}
