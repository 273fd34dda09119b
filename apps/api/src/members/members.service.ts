import { AppError, type Clock, type Page } from '@fabomatic/kernel';
import {
  emailKey,
  type EmailUser,
  type MemberCreate,
  type MemberImpact,
  type MemberListQuery,
  type MemberSummary,
  type MemberUpdate,
  type MemberView,
  missingEmail,
  wantsAlerts,
} from '@fabomatic/members';
import { Inject, Injectable } from '@nestjs/common';
import type { Editor } from '../auth/session.guard';
import { type Db, ReadDb, type SqlValue } from '../database/db';
import { fieldError, refusing, updateVersioned } from '../database/refusals';
import { CLOCK, LabService } from '../lab/lab.service';
import { MemberCardsService } from './member-cards.service';
import { memberImpact, memberSummary } from './member-facts.queries';
import {
  assignableRole,
  holderOfEmail,
  isSelf,
  keepingAnAdministrator,
  refuseDeleted,
  refuseTakenEmail,
  refuseUnlessMayChange,
} from './member-guards';
import { refuseMailsOutsideRole, roleById } from './member-mails';
import { MemberRecords } from './member-records.service';
import { countErasable, listMembers } from './members.queries';
import { MembershipCalendar } from './membership-calendar.service';

/** When two are at it at once: whoever asks first is told by {@link refuseTakenEmail}. */
const EMAIL_TAKEN = fieldError('member.email_taken', 'email', { holder: '' });

