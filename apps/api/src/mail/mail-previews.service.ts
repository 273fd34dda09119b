import { AppError, assertNever, type Clock } from '@fabomatic/kernel';
import { isOnline } from '@fabomatic/machines';
import { nearestPlan } from '@fabomatic/maintenance';
import type { MailPreview, MailPreviewQuery, MemberLanguage } from '@fabomatic/members';
import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../audit/audit.service';
import { ReadDb } from '../database/db';
import { CLOCK, LabService } from '../lab/lab.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { passwordChangedMail, passwordLinkMail, testMail } from './account-mails';
import { maintenanceDueMail, silenceMail, type SilentMachine } from './machine-alert-mails';
import { MailFrames } from './mail-frames.service';
import { mailContent, type MailParts } from './mail-text';
import { MailWords } from './mail-words.service';
import { WeeklySummaries } from './weekly-summaries.service';
import { type DuePlan, duePlansNow, type MailReader, readerById } from './weekly-summary.queries';

/** Where the links of a preview lead: no token is made for it, and nothing is ended by it. */
const PREVIEW_LINK = '/set-password#preview';

/** Every kind of mail as it would be sent now, with what is really there. */
@Injectable()
export class MailPreviews {
  constructor(
    private readonly db: ReadDb,
    private readonly lab: LabService,
    private readonly words: MailWords,
    private readonly frames: MailFrames,
    private readonly summaries: WeeklySummaries,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Throws `mail.nothing_to_show` for a lab without machines or plans. */
  async preview(by: Actor, query: MailPreviewQuery): Promise<MailPreview> {
    const id = query.memberId ?? (by.kind === 'member' ? by.id : null);
    const reader = id === null ? null : await readerById(this.db, id);
    if (reader === null) throw new AppError('member.not_found', { id: id ?? 0 });
    const topic = query.kind === 'weekly-summary' ? query.kind : undefined;
    const language = query.language ?? this.frames.languageOf(reader, topic);
    const parts = withoutToken(await this.write(query.kind, reader, language));
    const { subject, text, html } = mailContent(parts, language);
    const memberName = `${reader.firstName} ${reader.lastName}`.trim();
    return { subject, text, html, memberName, language };
  }

  private async write(
    kind: MailPreviewQuery['kind'],
    reader: MailReader,
    language: MemberLanguage,
  ): Promise<MailParts> {
    const { name: lab } = this.settings.lab;
    const account = { language, firstName: reader.firstName, lab };
    const url = `${this.settings.web.baseUrl ?? ''}${PREVIEW_LINK}`;
    switch (kind) {
      case 'weekly-summary':
        return this.summaries.compose(reader, language);
      case 'maintenance-due': {
        const frame = this.frames.of(reader, kind, language);
        return maintenanceDueMail(this.words, await this.plans(), frame);
      }
      case 'machine-offline':
      case 'machine-online': {
        const frame = this.frames.of(reader, kind, language);
        return silenceMail(this.words, kind, this.silentMachines(), frame);
      }
      case 'password-forgotten':
        return passwordLinkMail(this.words, 'password_forgotten', { ...account, url });
      case 'password-invited':
        return passwordLinkMail(this.words, 'password_invited', { ...account, url });
      case 'password-changed':
        return passwordChangedMail(this.words, account);
      case 'test':
        return testMail(this.words, account);
      default:
        return assertNever(kind);
    }
  }

  /** What is due; when nothing is, the plan that will be next. */
  private async plans(): Promise<readonly DuePlan[]> {
    const due = await duePlansNow(this.db);
    if (due.length > 0) return due;
    const all = [...this.lab.machines()].flatMap(({ name, plans }) =>
      plans.map((plan) => ({ ...plan, machine: name })),
    );
    const next = nearestPlan(all);
    if (next === null) throw new AppError('mail.nothing_to_show');
    const { machine, description, instructionsUrl } = next;
    return [{ machine, description, instructionsUrl, overdueS: 0 }];
  }

  /** Those that are silent; when none is, the one that spoke first. */
  private silentMachines(): readonly SilentMachine[] {
    const nowS = this.clock.nowS();
    const heard = [...this.lab.machines()]
      .map(({ name, lastSeenAtS }) => ({ name, lastSeenAtS }))
      .filter((machine): machine is SilentMachine => machine.lastSeenAtS !== null)
      .sort((a, b) => a.lastSeenAtS - b.lastSeenAtS);
    const silent = heard.filter(({ lastSeenAtS }) => !isOnline(lastSeenAtS, nowS));
    const shown = silent.length > 0 ? silent : heard.slice(0, 1);
    if (shown.length === 0) throw new AppError('mail.nothing_to_show');
    return shown;
  }
}

/** A preview is looked at by others than its reader: the link that would end their mails is not in it. */
function withoutToken(parts: MailParts): MailParts {
  const { unsubscribe } = parts;
  if (!unsubscribe) return parts;
  return {
    ...parts,
    unsubscribe: { ...unsubscribe, url: unsubscribe.url.replace(/=.*$/, '=preview') },
  };
}
