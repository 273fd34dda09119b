import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@nestjs/common';
import { type Clock, systemClock } from '@fabomatic/kernel';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { freePort } from '@fabomatic/virtual-board';
import { AppModule } from '../app.module';
import { BoardCounters } from '../boards/board-counters.service';
import { BoardTransport } from '../boards/board-transport.service';
import { prepareDataFolder } from '../data-folder/data-folder';
import { loadSecrets } from '../data-folder/secrets';
import { type Db, ReadDb, type SqlValue } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { setUpHttp } from '../http/http-setup';
import { CLOCK, LabService } from '../lab/lab.service';
import { loadSettings } from '../settings/load-settings';
import type { Settings } from '../settings/settings.module';
import { TestBoards } from './test-boards';

export interface TestLabOptions {
  /** An external broker on this port of this computer; default: the embedded one. */
  readonly brokerPort?: number;
  /** `database.url`; default: a SQLite file in the data folder. */
  readonly databaseUrl?: string;
  /** A data folder that is kept: a second lab starts where the first one ended. */
  readonly folder?: string;
  /** Settings as environment variables: FABOMATIC_... -> value. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Default: the computer's. */
  readonly clock?: Clock;
}

/** The whole API in the process of the spec, on real databases and brokers. */
export class TestLab {
  private readonly clients: TestBoards[] = [];

  private constructor(
    readonly app: NestExpressApplication,
    readonly settings: Settings,
    private readonly isOwnFolder: boolean,
  ) {}

  static async start(options: TestLabOptions = {}): Promise<TestLab> {
    const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'fabomatic-lab-'));
    const port = options.brokerPort ?? (await freePort());
    const environment = {
      FABOMATIC_DATA_DIR: folder,
      FABOMATIC_WEB_PORT: String(await freePort()),
      FABOMATIC_MQTT_PORT: String(port),
      FABOMATIC_MQTT_HOST: '127.0.0.1',
      FABOMATIC_MQTT_BROKER: options.brokerPort === undefined ? 'embedded' : '127.0.0.1',
      FABOMATIC_LAB_TIMEZONE: 'Europe/Rome',
      // One client of a spec speaks for all boards, as fast as it can.
      FABOMATIC_MQTT_MAX_MESSAGES_PER_S: '0',
      ...(options.databaseUrl === undefined ? {} : { FABOMATIC_DATABASE_URL: options.databaseUrl }),
      ...options.environment,
    };
    // The folder stands for the root, too: nobody's conf/settings.toml is read.
    const settings = loadSettings(environment, folder);
    const app = await createApp(settings, options.clock ?? systemClock);
    const lab = new TestLab(app, settings, options.folder === undefined);
    await lab.untilConnected();
    return lab;
  }

  get units(): UnitOfWork {
    return this.app.get(UnitOfWork);
  }

  get lab(): LabService {
    return this.app.get(LabService);
  }

  get counters(): BoardCounters {
    return this.app.get(BoardCounters);
  }

  /** A client of the broker that speaks as any board. */
  async boards(): Promise<TestBoards> {
    const boards = await TestBoards.connect(this.settings.mqtt.port);
    this.clients.push(boards);
    return boards;
  }

  /** An admin's change: SQL that is in memory, too, when this resolves. */
  change<T>(unit: (db: Db) => Promise<T>): Promise<T> {
    return this.lab.change(unit);
  }

  rows<R = Record<string, SqlValue>>(sql: string, params: readonly SqlValue[] = []): Promise<R[]> {
    return this.app.get(ReadDb).query<R>(sql, params);
  }

  /** From now on each writing of the database takes at least so long; 0: as fast as it can. */
  slowDown(milliseconds: number, isSlow: (call: number) => boolean = () => true): void {
    jest.restoreAllMocks();
    if (milliseconds === 0) return;
    const { units } = this;
    const run = units.run.bind(units);
    let calls = 0;
    jest.spyOn(units, 'run').mockImplementation(async (unit) => {
      // Before the unit: within one it would hold up the units of all other machines.
      if (isSlow(calls++)) await sleep(milliseconds);
      return run(unit);
    });
  }

  async untilConnected(): Promise<void> {
    await until(() => this.app.get(BoardTransport).isConnected);
  }

  /** Ends the API as a signal does; the folder stays for another start. */
  async stop(): Promise<void> {
    jest.restoreAllMocks();
    for (const client of this.clients.splice(0)) await client.end();
    await this.app.close();
  }

  async remove(): Promise<void> {
    await this.stop();
    if (this.isOwnFolder) rmSync(this.settings.data.folder, { recursive: true, force: true });
  }
}

/** Waits for what happens in another process or connection. */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  timeoutMs = 15_000,
): Promise<void> {
  const startMs = performance.now();
  while (!(await isTrue())) {
    if (performance.now() - startMs > timeoutMs) throw new Error(`not within ${timeoutMs} ms`);
    await sleep(10);
  }
}

async function createApp(settings: Settings, clock: Clock): Promise<NestExpressApplication> {
  const dataFolder = prepareDataFolder(settings.data.folder);
  const secrets = loadSecrets(dataFolder.path, null);
  const module = AppModule.register({
    settings,
    dataFolder,
    secrets,
    version: '0.0.0',
    isDemo: false,
  });
  const options = { bodyParser: false, forceCloseConnections: true, logger: silent };
  const app =
    clock === systemClock
      ? await NestFactory.create<NestExpressApplication>(module, {
          abortOnError: false,
          ...options,
        })
      : (
          await Test.createTestingModule({ imports: [module] })
            .overrideProvider(CLOCK)
            .useValue(clock)
            .compile()
        ).createNestApplication<NestExpressApplication>(options);
  setUpHttp(app, {
    isTls: false,
    version: '0.0.0',
    trustProxy: null,
    webAppFolder: settings.data.folder,
  });
  // Once for all requests: to a server that does not listen, supertest starts one for each.
  await app.listen(0, '127.0.0.1');
  app.connectMicroservice({ strategy: app.get(BoardTransport) });
  await app.startAllMicroservices();
  return app;
}

/** What specs provoke would fill the console. */
const silent: LoggerService = {
  log: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