/** Adding and changing members; what ends and brings back a membership is next door. */
@Injectable()
export class MembersService {
  constructor(
    private readonly db: ReadDb,
    private readonly lab: LabService,
    private readonly records: MemberRecords,
    private readonly cards: MemberCardsService,
    private readonly calendar: MembershipCalendar,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(query: MemberListQuery): Promise<Page<MemberView>> {
    return listMembers(this.db, query, this.calendar.now());
  }

  /** How many people's membership ended so long ago that the lab should think about erasing them. */
  countErasable(): Promise<number> {
    return countErasable(this.db, this.calendar.now());
  }

  get(id: number): Promise<MemberView> {
    return this.records.existing(this.db, id);
  }

  async summary(id: number): Promise<MemberSummary> {
    await this.records.existing(this.db, id);
    return memberSummary(this.db, id);
  }

  async impact(id: number): Promise<MemberImpact> {
    await this.records.existing(this.db, id);
    return memberImpact(this.db, id);
  }

  create(editor: Editor, body: MemberCreate): Promise<MemberView> {
    return this.lab.change(async (db) => {
      if (body.email !== null) await refuseTakenEmail(db, body.email, null);
      return this.createInside(db, editor, body);
    });
  }

  /** Inside a unit that looked itself whether the address is somebody's: many at once do. */
  async createInside(db: Db, editor: Editor, body: MemberCreate): Promise<MemberView> {
    const role = await assignableRole(db, body.roleId);
    const { portalAccess } = role;
    refuseUnlessMayChange(editor, portalAccess);
    refuseMissingEmail({ ...body, wantsAlerts: wantsAlerts(body), portalAccess });
    refuseMailsOutsideRole(body, role);
    const added = db.insert('members', {
      first_name: body.firstName,
      last_name: body.lastName,
      email: body.email,
      email_key: body.email === null ? null : emailKey(body.email),
      role_id: body.roleId,
      disabled: body.disabled,
      weekly_summary: body.weeklySummary,
      maintenance_due_mails: body.maintenanceDueMails,
      machine_offline_mails: body.machineOfflineMails,
      machine_online_mails: body.machineOnlineMails,
      language: body.language,
      consent_at: body.consentAt,
      membership_ends_on: body.membershipEndsOn,
      created_at: this.clock.nowS(),
    });
    const id = await refusing(added, { unique: EMAIL_TAKEN });
    for (const [index, card] of body.cards.entries()) {
      await this.cards.give(db, id, card, `cards.${index}.uid`);
    }
    return this.records.recordChange(db, editor, 'create', { id, before: null });
  }

  update(editor: Editor, id: number, body: MemberUpdate): Promise<MemberView> {
    return this.lab.change((db) => this.updateInside(db, editor, id, body));
  }

  /** Inside a unit. */
  async updateInside(db: Db, editor: Editor, id: number, body: MemberUpdate): Promise<MemberView> {
    const before = await this.records.existing(db, id);
    refuseDeleted(before);
    const hasNewRole = body.roleId !== undefined && body.roleId !== before.roleId;
    const { portalAccess } = hasNewRole ? await assignableRole(db, body.roleId ?? 0) : before;
    refuseUnlessMayChange(editor, before.portalAccess, portalAccess);
    if (body.disabled === true && isSelf(editor, id)) throw new AppError('member.self');
    if (wantsAlerts(body))
      refuseMailsOutsideRole(body, await roleById(db, body.roleId ?? before.roleId));
    refuseNewlyMissingEmail(userOf(before), { ...emailUserAfter(before, body), portalAccess });
    const columns = {
      first_name: body.firstName,
      last_name: body.lastName,
      ...(await emailColumns(db, before, body.email)),
      role_id: body.roleId,
      disabled: body.disabled,
      weekly_summary: body.weeklySummary,
      maintenance_due_mails: body.maintenanceDueMails,
      machine_offline_mails: body.machineOfflineMails,
      machine_online_mails: body.machineOnlineMails,
      language: body.language,
      consent_at: body.consentAt,
      membership_ends_on: body.membershipEndsOn,
    };
    const change = keepingAnAdministrator(db, () =>
      updateVersioned(db, 'members', { id, version: body.version }, columns),
    );
    await refusing(change, { unique: EMAIL_TAKEN });
    if (isOtherAddress(before, body.email)) await forgetLinks(db, id);
    return this.records.recordChange(db, editor, 'update', { id, before });
  }
}

function userOf(member: MemberView): EmailUser {
  return { ...member, wantsAlerts: wantsAlerts(member) };
}

function refuseMissingEmail(member: EmailUser): void {
  const code = missingEmail(member);
  if (code !== null) throw new AppError('request.invalid', {}, { email: code });
}

/** Imported members may lack an address that they need: they can be changed all the same. */
function refuseNewlyMissingEmail(before: EmailUser, after: EmailUser): void {
  if (missingEmail(after) !== missingEmail(before)) refuseMissingEmail(after);
}

function emailUserAfter(before: MemberView, body: MemberUpdate): Omit<EmailUser, 'portalAccess'> {
  return {
    email: body.email === undefined ? before.email : body.email,
    weeklySummary: body.weeklySummary ?? before.weeklySummary,
    wantsAlerts: wantsAlerts({
      maintenanceDueMails: body.maintenanceDueMails ?? before.maintenanceDueMails,
      machineOfflineMails: body.machineOfflineMails ?? before.machineOfflineMails,
      machineOnlineMails: body.machineOnlineMails ?? before.machineOnlineMails,
    }),
  };
}

/** An address that an import found with several members stays with each of them until it changes. */
async function emailColumns(
  db: ReadDb,
  before: MemberView,
  email: string | null | undefined,
): Promise<Record<string, SqlValue>> {
  if (email === undefined) return {};
  if (email === null) return { email, email_key: null };
  const key = emailKey(email);
  const isSame = before.email !== null && emailKey(before.email) === key;
  if (!isSame) await refuseTakenEmail(db, email, before.id);
  const isShared = isSame && (await holderOfEmail(db, email, before.id)) !== null;
  return isShared ? { email } : { email, email_key: key };
}

function isOtherAddress(before: MemberView, email: string | null | undefined): boolean {
  const keyOf = (address: string | null) => (address === null ? null : emailKey(address));
  return email !== undefined && keyOf(email) !== keyOf(before.email);
}

/** A link to set a password went to the old address, which may be why there is a new one. */
async function forgetLinks(db: Db, memberId: number): Promise<void> {
  await db.execute('DELETE FROM password_links WHERE member_id = ?', [memberId]);
}
