import { AppError } from '@fabomatic/kernel';
import type { ErasureView, MemberView } from '@fabomatic/members';
import { Inject, Injectable } from '@nestjs/common';
import * as z from 'zod';
import { AuditService } from '../audit/audit.service';
import type { Editor } from '../auth/session.guard';
import type { Db, ReadDb } from '../database/db';
import { LabService } from '../lab/lab.service';
import { LiveService } from '../live/live.service';
import { LOG_MB } from '../logging/logging.module';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { isSelf, keepingAnAdministrator } from './member-guards';
import { MemberRecords } from './member-records.service';
import { MembersService } from './members.service';

/** What earlier entries of the audit trail say a member was called. */
const Person = z
  .object({
    firstName: z.string().catch(''),
    lastName: z.string().catch(''),
    email: z.string().nullable().catch(null),
    cards: z.array(z.object({ uid: z.string() })).catch([]),
  })
  .nullish()
  .catch(null);
const Details = z.object({ before: Person, after: Person });

/** Tables whose rows are one member's alone. */
const OWN_TABLES = [
  'cards',
  'authorizations',
  'sessions',
  'password_links',
  'second_factors',
  'recovery_codes',
  'outgoing_mails',
  'weekly_summaries',
] as const;

const DAYS_PER_WEEK = 7;

/** Forgets a person for ever. What machines, plans and statistics add up stays as it is. */
@Injectable()
export class MemberErasureService {
  constructor(
    private readonly lab: LabService,
    private readonly records: MemberRecords,
    private readonly members: MembersService,
    private readonly live: LiveService,
    private readonly audit: AuditService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async view(): Promise<ErasureView> {
    return {
      erasable: await this.members.countErasable(),
      afterDays: this.settings.retention.membersDays,
      backupDays: backupDays(this.settings.backup),
      logMb: LOG_MB,
    };
  }

  async erase(editor: Editor, id: number): Promise<void> {
    const cards = await this.lab.changeUses(async (db) => {
      const member = await this.records.existing(db, id);
      if (isSelf(editor, id)) throw new AppError('member.self');
      const known = await whatIsKnown(db, member);
      await refuseInUse(db, id, known.cards);
      await this.audit.forget(db, id, known.texts);
      const after = await keepingAnAdministrator(db, () => forget(db, id, known));
      const name = `#${id}`;
      await this.audit.record(db, editor.by, {
        action: 'erase',
        subject: 'member',
        id,
        name,
        after,
      });
      return known.cards;
    });
    this.live.personForgotten(id, cards);
  }
}

/** Of the scheduled backups some days are kept, and the weeks before those. */
function backupDays({ schedule, keepDaily, keepWeekly }: Settings['backup']): number | null {
  if (schedule === null) return null;
  return keepDaily * (schedule.weekday === null ? 1 : DAYS_PER_WEEK) + keepWeekly * DAYS_PER_WEEK;
}

interface Known {
  /** Cards that are or were the member's, and nobody else's now. */
  readonly cards: readonly string[];
  readonly emails: readonly string[];
  /** All by which the audit trail may tell of them. */
  readonly texts: readonly string[];
}

/** What the member has now and had before, as far as the audit trail still knows. */
async function whatIsKnown(db: ReadDb, member: MemberView): Promise<Known> {
  const entries = await db.query<{ details_json: string }>(
    `SELECT details_json FROM audit_entries
     WHERE subject = 'member' AND subject_id = ? AND details_json IS NOT NULL`,
    [member.id],
  );
  const details = entries.map((entry) => Details.parse(JSON.parse(entry.details_json)));
  const people = [member, ...details.flatMap(({ before, after }) => [before, after])].filter(
    (person) => person !== null && person !== undefined,
  );
  const uids = new Set(people.flatMap(({ cards }) => cards.map(({ uid }) => uid)));
  const others = await db.query<{ uid: string }>('SELECT uid FROM cards WHERE member_id <> ?', [
    member.id,
  ]);
  for (const { uid } of others) uids.delete(uid);
  const emails = new Set(people.flatMap(({ email }) => (email === null ? [] : [email])));
  const names = new Set(people.flatMap(namesOf));
  return { cards: [...uids], emails: [...emails], texts: [...names, ...emails, ...uids] };
}

/** A single name may be part of any word: it counts only where it stands alone. */
function namesOf({ firstName, lastName }: { firstName: string; lastName: string }): string[] {
  const [first, last] = [firstName.trim(), lastName.trim()];
  if (first === '' || last === '') return [];
  return [`${first} ${last}`];
}

/** A use that goes on needs to know whose it is. */
async function refuseInUse(db: ReadDb, id: number, cards: readonly string[]): Promise<void> {
  const machines = await db.query<{ name: string }>(
    `SELECT m.name FROM uses u JOIN machines m ON m.id = u.machine_id
     WHERE u.ended_at IS NULL AND (u.member_id = ? OR u.card_uid IN (${marks(cards)}))
     ORDER BY m.name`,
    [id, ...cards],
  );
  if (machines.length === 0) return;
  throw new AppError('member.in_use', { machines: machines.map(({ name }) => name).join(', ') });
}

async function forget(
  db: Db,
  id: number,
  { cards, emails }: Known,
): Promise<{ uses: number; interventions: number }> {
  const uses = await db.execute(
    'UPDATE uses SET member_id = NULL, card_uid = NULL, version = version + 1 WHERE member_id = ?',
    [id],
  );
  const interventions = await db.execute(
    'UPDATE interventions SET member_id = NULL, version = version + 1 WHERE member_id = ?',
    [id],
  );
  // Before the card was known to be the member's.
  await db.execute(
    `UPDATE uses SET card_uid = NULL, version = version + 1
     WHERE member_id IS NULL AND card_uid IN (${marks(cards)})`,
    cards,
  );
  await db.execute(`DELETE FROM unrecognised_cards WHERE uid IN (${marks(cards)})`, cards);
  await db.execute(`DELETE FROM outgoing_mails WHERE LOWER(recipient) IN (${marks(emails)})`, [
    ...emails.map((email) => email.toLowerCase()),
  ]);
  for (const table of OWN_TABLES) {
    await db.execute(`DELETE FROM ${table} WHERE member_id = ?`, [id]);
  }
  await db.execute('UPDATE machines SET blocked_by = NULL WHERE blocked_by = ?', [id]);
  await db.execute('UPDATE api_keys SET created_by = NULL WHERE created_by = ?', [id]);
  await db.execute('UPDATE job_runs SET member_id = NULL WHERE member_id = ?', [id]);
  await db.execute('DELETE FROM members WHERE id = ?', [id]);
  return { uses, interventions };
}

/** `IN ()` is no SQL: an empty list is one that nothing is in. */
function marks(values: readonly unknown[]): string {
  return values.length === 0 ? 'NULL' : values.map(() => '?').join(', ');
}
