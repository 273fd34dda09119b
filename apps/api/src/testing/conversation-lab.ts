import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Clock } from '@fabomatic/kernel';
import { freePort } from '@fabomatic/virtual-board';
import { Logger } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { connectAsync, type MqttClient } from 'mqtt';
import request from 'supertest';
import { AppModule } from '../app.module';
import { prepareDataFolder } from '../data-folder/data-folder';
import { loadSecrets } from '../data-folder/secrets';
import { ReadDb } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { replaceByOriginal } from '../import/import-original';
import { changedOriginal } from '../import/original.fixture';
import { OriginalFile } from '../import/original-file';
import { setUpHttp } from '../http/http-setup';
import { CLOCK, LabService } from '../lab/lab.service';
import { RateLimitedLog } from '../logging/rate-limited-log.service';
import { loadSettings } from '../settings/load-settings';
import { UseSweeper } from '../uses/use-sweeper.service';
import { UsesService } from '../uses/uses.service';
import { BoardCounters } from '../boards/board-counters.service';
import { BoardRegister } from '../boards/board-register.service';
import { BoardTransport } from '../boards/board-transport.service';
import { MachineQueues } from '../boards/machine-queues.service';
import type { RecordedMessage, RecordedPublish } from './transcripts';

/** A machine of the fixture that no scenario addresses; its answers show how far the broker is. */
const SENTINEL = 'machine/9';
const ASK_AGAIN_MS = 500;

/** They come every 5 s. */
const STATS_WITHIN_MS = 8000;

/** Stands still until a scenario moves it: recorded times are then exact. */
export class StandingClock implements Clock {
  private atS = Date.now() / 1000;

  nowS(): number {
    return this.atS;
  }

  pass(seconds: number): void {
    this.atS += seconds;
  }
}

/**
 * The whole API as it is started, with a real SQLite file and the embedded broker, and one MQTT
 * client over TCP in the place of all boards. Only the clock is not real, and uses are swept when
 * a scenario says that time passes.
 */
export class ConversationLab {
  readonly clock: StandingClock;
  private readonly received: RecordedMessage[] = [];

  private constructor(
    private readonly app: NestExpressApplication,
    private readonly client: MqttClient,
    clock: StandingClock,
    private readonly folder: string,
  ) {
    this.clock = clock;
    client.on('message', (topic, payload, { qos, retain }) => {
      if (qos !== 0 || retain) throw new Error(`${topic}: QoS ${qos}, retained ${retain}`);
      this.received.push({ topic, payload: payload.toString('utf8') });
    });
  }

