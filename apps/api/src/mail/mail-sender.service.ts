import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, type Clock, SECONDS_PER_DAY } from '@fabomatic/kernel';
import { UNREADABLE } from '@fabomatic/members';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { Transporter } from 'nodemailer';
import { SealService } from '../data-folder/seal.service';
import { ReadDb } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { CLOCK } from '../lab/lab.service';
import { RateLimitedLog } from '../logging/rate-limited-log.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { type MailContent, oneLine } from './mail-text';
import { smtpOptions, smtpTransport } from './mail-transport';
import { isFinal, nextTryS } from './retry';

/** How often the queue is looked at for mails whose time has come again. */
const LOOK_EVERY_MS = 30_000;
const MAX_ERROR = 300;
/** How long the end of the program waits for a mail server. */
const PATIENCE_MS = 5000;
/** So long the content of a mail that was given up is kept, to be tried once more. */
const KEPT_CONTENT_S = 14 * SECONDS_PER_DAY;

interface WaitingMail {
  id: number;
  recipient: string;
  sealed_content: string | null;
  attempts: number;
}

/** Takes mails out of the queue, one at a time, and writes down what became of them. */
@Injectable()
export class MailSender implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | null = null;
  private work: Promise<void> = Promise.resolve();
  private isQueued = false;
  private isClosed = false;
  private transport: Transporter | null = null;

  constructor(
    private readonly db: ReadDb,
    private readonly unitOfWork: UnitOfWork,
    private readonly seal: SealService,
    private readonly log: RateLimitedLog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    if (this.settings.email.server === null) return;
    this.timer = setInterval(() => this.wake(), LOOK_EVERY_MS);
    this.wake();
  }

  /** What is being sent gets a few seconds; what is still in the queue waits for the next start. */
  async onModuleDestroy(): Promise<void> {
    this.isClosed = true;
    if (this.timer) clearInterval(this.timer);
    const patience = new AbortController();
    const soon = sleep(PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => undefined);
    await Promise.race([this.work, soon]);
    patience.abort();
  }

  /** Resolves when all that can be sent now was tried. */
  idle(): Promise<void> {
    return this.work;
  }

  /** Looks at the queue soon; does not wait. */
  wake(): void {
    if (this.isQueued || this.isClosed || this.settings.email.server === null) return;
    this.isQueued = true;
    this.work = this.work
      .then(() => {
        this.isQueued = false;
        return this.sendDue().then(() => this.forgetOld());
      })
      .catch((error: unknown) => {
        // The database: it is tried again with the next look.
        this.log.warn('mail queue', `The queue of mails failed: ${reasonOf(error)}`, 'Mail');
      });
  }

  /** Sends past the queue and says what the server said. Throws `mail.off` or `mail.failed`. */
  async sendNow(
    recipient: string,
    content: MailContent,
    email: Settings['email'],
  ): Promise<{ server: string; answer: string }> {
    const { server } = email;
    if (server === null) throw new AppError('mail.off');
    try {
      const transport = smtpTransport(smtpOptions(email, server));
      const answer = await this.deliver(recipient, content, { transport, sender: email.sender });
      transport.close();
      return { server, answer };
    } catch (error) {
      // Whatever the network or the mail server had against it; the admin reads it and mends it.
      const reason = reasonOf(error);
      throw Object.assign(new AppError('mail.failed', { server, reason }), { cause: error });
    }
  }

  private async sendDue(): Promise<void> {
    while (!this.isClosed) {
      const [mail] = await this.db.query<WaitingMail>(
        `SELECT id, recipient, sealed_content, attempts FROM outgoing_mails
         WHERE next_try_at <= ? ORDER BY next_try_at, id LIMIT 1`,
        [this.clock.nowS()],
      );
      if (!mail) return;
      await this.sendOne(mail);
    }
  }

  private async forgetOld(): Promise<void> {
    const before = this.clock.nowS() - KEPT_CONTENT_S;
    const where = 'next_try_at IS NULL AND sealed_content IS NOT NULL AND created_at < ?';
    const [old] = await this.db.query(`SELECT id FROM outgoing_mails WHERE ${where} LIMIT 1`, [
      before,
    ]);
    if (!old) return;
    await this.unitOfWork.run((db) =>
      db.execute(`UPDATE outgoing_mails SET sealed_content = NULL WHERE ${where}`, [before]),
    );
  }

  private async sendOne({ id, recipient, sealed_content, attempts }: WaitingMail): Promise<void> {
    const text = sealed_content === null ? null : this.seal.open(sealed_content);
    if (text === null) {
      await this.settle(id, { attempts, lastError: UNREADABLE, nextTryAt: null });
      return;
    }
    try {
      const { email } = this.settings;
      this.transport ??= smtpTransport(smtpOptions(email, email.server ?? ''));
      const by = { transport: this.transport, sender: email.sender };
      await this.deliver(recipient, JSON.parse(text) as MailContent, by);
      await this.settle(id, { attempts: attempts + 1, sentAt: this.clock.nowS() });
    } catch (error) {
      // No network, no server, or a server that refuses: later, or never where it is final.
      const lastError = reasonOf(error);
      const nextTryAt = isFinal(error as object) ? null : nextTryS(attempts + 1, this.clock.nowS());
      this.log.warn('mail', `A mail could not be sent: ${lastError}`, 'Mail');
      await this.settle(id, { attempts: attempts + 1, lastError, nextTryAt });
    }
  }

  private async deliver(
    recipient: string,
    content: MailContent,
    { transport, sender }: { transport: Transporter; sender: string },
  ): Promise<string> {
    const { response } = (await transport.sendMail({
      from: { name: oneLine(this.settings.lab.name), address: sender },
      to: { name: '', address: recipient },
      subject: content.subject,
      text: content.text,
      html: content.html,
      headers: { 'Auto-Submitted': 'auto-generated', ...content.headers },
    })) as { response: string };
    return response;
  }

  private async settle(
    id: number,
    outcome: {
      attempts: number;
      sentAt?: number;
      lastError?: string;
      nextTryAt?: number | null;
    },
  ): Promise<void> {
    const { attempts, sentAt = null, lastError = null, nextTryAt = null } = outcome;
    // One that was given up can be tried again by hand; what nobody can read cannot.
    const isOver = sentAt !== null || lastError === UNREADABLE;
    await this.unitOfWork.run((db) =>
      db.execute(
        `UPDATE outgoing_mails SET attempts = ?, sent_at = ?, last_error = ?, next_try_at = ?
         ${isOver ? ', sealed_content = NULL' : ''}
         WHERE id = ? AND next_try_at IS NOT NULL`,
        [attempts, sentAt, lastError, nextTryAt, id],
      ),
    );
  }
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, ' ').slice(0, MAX_ERROR);
}
