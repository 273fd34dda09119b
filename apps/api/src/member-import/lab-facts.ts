import type { CalendarDay } from '@fabomatic/kernel';
import { type MemberLanguage, type PortalAccess, SYSTEM_ROLE } from '@fabomatic/members';
import type { ReadDb } from '../database/db';

export interface KnownMember {
  readonly id: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly roleId: number;
  readonly portalAccess: PortalAccess;
  readonly language: MemberLanguage | null;
  readonly weeklySummary: boolean;
  readonly consentAt: CalendarDay | null;
  readonly membershipEndsOn: CalendarDay | null;
  readonly version: number;
}

export interface KnownRole {
  readonly id: number;
  readonly name: string;
  readonly portalAccess: PortalAccess;
  readonly isSystem: boolean;
}

/** All that decides what becomes of a table of members, as the database has it at one moment. */
export interface LabFacts {
  readonly members: readonly KnownMember[];
  /** Key: uid of a valid card; value: whose it is. */
  readonly cards: ReadonlyMap<string, number>;
  readonly roles: readonly KnownRole[];
  readonly machines: readonly { readonly id: number; readonly name: string }[];
  /** '<member id>/<machine id>' */
  readonly authorizations: ReadonlySet<string>;
}

interface MemberRow {
  id: number;
  first_name: string;
  last_name: string;
  email: string | null;
  role_id: number;
  language: MemberLanguage | null;
  weekly_summary: boolean;
  consent_at: CalendarDay | null;
  membership_ends_on: CalendarDay | null;
  version: number;
}

export async function loadFacts(db: ReadDb): Promise<LabFacts> {
  const roles = (
    await db.query<{ id: number; name: string; reserved: boolean; portal_access: PortalAccess }>(
      'SELECT id, name, reserved, portal_access FROM roles ORDER BY id',
    )
  ).map(({ id, name, reserved, portal_access }) => ({
    id,
    name,
    portalAccess: portal_access,
    isSystem: reserved && name === SYSTEM_ROLE,
  }));
  const roleOf = new Map(roles.map((role) => [role.id, role]));
  const members = await db.query<MemberRow>(
    `SELECT id, first_name, last_name, email, role_id, language, weekly_summary, consent_at,
       membership_ends_on, version
     FROM members WHERE deleted_at IS NULL ORDER BY id`,
  );
  const cards = await db.query<{ uid: string; member_id: number }>(
    'SELECT uid, member_id FROM cards WHERE revoked_at IS NULL',
  );
  const pairs = await db.query<{ member_id: number; machine_id: number }>(
    'SELECT member_id, machine_id FROM authorizations',
  );
  return {
    members: members
      .filter(({ role_id }) => roleOf.get(role_id)?.isSystem !== true)
      .map((row) => ({
        id: row.id,
        firstName: row.first_name,
        lastName: row.last_name,
        email: row.email,
        roleId: row.role_id,
        portalAccess: roleOf.get(row.role_id)?.portalAccess ?? 'none',
        language: row.language,
        weeklySummary: row.weekly_summary,
        consentAt: row.consent_at,
        membershipEndsOn: row.membership_ends_on,
        version: row.version,
      })),
    cards: new Map(cards.map(({ uid, member_id }) => [uid, member_id])),
    roles,
    machines: await db.query('SELECT id, name FROM machines ORDER BY id'),
    authorizations: new Set(pairs.map((pair) => `${pair.member_id}/${pair.machine_id}`)),
  };
}