  static async start(): Promise<ConversationLab> {
    const folder = mkdtempSync(join(tmpdir(), 'fabomatic-conversations-'));
    const port = await freePort();
    const settings = loadSettings(
      {
        FABOMATIC_DATA_DIR: folder,
        FABOMATIC_MQTT_HOST: '127.0.0.1',
        FABOMATIC_MQTT_PORT: String(port),
        FABOMATIC_WEB_TLS: 'off',
        // One client speaks for all machines, and the clock stands: no rate means anything here.
        FABOMATIC_MQTT_MAX_MESSAGES_PER_S: '0',
      },
      resolve(__dirname, '../../../..'),
    );
    const dataFolder = prepareDataFolder(folder);
    const secrets = loadSecrets(folder, null);
    // Nothing is swept by itself: what time does is part of the conversations.
    jest.spyOn(UseSweeper.prototype, 'begin').mockImplementation(() => undefined);
    Logger.overrideLogger(false);
    const clock = new StandingClock();
    const testing = await Test.createTestingModule({
      imports: [
        AppModule.register({ settings, dataFolder, secrets, version: '0.0.0', isDemo: false }),
      ],
    })
      .overrideProvider(CLOCK)
      .useValue(clock)
      .compile();
    const app = testing.createNestApplication<NestExpressApplication>({
      bodyParser: false,
      logger: false,
    });
    setUpHttp(app, { isTls: false, version: '0.0.0', trustProxy: null, webAppFolder: folder });
    await app.init();
    app.connectMicroservice({ strategy: app.get(BoardTransport) });
    await app.startAllMicroservices();
    const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 20 });
    await client.subscribeAsync(['machine/+/reply', 'machine/+/request', 'stats/+']);
    return new ConversationLab(app, client, clock, folder);
  }

  async stop(): Promise<void> {
    await this.client.endAsync();
    await this.app.close();
    rmSync(this.folder, { recursive: true });
    jest.restoreAllMocks();
  }

  get lab(): LabService {
    return this.app.get(LabService);
  }

  get db(): ReadDb {
    return this.app.get(ReadDb);
  }

  get counters(): BoardCounters {
    return this.app.get(BoardCounters);
  }

  /** Where a line about a board goes, however often it is said. */
  get repeatedLog(): RateLimitedLog {
    return this.app.get(RateLimitedLog);
  }

  /** The recorded fixture with `setupSql` (the original's schema), imported; all else forgotten. */
  async begin(setupSql: readonly string[]): Promise<void> {
    const nowS = this.clock.nowS();
    const statements = setupSql.map((sql) => sql.replaceAll(':now', String(nowS)));
    const { path, remove } = changedOriginal(statements);
    const original = OriginalFile.open(path);
    try {
      await this.app.get(UnitOfWork).run((db) => replaceByOriginal(original, db, null, { nowS }));
    } finally {
      original.close();
      remove();
    }
    await this.app.get(MachineQueues).alone(() => this.lab.load());
    await this.app.get(BoardRegister).load();
  }

  /** Publishes as a board does and gives what was published until all of it was handled. */
  async say({
    topic,
    payload = '',
    payload_base64,
    qos = 0,
    retain = false,
  }: RecordedPublish): Promise<RecordedMessage[]> {
    this.received.length = 0;
    const bytes = Buffer.from(payload_base64 ?? payload, payload_base64 ? 'base64' : 'utf8');
    await this.client.publishAsync(topic, bytes, { qos, retain });
    await this.settle();
    return this.received.filter((message) => !/^(stats\/|machine\/9\/)/.test(message.topic));
  }

  /**
   * Asks for a command over REST, as a member who logs in for it (null: nobody), and gives what was
   * published until all of it was handled. Who imported the lab has chosen a password since.
   */
  async command(
    who: { email: string; password: string } | null,
    machineId: string,
    command: string,
  ): Promise<RecordedMessage[]> {
    this.received.length = 0;
    const server = this.app.getHttpServer();
    const asked = request(server).post(`/api/v1/machines/${machineId}/commands`);
    if (who !== null) {
      const login = await request(server).post('/api/v1/auth/login').send(who);
      // The password of the recording is the one that the original documents.
      await this.change(['UPDATE members SET must_change_password = false']);
      const { accessToken } = login.body as { accessToken?: string };
      if (accessToken !== undefined) asked.set('Authorization', `Bearer ${accessToken}`);
    }
    await asked.send({ command });
    await this.settle();
    return this.received.filter((message) => message.topic.endsWith('/request'));
  }

  /** What an admin does in the portal, in the product's schema. */
  change(statements: readonly string[]): Promise<void> {
    return this.lab.changeUses(async (db) => {
      for (const sql of statements) await db.execute(sql);
    });
  }

  /** Time passes, long after the start of the process; then uses are swept as every second. */
  async sweepAfter(seconds: number): Promise<void> {
    this.clock.pass(seconds);
    const [queues, uses] = [this.app.get(MachineQueues), this.app.get(UsesService)];
    for (const machine of this.lab.machines()) {
      await queues.run(machine.id, () => uses.sweep(machine, true));
    }
  }

  /** The next statistics that are published. */
  async nextStats(): Promise<RecordedMessage> {
    const sent = () => this.received.find(({ topic }) => topic.startsWith('stats/'));
    this.received.length = 0;
    await this.until(() => sent() !== undefined, STATS_WITHIN_MS);
    return sent() ?? { topic: '', payload: '' };
  }

  /**
   * A question of the sentinel and its answer before and after: the first shows that the broker has
   * given the message to the API, the second that all that was published has arrived here.
   */
  private async settle(): Promise<void> {
    await this.askSentinel();
    await this.app.get(MachineQueues).settled();
    // Units end in the order in which they began: what is stored behind an answer is stored now.
    await this.app.get(UnitOfWork).run(async () => undefined);
    await this.askSentinel();
  }

  /** Asks again when nothing comes: the broker cuts off whoever writes where only the API may. */
  private async askSentinel(): Promise<void> {
    const count = () => this.received.filter(({ topic }) => topic === `${SENTINEL}/reply`).length;
    const before = count();
    while (count() === before) {
      await this.client.publishAsync(SENTINEL, '{"action":"checkmachine"}');
      await this.until(() => count() > before, ASK_AGAIN_MS);
    }
  }

  /** Resolves when `isDone`, and at the latest after `withinMs`. */
  private async until(isDone: () => boolean, withinMs: number): Promise<void> {
    const signal = AbortSignal.timeout(withinMs);
    try {
      const messages: NodeJS.EventEmitter = this.client as unknown as NodeJS.EventEmitter;
      while (!isDone()) await once(messages, 'message', { signal });
    } catch (error) {
      // The time is over: the caller sees for itself that it is not done.
      if (!signal.aborted) throw error;
    }
  }
}
