import { type Clock, fromIso } from '@fabomatic/kernel';
import { isPlanDue } from '@fabomatic/maintenance';
import { type MailTopic, mailTopicsOf } from '@fabomatic/members';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { type Db, ReadDb } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { CLOCK, LabService, type MachineRecord, type PlanRecord } from '../lab/lab.service';
import { LiveService } from '../live/live.service';
import { RateLimitedLog } from '../logging/rate-limited-log.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { maintenanceDueMail, silenceMail, type SilentMachine } from './machine-alert-mails';
import { backOnline, goneOffline, type Watch } from './machine-alert-rules';
import { mailContent, MailService } from './mail.service';
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
    const plans = fresh.map(([plan, machine]) => ({
      machine: machine.name,
      description: plan.description,
      overdueS: plan.elapsedS - plan.intervalS,
      instructionsUrl: plan.instructionsUrl,
    }));
    const queueAll = await this.mailsFor('maintenance-due', plans.length, (reader) =>
      maintenanceDueMail(this.words, plans, this.frames.of(reader, 'maintenance-due')),
    );
    await this.units.run(async (db) => {
      await forget(db, over);
      for (const [plan, machine] of fresh) {
        await this.note(db, { kind: 'maintenance', machine_id: machine.id, plan_id: plan.id });
      }
      await queueAll(db);
    });
  }

  private async lookAtBoards(alerts: readonly AlertRow[]): Promise<void> {
    const machines = [...this.lab.machines()];
    const watch = this.watch(alerts);
    const gone = goneOffline(machines, watch);
    const back = backOnline(machines, watch);
    if (gone.length === 0 && back.length === 0) return;
    const queueGone = await this.silenceMails('machine-offline', gone);
    const queueBack = await this.silenceMails('machine-online', back);
    const isBack = new Set(back.map(({ id }) => id));
    await this.units.run(async (db) => {
      await forget(
        db,
        alerts.filter(({ machine_id }) => isBack.has(machine_id)),
      );
      for (const { id } of gone) {
        await this.note(db, { kind: 'offline', machine_id: id, plan_id: null });
      }
      await queueGone(db);
      await queueBack(db);
    });
  }

  private watch(alerts: readonly AlertRow[]): Watch {
    const { connected, since } = this.live.brokerView();
    return {
      nowS: this.clock.nowS(),
      listeningSinceS: connected ? Math.max(fromIso(since), this.startedAtS) : null,
      offlineS: this.settings.alerts.offlineS,
      told: new Set(alerts.map(({ machine_id }) => machine_id)),
    };
  }

  private duePlans(): PlanOf[] {
    return [...this.lab.machines()].flatMap((machine) =>
      machine.plans.filter(isPlanDue).map((plan): PlanOf => [plan, machine]),
    );
  }

  private silenceMails(
    topic: 'machine-offline' | 'machine-online',
    machines: readonly MachineRecord[],
  ): Promise<(db: Db) => Promise<void>> {
    const silent: SilentMachine[] = machines.map(({ name, lastSeenAtS }) => ({
      name,
      lastSeenAtS: lastSeenAtS ?? 0,
    }));
    return this.mailsFor(topic, machines.length, (reader) =>
      silenceMail(this.words, topic, silent, this.frames.of(reader, topic)),
    );
  }

  /** Writes one mail for each who asked, and gives what puts them into the queue. */
  private async mailsFor(
    topic: AlertTopic,
    count: number,
    write: (reader: MailReader) => MailParts,
  ): Promise<(db: Db) => Promise<void>> {
    if (count === 0 || !this.mail.isOn) return async () => undefined;
    const readers = await readersOf(this.db, COLUMNS[topic]);
    const mails = readers
      // The role may have changed since they asked.
      .filter((reader) => mailTopicsOf(reader).includes(topic))
      .map((reader) => ({
        kind: topic,
        recipient: reader.email,
        memberId: reader.id,
        content: mailContent(write(reader), this.frames.languageOf(reader)),
      }));
    return async (db) => {
      for (const mail of mails) await this.mail.queue(db, mail);
    };
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
