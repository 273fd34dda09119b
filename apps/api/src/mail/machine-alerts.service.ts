import { AppError, type Clock, fromIso } from '@fabomatic/kernel';
import { isPlanDue } from '@fabomatic/maintenance';
import { type AlertByHand, type MailTopic, mailTopicsOf } from '@fabomatic/members';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { type Actor, AuditService } from '../audit/audit.service';
import { type Db, ReadDb } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { CLOCK, LabService, type MachineRecord, type PlanRecord } from '../lab/lab.service';
import { LiveService } from '../live/live.service';
import { RateLimitedLog } from '../logging/rate-limited-log.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { maintenanceDueMail, silenceMail, type SilentMachine } from './machine-alert-mails';
import { backOnline, goneOffline, type Watch } from './machine-alert-rules';
import { type Mail, mailContent, MailService } from './mail.service';
import type { MailParts } from './mail-text';
import { MailFrames } from './mail-frames.service';
import { MailWords } from './mail-words.service';
import { type MailColumn, type MailReader, readersOf } from './weekly-summary.queries';

const LOOK_EVERY_MS = 60_000;

const COLUMNS = {
  'maintenance-due': 'maintenance_due_mails',
  'machine-offline': 'machine_offline_mails',
  'machine-online': 'machine_online_mails',
} as const satisfies Partial<Record<MailTopic, MailColumn>>;
type AlertTopic = keyof typeof COLUMNS;

interface AlertRow {
  id: number;
  kind: string;
  machine_id: number;
  plan_id: number | null;
}

/** Plan and its machine. */
type PlanOf = readonly [PlanRecord, MachineRecord];

/**
 * Tells those who ask for it of maintenance that is due and of machines that are silent. It goes by
 * how things are, not by messages, and by what was told before: so an event is told once, however
 * often cards are tapped and the program starts, and what happened while it was off is told, too.
 */
