import type { MemberData } from '@fabomatic/members';
import { did, fieldLines } from '../exports/audit-sentences';
import {
  day,
  duration,
  flag,
  number,
  type Sentence,
  sentence,
  text,
  time,
} from '../exports/export-definition';
import { sheetOf, type SheetWriter } from '../exports/workbook';

/** The sheets of the file with all that is known about a member. */
export function memberDataSheets(data: MemberData): SheetWriter[] {
  return [
    sheetOf((words) => words.exports.sheet.member, MEMBER, [data.member]),
    sheetOf((words) => words.exports.head.cards, CARDS, data.cards),
    sheetOf((words) => words.exports.sheet.authorizations, GRANTS, data.authorizations),
    sheetOf((words) => words.exports.sheet.uses, USES, data.uses),
    sheetOf((words) => words.exports.sheet.interventions, INTERVENTIONS, data.interventions),
    sheetOf((words) => words.exports.sheet.sessions, SESSIONS, data.sessions),
    sheetOf((words) => words.exports.sheet.mails, MAILS, data.mails),
    sheetOf((words) => words.exports.sheet.changes, CHANGES, data.changes),
  ];
}

type Item<K extends keyof MemberData> = MemberData[K] extends readonly (infer T)[]
  ? T
  : MemberData[K];

const MEMBER = [
  number<Item<'member'>>('id', (member) => member.id),
  text<Item<'member'>>('first_name', (member) => member.firstName),
  text<Item<'member'>>('last_name', (member) => member.lastName),
  text<Item<'member'>>('email', (member) => member.email),
  text<Item<'member'>>('role', (member) => member.roleName),
  text<Item<'member'>>('language', (member) => member.language),
  flag<Item<'member'>>('disabled', (member) => member.disabled),
  flag<Item<'member'>>('weekly_summary', (member) => member.weeklySummary),
  flag<Item<'member'>>('maintenance_due_mails', (member) => member.maintenanceDueMails),
  flag<Item<'member'>>('machine_offline_mails', (member) => member.machineOfflineMails),
  flag<Item<'member'>>('machine_online_mails', (member) => member.machineOnlineMails),
  flag<Item<'member'>>('password', (member) => member.hasPassword),
  time<Item<'member'>>('second_factor', (member) => member.secondFactorSince),
  day<Item<'member'>>('consent', (member) => member.consentAt),
  day<Item<'member'>>('membership_ends', (member) => member.membershipEndsOn),
  time<Item<'member'>>('created', (member) => member.createdAt),
  time<Item<'member'>>('deleted', (member) => member.deletedAt),
];
const CARDS = [
  text<Item<'cards'>>('card', (card) => card.uid),
  text<Item<'cards'>>('label', (card) => card.label),
  time<Item<'cards'>>('created', (card) => card.createdAt),
  time<Item<'cards'>>('revoked', (card) => card.revokedAt),
];
const GRANTS = [
  number<Item<'authorizations'>>('machine_id', (grant) => grant.machineId),
  text<Item<'authorizations'>>('machine', (grant) => grant.machineName),
  time<Item<'authorizations'>>('created', (grant) => grant.since),
  flag<Item<'authorizations'>>('removed', (grant) => grant.isRemoved),
];
const USES = [
  number<Item<'uses'>>('id', (use) => use.id),
  text<Item<'uses'>>('machine', (use) => use.machineName),
  text<Item<'uses'>>('card', (use) => use.cardUid),
  time<Item<'uses'>>('start', (use) => use.startedAt),
  time<Item<'uses'>>('end', (use) => use.endedAt),
  ...duration<Item<'uses'>>('duration', 'duration_s', (use) => use.durationS),
];
const INTERVENTIONS = [
  number<Item<'interventions'>>('id', (done) => done.id),
  text<Item<'interventions'>>('machine', (done) => done.machineName),
  text<Item<'interventions'>>('plan', (done) => done.plan),
  time<Item<'interventions'>>('done', (done) => done.doneAt),
  text<Item<'interventions'>>('note', (done) => done.note),
];
const SESSIONS = [
  time<Item<'sessions'>>('created', (session) => session.createdAt),
  time<Item<'sessions'>>('last_use', (session) => session.lastUsedAt),
  text<Item<'sessions'>>('ip', (session) => session.ip),
  text<Item<'sessions'>>('browser', (session) => session.userAgent),
];
const MAILS = [
  sentence<Item<'mails'>>('kind', kindOfMail),
  text<Item<'mails'>>('recipient', (mail) => mail.recipient),
  time<Item<'mails'>>('created', (mail) => mail.createdAt),
  time<Item<'mails'>>('sent', (mail) => mail.sentAt),
];
const CHANGES = [
  time<Item<'changes'>>('at', (change) => change.at),
  flag<Item<'changes'>>('by_member', (change) => change.isByMember),
  sentence<Item<'changes'>>('what', did),
  sentence<Item<'changes'>>('fields', fieldLines),
  text<Item<'changes'>>('ip', (change) => change.ip),
];

function kindOfMail({ kind }: Item<'mails'>): Sentence {
  return (words) => (words.mails.kinds as Readonly<Record<string, string>>)[kind] ?? kind;
}
