import { arch, availableParallelism, hostname, release, type as systemType } from 'node:os';
import type { Readable } from 'node:stream';
import { AppError, type Clock, fromIso, SECONDS_PER_HOUR, toIso } from '@fabomatic/kernel';
import { isOnline } from '@fabomatic/machines';
import {
  type AttentionView,
  attentionOf,
  type LogQuery,
  type LogView,
  type OpenBoards,
  type SystemView,
  type AuditActionOf,
} from '@fabomatic/system';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { BackupsService } from '../backups/backups.service';
import { BoardCounters } from '../boards/board-counters.service';
import { BrokerCounters } from '../boards/broker-counters.service';
import { DATA_FOLDER, type DataFolder } from '../data-folder/data-folder.module';
import { ReadDb } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { JobsService } from '../jobs/jobs.service';
import { CLOCK, LabService } from '../lab/lab.service';
import { LiveService } from '../live/live.service';
import { MembersService } from '../members/members.service';
import { findRootFolder, readVersion } from '../root-folder';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { readLog, wholeLog } from './log-reader';
import { MessageRates } from './message-rates.service';
import {
  boardFacts,
  certificateExpiry,
  databaseFacts,
  diskFacts,
  mailFacts,
  memoryFacts,
} from './system-facts';

/** Long enough for the answer to leave. */
const RESTART_AFTER_MS = 500;
const SUBJECT = 'system' as const;

/** The parts of the program that are asked how they are. */
@Injectable()
export class SystemParts {
  constructor(
    readonly lab: LabService,
    readonly live: LiveService,
    readonly jobs: JobsService,
    readonly backups: BackupsService,
    readonly counters: BoardCounters,
    readonly guards: BrokerCounters,
    readonly rates: MessageRates,
    readonly members: MembersService,
  ) {}
}

/** What there is to know about running the product, and the one thing that may be done to it. */
@Injectable()
export class SystemService {
  private readonly version = readVersion(findRootFolder());
  private readonly log = new Logger('System');

  constructor(
    private readonly parts: SystemParts,
    private readonly db: ReadDb,
    private readonly units: UnitOfWork,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(DATA_FOLDER) private readonly dataFolder: DataFolder,
  ) {}

  async view(): Promise<SystemView> {
    const { mqtt, lab, backup, email, system } = this.settings;
    const nowS = this.clock.nowS();
    return {
      serverTime: toIso(nowS),
      versions: { product: this.version, node: process.versions.node },
      uptimeS: Math.floor(process.uptime()),
      timezone: lab.timezone,
      host: {
        name: hostname(),
        system: `${systemType()} ${release()} ${arch()}`,
        cores: availableParallelism(),
      },
      memory: memoryFacts(),
      disk: diskFacts(this.dataFolder.path),
      database: await databaseFacts(this.db, this.settings.database),
      broker: {
        kind: mqtt.isEmbedded ? 'embedded' : 'external',
        address: `${mqtt.isEmbedded ? mqtt.host : mqtt.broker}:${mqtt.boardsPort}`,
        ...this.parts.live.dashboard().broker,
      },
      messages: {
        perMinute: this.parts.rates.perMinute,
        minutes: this.parts.rates.minutes,
        ...this.parts.counters,
      },
      backups: {
        latest: this.parts.backups.latest(),
        schedule: backup.schedule?.text ?? null,
      },
      mail: await mailFacts(this.db, { server: email.server, nowS }),
      boards: await boardFacts(this.db, (machineId) => {
        const lastSeenAtS = this.parts.lab.machine(machineId)?.lastSeenAtS ?? null;
        return isOnline(lastSeenAtS, nowS);
      }),
      attention: await this.attention(),
      canRestart: system.isRestartedByManager,
    };
  }

  async attention(): Promise<AttentionView[]> {
    const { pendingRestore, lastRestore } = this.parts.backups.list();
    const latest = this.parts.backups.latest();
    const { items: jobs } = await this.parts.jobs.list();
    return attentionOf({
      nowS: this.clock.nowS(),
      uptimeS: process.uptime(),
      isBrokerConnected: this.parts.live.dashboard().broker.connected,
      freeDiskBytes: diskFacts(this.dataFolder.path).freeBytes,
      failedMessages: this.parts.rates.failedInAnHour,
      flooders: this.parts.guards.floodersSince(this.clock.nowS() - SECONDS_PER_HOUR),
      openBoards: this.openBoards(),
      strangers: [...this.parts.lab.strangers.keys()],
      latestBackupAtS: latest === null ? null : fromIso(latest.createdAt),
      isBackupScheduled: this.settings.backup.schedule !== null,
      hasPendingRestore: pendingRestore !== null,
      restoreError: lastRestore?.error ?? null,
      latestRuns: jobs.flatMap(({ lastRun }) => lastRun ?? []),
      certificateExpiresAtS: certificateExpiry(this.settings),
      erasableMembers: await this.parts.members.countErasable(),
    });
  }

  /** Machines with a board for which anybody in the boards' network could speak. */
  private openBoards(): OpenBoards | null {
    const { boardAccounts } = this.settings.mqtt;
    if (boardAccounts === 'required') return null;
    // A machine whose board was never heard has nothing to protect yet.
    const machines = [...this.parts.lab.machines()].filter(
      ({ lastSeenAtS, account }) => lastSeenAtS !== null && !(account?.isUsed ?? false),
    );
    return { isOff: boardAccounts === 'off', machines: machines.map(({ name }) => name) };
  }

  logs(query: LogQuery): Promise<LogView> {
    return readLog(this.dataFolder.logsPath, query);
  }

  async downloadLogs(by: Actor): Promise<Readable> {
    await this.record(by, 'download-log');
    return wholeLog(this.dataFolder.logsPath);
  }

  /** Ends the program, which its process manager starts again. */
  async restart(by: Actor): Promise<void> {
    if (!this.settings.system.isRestartedByManager) throw new AppError('system.no_restart');
    await this.record(by, 'restart');
    this.log.warn(`Restarting, as ${by.name} asked.`);
    setTimeout(() => process.kill(process.pid, 'SIGTERM'), RESTART_AFTER_MS).unref();
  }

  private record(by: Actor, action: AuditActionOf<'system'>): Promise<void> {
    const change = { action, subject: SUBJECT, id: null, name: this.version };
    return this.units.run((db) => this.audit.record(db, by, change));
  }
}