@Injectable()
export class MachineAlerts implements OnApplicationBootstrap {
  private startedAtS = Number.POSITIVE_INFINITY;
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: ReadDb,
    private readonly units: UnitOfWork,
    private readonly lab: LabService,
    private readonly live: LiveService,
    private readonly mail: MailService,
    private readonly frames: MailFrames,
    private readonly words: MailWords,
    private readonly log: RateLimitedLog,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    this.startedAtS = this.clock.nowS();
  }

  /** Looks at every machine; one look at a time. */
  @Interval(LOOK_EVERY_MS)
  look(): Promise<void> {
    this.work = this.work
      .then(() => this.lookNow())
      .catch((error: unknown) => {
        // The database: nothing was told and nothing noted, the next look does both.
        this.log.warn(
          'machine alerts',
          `Machines could not be looked at: ${String(error)}`,
          'Mail',
        );
      });
    return this.work;
  }

  /**
   * Tells whoever asked of all that is due or silent now, whatever was told before. Gives how many
   * mails were queued. Throws `mail.off`, or `mail.nothing_now` where there is nothing to tell.
   */
  async send(by: Actor, topic: AlertByHand): Promise<number> {
    if (!this.mail.isOn) throw new AppError('mail.off');
    const [due, silent] = [this.duePlans(), this.silentNow()];
    if ((topic === 'maintenance-due' ? due : silent).length === 0) {
      throw new AppError('mail.nothing_now');
    }
    const mails =
      topic === 'maintenance-due'
        ? await this.dueMails(due)
        : await this.silenceMails(topic, silent);
    if (mails.length === 0) return 0;
    await this.units.run(async (db) => {
      await this.queueAll(db, mails);
      await this.audit.record(db, by, {
        action: 'send',
        subject: 'machine-alert',
        id: null,
        name: topic,
        after: { topic, mails: mails.length },
      });
    });
    return mails.length;
  }

  /** Silent for so long that they are, or were, told as offline. */
  private silentNow(): MachineRecord[] {
    return goneOffline([...this.lab.machines()], this.watch(new Set()));
  }

  private async lookNow(): Promise<void> {
    const alerts = await this.db.query<AlertRow>(
      'SELECT id, kind, machine_id, plan_id FROM machine_alerts',
    );
    await this.lookAtPlans(alerts.filter(({ kind }) => kind === 'maintenance'));
    await this.lookAtBoards(alerts.filter(({ kind }) => kind === 'offline'));
  }

  private async lookAtPlans(alerts: readonly AlertRow[]): Promise<void> {
    const due = this.duePlans();
    const told = new Set(alerts.map(({ plan_id }) => plan_id));
    const fresh = due.filter(([plan]) => !told.has(plan.id));
    const stillDue = new Set(due.map(([plan]) => plan.id));
    const over = alerts.filter(({ plan_id }) => plan_id === null || !stillDue.has(plan_id));
    if (fresh.length === 0 && over.length === 0) return;
    const mails = await this.dueMails(fresh);
    await this.units.run(async (db) => {
      await forget(db, over);
      for (const [plan, machine] of fresh) {
        await this.note(db, { kind: 'maintenance', machine_id: machine.id, plan_id: plan.id });
      }
      await this.queueAll(db, mails);
    });
  }

  private async lookAtBoards(alerts: readonly AlertRow[]): Promise<void> {
    const machines = [...this.lab.machines()];
    const watch = this.watch(new Set(alerts.map(({ machine_id }) => machine_id)));
    const gone = goneOffline(machines, watch);
    const back = backOnline(machines, watch);
    if (gone.length === 0 && back.length === 0) return;
    const mails = [
      ...(await this.silenceMails('machine-offline', gone)),
      ...(await this.silenceMails('machine-online', back)),
    ];
    const isBack = new Set(back.map(({ id }) => id));
    await this.units.run(async (db) => {
      await forget(
        db,
        alerts.filter(({ machine_id }) => isBack.has(machine_id)),
      );
      for (const { id } of gone) {
        await this.note(db, { kind: 'offline', machine_id: id, plan_id: null });
      }
      await this.queueAll(db, mails);
    });
  }

  private watch(told: ReadonlySet<number>): Watch {
    const { connected, since } = this.live.brokerView();
    return {
      nowS: this.clock.nowS(),
      listeningSinceS: connected ? Math.max(fromIso(since), this.startedAtS) : null,
      offlineS: this.settings.alerts.offlineS,
      told,
    };
  }

  private duePlans(): PlanOf[] {
    return [...this.lab.machines()].flatMap((machine) =>
      machine.plans.filter(isPlanDue).map((plan): PlanOf => [plan, machine]),
    );
  }

  private dueMails(due: readonly PlanOf[]): Promise<Mail[]> {
    const plans = due.map(([plan, machine]) => ({
      machine: machine.name,
      description: plan.description,
      overdueS: plan.elapsedS - plan.intervalS,
      instructionsUrl: plan.instructionsUrl,
    }));
    return this.mailsFor('maintenance-due', plans.length, (reader) =>
      maintenanceDueMail(this.words, plans, this.frames.of(reader, 'maintenance-due')),
    );
  }

  private silenceMails(
    topic: 'machine-offline' | 'machine-online',
    machines: readonly MachineRecord[],
  ): Promise<Mail[]> {
    const silent: SilentMachine[] = machines.map(({ name, lastSeenAtS }) => ({
      name,
      lastSeenAtS: lastSeenAtS ?? 0,
    }));
    return this.mailsFor(topic, machines.length, (reader) =>
      silenceMail(this.words, topic, silent, this.frames.of(reader, topic)),
    );
  }

  /** One mail for each who asked. */
  private async mailsFor(
    topic: AlertTopic,
    count: number,
    write: (reader: MailReader) => MailParts,
  ): Promise<Mail[]> {
    if (count === 0 || !this.mail.isOn) return [];
    const readers = await readersOf(this.db, COLUMNS[topic]);
    return (
      readers
        // The role may have changed since they asked.
        .filter((reader) => mailTopicsOf(reader).includes(topic))
        .map((reader) => ({
          kind: topic,
          recipient: reader.email,
          memberId: reader.id,
          content: mailContent(write(reader), this.frames.languageOf(reader)),
        }))
    );
  }

  private async queueAll(db: Db, mails: readonly Mail[]): Promise<void> {
    for (const mail of mails) await this.mail.queue(db, mail);
  }

  private note(
    db: Db,
    alert: { kind: string; machine_id: number; plan_id: number | null },
  ): Promise<number> {
    return db.insert('machine_alerts', { ...alert, since: this.clock.nowS() });
  }
}

async function forget(db: Db, alerts: readonly AlertRow[]): Promise<void> {
  for (const { id } of alerts) await db.execute('DELETE FROM machine_alerts WHERE id = ?', [id]);
}
