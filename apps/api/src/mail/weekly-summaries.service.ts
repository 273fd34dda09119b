import { AppError, type Clock, toIso } from '@fabomatic/kernel';
import {
  type MemberLanguage,
  summaryParts,
  type WeeklySummaryPlan,
  type WeeklySummarySent,
} from '@fabomatic/members';
import { lastWeek, type SummaryWeek } from '@fabomatic/system';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { ReadDb } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { CLOCK } from '../lab/lab.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { mailContent, MailService } from './mail.service';
import type { MailParts } from './mail-text';
import { MailFrames } from './mail-frames.service';
import { MailWords } from './mail-words.service';
import { type SummaryFacts, weeklySummaryMail } from './weekly-summary-mail';
import {
  duePlansNow,
  hoursOfWeek,
  type MailReader,
  readersOf,
  unrecognisedOfWeek,
} from './weekly-summary.queries';

type LabFacts = Pick<SummaryFacts, 'week' | 'lab' | 'due' | 'cards'>;

/** Writes the summaries of the week: to whoever asked, each week once. */
@Injectable()
export class WeeklySummaries {
  constructor(
    private readonly db: ReadDb,
    private readonly units: UnitOfWork,
    private readonly mail: MailService,
    private readonly words: MailWords,
    private readonly frames: MailFrames,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Who would get which week now. */
  async plan(): Promise<WeeklySummaryPlan> {
    const week = this.week();
    const readers = await readersOf(this.db, 'weekly_summary');
    const told = await this.toldOf(week);
    return {
      fromAt: toIso(week.fromS),
      toAt: toIso(week.toS),
      isMailOn: this.mail.isOn,
      hasAddress: this.settings.web.baseUrl !== null,
      recipients: readers.map((reader) => ({
        memberId: reader.id,
        name: `${reader.firstName} ${reader.lastName}`.trim(),
        email: reader.email,
        language: this.languageOf(reader),
        isSent: told.has(reader.id),
      })),
    };
  }

  /** Queues a mail for everybody who asked and was not told of this week yet. Throws `mail.off`. */
  async send(by: Actor, signal?: AbortSignal): Promise<WeeklySummarySent> {
    if (!this.mail.isOn) throw new AppError('mail.off');
    const week = this.week();
    const lab = await this.labFacts(week);
    let mails = 0;
    let alreadySent = 0;
    for (const reader of await readersOf(this.db, 'weekly_summary')) {
      if (signal?.aborted === true) break;
      if (await this.tell(reader, lab)) mails += 1;
      else alreadySent += 1;
    }
    if (mails > 0) await this.recordSent(by, week, mails);
    return { mails, alreadySent };
  }

  /** The mail as this reader would get it. `language`: instead of their own. */
  async compose(reader: MailReader, language?: MemberLanguage): Promise<MailParts> {
    return this.write(reader, await this.labFacts(this.week()), language);
  }

  languageOf({ language }: Pick<MailReader, 'language'>): MemberLanguage {
    return this.frames.languageOf({ language }, 'weekly-summary');
  }

  private week(): SummaryWeek {
    return lastWeek(this.clock.nowS(), this.settings.lab.timezone);
  }

  private async labFacts(week: SummaryWeek): Promise<LabFacts> {
    return {
      week,
      lab: await hoursOfWeek(this.db, week, null),
      due: await duePlansNow(this.db),
      cards: await unrecognisedOfWeek(this.db, week),
    };
  }

  private async write(
    reader: MailReader,
    { week, lab, due, cards }: LabFacts,
    language: MemberLanguage = this.languageOf(reader),
  ): Promise<MailParts> {
    const parts = summaryParts(reader);
    const facts: SummaryFacts = {
      week,
      parts,
      own: await hoursOfWeek(this.db, week, reader.id),
      lab: parts.machines ? lab : [],
      due: parts.machines ? due : [],
      cards: parts.unrecognisedCards ? cards : [],
    };
    return weeklySummaryMail(this.words, facts, this.frames.of(reader, 'weekly-summary', language));
  }

  /** The note that this week was told stands in the unit of the mail: never one without the other. */
  private async tell(reader: MailReader, lab: LabFacts): Promise<boolean> {
    const content = mailContent(await this.write(reader, lab), this.languageOf(reader));
    return this.units.run(async (db) => {
      const [known] = await db.query(
        'SELECT id FROM weekly_summaries WHERE member_id = ? AND week_start = ?',
        [reader.id, lab.week.fromS],
      );
      if (known) return false;
      await db.insert('weekly_summaries', {
        member_id: reader.id,
        week_start: lab.week.fromS,
        created_at: this.clock.nowS(),
      });
      const { email: recipient, id: memberId } = reader;
      await this.mail.queue(db, { kind: 'weekly-summary', recipient, memberId, content });
      return true;
    });
  }

  private async toldOf({ fromS }: SummaryWeek): Promise<Set<number>> {
    const rows = await this.db.query<{ member_id: number }>(
      'SELECT member_id FROM weekly_summaries WHERE week_start = ?',
      [fromS],
    );
    return new Set(rows.map(({ member_id }) => member_id));
  }

  private async recordSent(by: Actor, { fromS }: SummaryWeek, mails: number): Promise<void> {
    await this.units.run((db) =>
      this.audit.record(db, by, {
        action: 'send',
        subject: 'weekly-summary',
        id: null,
        name: toIso(fromS),
        after: { mails },
      }),
    );
  }
}
