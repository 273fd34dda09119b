import { type Clock, toIso, toIsoOrNull } from '@fabomatic/kernel';
import type { MemberData, MemberView } from '@fabomatic/members';
import { auditedFields } from '@fabomatic/system';
import * as z from 'zod';
import type { ReadDb } from '../database/db';

const RemovedGrants = z.array(z.object({ machine_id: z.number(), created_at: z.number() }));
const Details = z.object({
  subjectName: z.string().nullish(),
  ip: z.string().nullish(),
  before: z.unknown(),
  after: z.unknown(),
});

/** All that is stored about a member. Each query reads one member's rows by their index. */
export async function memberData(
  db: ReadDb,
  member: MemberView,
  clock: Clock,
): Promise<MemberData> {
  const { id } = member;
  return {
    exportedAt: toIso(clock.nowS()),
    member: {
      id,
      firstName: member.firstName,
      lastName: member.lastName,
      email: member.email,
      roleName: member.roleName,
      language: member.language,
      disabled: member.disabled,
      weeklySummary: member.weeklySummary,
      maintenanceDueMails: member.maintenanceDueMails,
      machineOfflineMails: member.machineOfflineMails,
      machineOnlineMails: member.machineOnlineMails,
      hasPassword: member.hasPassword,
      secondFactorSince: await secondFactorSince(db, id),
      consentAt: member.consentAt,
      membershipEndsOn: member.membershipEndsOn,
      createdAt: member.createdAt,
      deletedAt: member.deletedAt,
    },
    cards: member.cards,
    authorizations: await grants(db, id),
    uses: await uses(db, id),
    interventions: await interventions(db, id),
    sessions: await sessions(db, id),
    mails: await mails(db, id, member.email),
    changes: await changes(db, id),
  };
}

async function secondFactorSince(db: ReadDb, id: number): Promise<string | null> {
  const [row] = await db.query<{ confirmed_at: number | null }>(
    'SELECT confirmed_at FROM second_factors WHERE member_id = ?',
    [id],
  );
  return toIsoOrNull(row?.confirmed_at ?? null);
}

async function grants(db: ReadDb, id: number): Promise<MemberData['authorizations']> {
  const present = await db.query<{ machine_id: number; created_at: number }>(
    'SELECT machine_id, created_at FROM authorizations WHERE member_id = ? ORDER BY id',
    [id],
  );
  const [row] = await db.query<{ json: string | null }>(
    'SELECT removed_authorizations_json AS json FROM members WHERE id = ?',
    [id],
  );
  const removed = RemovedGrants.parse(JSON.parse(row?.json ?? '[]'));
  const machines = await db.query<{ id: number; name: string }>('SELECT id, name FROM machines');
  const names = new Map(machines.map((machine) => [machine.id, machine.name]));
  const asView = (isRemoved: boolean) => (grant: { machine_id: number; created_at: number }) => ({
    machineId: grant.machine_id,
    machineName: names.get(grant.machine_id) ?? null,
    since: toIso(grant.created_at),
    isRemoved,
  });
  return [...present.map(asView(false)), ...removed.map(asView(true))];
}

async function uses(db: ReadDb, id: number): Promise<MemberData['uses']> {
  const rows = await db.query<{
    id: number;
    name: string;
    card_uid: string | null;
    started_at: number;
    ended_at: number | null;
    duration_s: number | null;
  }>(
    `SELECT u.id, m.name, u.card_uid, u.started_at, u.ended_at, u.duration_s
     FROM uses u JOIN machines m ON m.id = u.machine_id
     WHERE u.member_id = ? ORDER BY u.started_at, u.id`,
    [id],
  );
  return rows.map((row) => ({
    id: row.id,
    machineName: row.name,
    cardUid: row.card_uid,
    startedAt: toIso(row.started_at),
    endedAt: toIsoOrNull(row.ended_at),
    durationS: row.duration_s,
  }));
}

async function interventions(db: ReadDb, id: number): Promise<MemberData['interventions']> {
  const rows = await db.query<{
    id: number;
    name: string;
    plan: string;
    done_at: number;
    note: string | null;
  }>(
    `SELECT i.id, m.name, p.description AS plan, i.done_at, i.note FROM interventions i
     JOIN machines m ON m.id = i.machine_id JOIN maintenance_plans p ON p.id = i.plan_id
     WHERE i.member_id = ? ORDER BY i.done_at, i.id`,
    [id],
  );
  return rows.map((row) => ({
    id: row.id,
    machineName: row.name,
    plan: row.plan,
    doneAt: toIso(row.done_at),
    note: row.note,
  }));
}

async function sessions(db: ReadDb, id: number): Promise<MemberData['sessions']> {
  const rows = await db.query<{
    created_at: number;
    rotated_at: number;
    ip: string | null;
    user_agent: string | null;
  }>(
    `SELECT created_at, rotated_at, ip, user_agent FROM sessions WHERE member_id = ? ORDER BY id`,
    [id],
  );
  return rows.map((row) => ({
    createdAt: toIso(row.created_at),
    lastUsedAt: toIso(row.rotated_at),
    ip: row.ip,
    userAgent: row.user_agent,
  }));
}

async function mails(db: ReadDb, id: number, email: string | null): Promise<MemberData['mails']> {
  const rows = await db.query<{
    kind: string;
    recipient: string;
    created_at: number;
    sent_at: number | null;
  }>(
    `SELECT kind, recipient, created_at, sent_at FROM outgoing_mails
     WHERE member_id = ? OR (member_id IS NULL AND LOWER(recipient) = ?) ORDER BY id`,
    [id, email?.toLowerCase() ?? ''],
  );
  return rows.map((row) => ({
    kind: row.kind,
    recipient: row.recipient,
    createdAt: toIso(row.created_at),
    sentAt: toIsoOrNull(row.sent_at),
  }));
}

async function changes(db: ReadDb, id: number): Promise<MemberData['changes']> {
  const rows = await db.query<{
    at: number;
    actor_kind: string;
    actor_id: number | null;
    action: string;
    subject: string;
    subject_id: number | null;
    details_json: string | null;
  }>(
    `SELECT at, actor_kind, actor_id, action, subject, subject_id, details_json FROM audit_entries
     WHERE (subject = 'member' AND subject_id = ?) OR (actor_kind = 'member' AND actor_id = ?)
     ORDER BY id`,
    [id, id],
  );
  return rows.map((row) => {
    const isByMember = row.actor_kind === 'member' && row.actor_id === id;
    const details = Details.parse(JSON.parse(row.details_json ?? '{}'));
    return {
      at: toIso(row.at),
      isByMember,
      action: row.action,
      subject: row.subject,
      subjectName: details.subjectName ?? null,
      // Former names, addresses and cards; what they did to others' records tells of others.
      fields:
        row.subject === 'member' && row.subject_id === id
          ? auditedFields(details.before, details.after)
          : [],
      ip: isByMember ? (details.ip ?? null) : null,
    };
  });
}
