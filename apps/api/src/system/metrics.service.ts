import { type Clock, fromIso } from '@fabomatic/kernel';
import { MACHINE_STATUSES, machineStatus } from '@fabomatic/machines';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { BackupsService } from '../backups/backups.service';
import { BoardCounters } from '../boards/board-counters.service';
import { BrokerCounters } from '../boards/broker-counters.service';
import { CLOCK } from '../lab/lab.service';
import { LiveService } from '../live/live.service';
import { MessageRates } from './message-rates.service';

/** What Prometheus reads. Names are part of the product: dashboards are built on them. */
@Injectable()
export class MetricsService implements OnModuleDestroy {
  private readonly registry = new Registry();

  constructor(
    private readonly live: LiveService,
    private readonly counters: BoardCounters,
    private readonly rates: MessageRates,
    private readonly backups: BackupsService,
    private readonly guards: BrokerCounters,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    collectDefaultMetrics({ register: this.registry });
    this.gauge('fabomatic_broker_connected', 'Whether the broker answers (1) or not (0).', () =>
      Number(this.live.dashboard().broker.connected),
    );
    this.gauge('fabomatic_board_messages_per_minute', 'Messages of boards, last minute.', () => {
      return this.rates.perMinute;
    });
    this.gauge('fabomatic_latest_backup_age_seconds', 'Age of the newest backup; -1: none.', () => {
      const latest = this.backups.latest();
      return latest === null ? -1 : this.clock.nowS() - fromIso(latest.createdAt);
    });
    this.messageGauge();
    this.guardGauge();
    this.machineGauge();
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  onModuleDestroy(): void {
    this.registry.clear();
  }

  private gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }

  private messageGauge(): void {
    const read = () => Object.entries(this.counters) as [string, number][];
    new Gauge({
      name: 'fabomatic_board_messages',
      help: 'Messages of boards since the start, by what became of them.',
      labelNames: ['kind'],
      registers: [this.registry],
      collect() {
        for (const [kind, value] of read()) this.set({ kind }, value);
      },
    });
  }

  private guardGauge(): void {
    const read = () => {
      const { cutOff, tooMany, refusedLogins, undelivered } = this.guards;
      return Object.entries({ cutOff, tooMany, refusedLogins, undelivered });
    };
    new Gauge({
      name: 'fabomatic_broker_guard',
      help: 'What was kept off since the start: clients cut off, messages too many, logins refused, messages to clients that do not read.',
      labelNames: ['kind'],
      registers: [this.registry],
      collect() {
        for (const [kind, value] of read()) this.set({ kind }, value);
      },
    });
  }

  private machineGauge(): void {
    const statuses = () => {
      const nowS = this.clock.nowS();
      return this.live.dashboard().machines.map((machine) =>
        machineStatus(
          {
            inUse: machine.currentUse !== null,
            blocked: machine.blocked,
            maintenanceDue: machine.duePlans > 0,
            lastSeenAtS: machine.lastSeenAt === null ? null : fromIso(machine.lastSeenAt),
          },
          nowS,
        ),
      );
    };
    new Gauge({
      name: 'fabomatic_machines',
      help: 'Machines by status.',
      labelNames: ['status'],
      registers: [this.registry],
      collect() {
        const found = statuses();
        for (const status of MACHINE_STATUSES) {
          this.set({ status }, found.filter((each) => each === status).length);
        }
      },
    });
  }
}
