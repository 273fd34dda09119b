import { emailKey, normalizeCardUid } from '@fabomatic/members';
import type { ImportExample } from '@fabomatic/system';
import type { PortalAccess } from '../members/role.entity';
import { StartError } from '../start-error';
import { BatchInsert } from './batch-insert';
import type { ImportContext, ImportedMember, ImportedMembers } from './import-context';
import type { OriginalRow } from './original-file';
import { filledTextOf, flagOf, integerOf, textOf } from './original-values';

type FileMember = Pick<ImportedMember, 'id' | 'name'>;

/** roles -> roles. Only `backend_admin` opens the portal: nobody becomes an admin in passing. */
export async function importRoles({ db, original, report }: ImportContext): Promise<Set<number>> {
  const roles = new Set<number>();
  const rows = new BatchInsert(db, 'roles', [
    'id',
    'name',
    'reserved',
    'authorize_all',
    'maintenance',
    'portal_access',
  ]);
  for (const row of original.rows('roles', 'role_id')) {
    const id = integerOf(row['role_id']);
    if (id === null) continue;
    const access: PortalAccess = flagOf(row['backend_admin']) ? 'admin' : 'none';
    await rows.add(
      id,
      textOf(row['role_name']) ?? `role ${id}`,
      flagOf(row['reserved']),
      flagOf(row['authorize_all']),
      flagOf(row['maintenance']),
      access,
    );
    roles.add(id);
  }
  await rows.end();
  report.count('roles', 'roles', original.count('roles'), rows.count);
  return roles;
}

/** users -> members and cards. */
export async function importMembers(
  context: ImportContext,
  roles: ReadonlySet<number>,
): Promise<ImportedMembers> {
  const { db, original, report, nowS } = context;
  const members = new Map<number, ImportedMember>();
  const rows = new BatchInsert(db, 'members', [
    'id',
    'first_name',
    'last_name',
    'email',
    'email_key',
    'role_id',
    'disabled',
    'deleted_at',
    'password_hash',
    'must_change_password',
    'weekly_summary',
    'created_at',
  ]);
  const cards = new CardImport(context);
  /** Key: address in small letters; value: who has it. */
  const addresses = new Map<string, FileMember>();
  const found = [...original.rows('users', 'user_id')];
  for (const row of found) {
    const id = integerOf(row['user_id']);
    if (id === null) continue;
    const [firstName, lastName] = [textOf(row['name']) ?? '', textOf(row['surname']) ?? ''];
    const member = { id, name: `${firstName} ${lastName}`.trim() };
    const roleId = integerOf(row['role_id']);
    if (roleId === null || !roles.has(roleId)) {
      throw new StartError(
        `The file is inconsistent: member ${id} (${member.name}) has the role ${String(row['role_id'])}, which does not exist. Give that user a role in the original first.`,
      );
    }
    const isDeleted = flagOf(row['deleted']);
    const email = filledTextOf(row['email']);
    const key = isDeleted ? null : keyOfAddress(context, addresses, email, member);
    await rows.add(
      id,
      firstName,
      lastName,
      email,
      key,
      roleId,
      flagOf(row['disabled']),
      isDeleted ? nowS : null,
      filledTextOf(row['password_hash']),
      false,
      flagOf(row['receive_weekly_summary']),
      nowS,
    );
    members.set(id, { ...member, cardUid: null });
  }
  await rows.end();
  report.count('users', 'members', found.length, rows.count);
  for (const row of found) await cards.add(row, members);
  await cards.end();
  return members;
}

/** The address as the one member's who has it first; null for whoever else has it. */
function keyOfAddress(
  { report }: ImportContext,
  addresses: Map<string, FileMember>,
  email: string | null,
  member: FileMember,
): string | null {
  if (email === null) return null;
  const key = emailKey(email);
  const first = addresses.get(key);
  if (first === undefined) {
    addresses.set(key, member);
    return key;
  }
  report.note('email_shared', { form: 'shared_email', email, first, second: member });
  return null;
}

/** A user's card becomes a row of its own; a deleted member's card is nobody's any more. */
class CardImport {
  private readonly rows: BatchInsert;
  /** Key: uid of a valid card; value: whose it is. */
  private readonly active = new Map<string, FileMember>();

  constructor(private readonly context: ImportContext) {
    this.rows = new BatchInsert(context.db, 'cards', [
      'member_id',
      'uid',
      'created_at',
      'revoked_at',
    ]);
  }

  async add(row: OriginalRow, members: ReadonlyMap<number, ImportedMember>): Promise<void> {
    const { nowS, report } = this.context;
    const id = integerOf(row['user_id']);
    const member = id === null ? undefined : members.get(id);
    const written = filledTextOf(row['card_UUID']);
    if (id === null || !member || written === null) return;
    const normal = normalizeCardUid(written);
    const uid = normal ?? written;
    if (normal === null) {
      report.note('card_unreadable', memberCard(member, written));
    } else if (normal !== written) {
      report.note('card_in_capitals', memberCard(member, written));
    }
    const isRevoked = flagOf(row['deleted']) || this.isTaken(uid, member);
    if (!isRevoked) {
      this.active.set(uid, member);
      member.cardUid = uid;
    }
    await this.rows.add(id, uid, nowS, isRevoked ? nowS : null);
  }

  async end(): Promise<void> {
    await this.rows.end();
  }

  private isTaken(uid: string, member: ImportedMember): boolean {
    const first = this.active.get(uid);
    if (first === undefined) return false;
    this.context.report.note('card_twice', {
      form: 'shared_card',
      card: uid,
      keeps: inFile(first),
      loses: inFile(member),
    });
    return true;
  }
}

function memberCard(member: FileMember, card: string): ImportExample {
  return { form: 'member_card', member: inFile(member), card };
}

/** What the report says of a member, and no more. */
function inFile({ id, name }: FileMember): FileMember {
  return { id, name };
}
