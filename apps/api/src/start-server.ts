import 'reflect-metadata';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { systemClock } from '@fabomatic/kernel';
import { AppModule } from './app.module';
import { BoardTransport } from './boards/board-transport.service';
import { applyPendingRestore } from './backups/apply-pending-restore';
import { banner } from './banner';
import {
  type Certificate,
  certificateFromFiles,
  selfSignedCertificate,
} from './data-folder/certificate';
import { prepareDataFolder } from './data-folder/data-folder';
import { lockDataFolder } from './data-folder/instance-lock';
import { loadSecrets } from './data-folder/secrets';
import { ReadDb } from './database/db';
import { DemoBoards } from './demo/demo-boards.service';
import { demoSettings } from './demo/demo-settings';
import { CONNECTIONS_CHECKED_EVERY_MS, setUpHttp } from './http/http-setup';
import { AppLogger } from './logging/app-logger';
import { openLogFiles } from './logging/log-files';
import { secretsOf, withoutSecrets } from './logging/without-secrets';
import { listenError } from './port-holder';
import { findRootFolder, readVersion } from './root-folder';
import { ServiceManager } from './service-manager';
import { loadSettings, serviceVariables } from './settings/load-settings';
import type { Settings } from './settings/settings.module';
import { endOnDefects, endOnSignals } from './shutdown';
import { databaseAnswers } from './system/database-answers';

const HANDSHAKE_TIMEOUT_MS = 15_000;

/**
 * Starts the whole product and returns when it serves. Whatever a person can mend is thrown as a
 * StartError. The order matters: nothing is opened in a data folder that another process holds.
 */
export async function startServer({ isDemo }: { isDemo: boolean }): Promise<void> {
  const rootFolder = findRootFolder();
  const settings = isDemo ? demoSettings(loadSettings()) : loadSettings();
  const dataFolder = prepareDataFolder(settings.data.folder);
  const lock = lockDataFolder(dataFolder.path, 'FabOMatic');
  const logger = await openLog(settings, dataFolder.logsPath);
  const manager = new ServiceManager(serviceVariables(), logger);
  let app: NestExpressApplication | undefined = undefined;
  endOnDefects(logger, dataFolder.logsPath);
  endOnSignals(logger, async () => {
    await Promise.all([manager.stopping(), app?.close()]);
    lock.release();
  });

  const version = readVersion(rootFolder);
  const nowS = systemClock.nowS();
  if (!isDemo) await applyPendingRestore(settings, { version, nowS, log: logger });
  const secrets = loadSecrets(dataFolder.path, settings.web.secretKey);
  const certificate = await certificateFor(settings);
  app = await NestFactory.create<NestExpressApplication>(
    AppModule.register({ settings, dataFolder, secrets, version, isDemo }),
    {
      abortOnError: false,
      bodyParser: false,
      // Open event streams of browsers must not hold up the end.
      forceCloseConnections: true,
      logger,
      ...(certificate === undefined ? {} : { httpsOptions: httpsOptions(certificate) }),
    },
  );
  setUpHttp(app, {
    isTls: certificate !== undefined,
    version,
    trustProxy: settings.web.trustProxy,
    webAppFolder: join(rootFolder, 'dist', 'apps', 'web', 'browser'),
  });
  await listen(app, settings);
  if (isDemo) app.get(DemoBoards).begin();
  logger.record('info', `FabOMatic ${version} serves on port ${settings.web.port}`);
  process.stdout.write(banner(settings, isDemo));
  const db = app.get(ReadDb);
  // A PostgreSQL that is away does not come back by a start of this program; one that hangs may.
  const isElsewhere = settings.database.location.kind !== 'sqlite';
  await manager.ready(async () => (await databaseAnswers(db)) || isElsewhere);
}

async function openLog(settings: Settings, logsPath: string): Promise<AppLogger> {
  let isTold = false;
  const files = await openLogFiles(logsPath, (error) => {
    if (!isTold) process.stderr.write(`The log cannot be written (${error.message}).\n`);
    isTold = true;
  });
  process.on('exit', () => files.flush());
  return new AppLogger(withoutSecrets(files, secretsOf(settings)), settings.log.level);
}

async function certificateFor({ web, data }: Settings): Promise<Certificate | undefined> {
  switch (web.tls) {
    case 'off':
      return undefined;
    case 'files':
      // loadSettings refuses "files" without both paths.
      return certificateFromFiles(web.tlsCertFile ?? '', web.tlsKeyFile ?? '', 'web');
    case 'self-signed':
      return selfSignedCertificate(data.folder, systemClock.nowS());
  }
}

/** Nest hands all of them on, though its type knows a few. */
function httpsOptions(certificate: Certificate): Certificate {
  const timeouts = {
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    connectionsCheckingInterval: CONNECTIONS_CHECKED_EVERY_MS,
  };
  return { ...certificate, ...timeouts };
}

async function listen(app: NestExpressApplication, { web }: Settings): Promise<void> {
  // Modules begin first (database, broker): their errors are their own.
  await app.init();
  app.connectMicroservice({ strategy: app.get(BoardTransport) });
  await app.startAllMicroservices();
  try {
    await app.listen(web.port, web.host);
  } catch (error) {
    // The port is taken, not allowed, or the address is not ours. What runs already ends properly.
    await app.close();
    throw await listenError(error, { use: 'web', host: web.host, port: web.port });
  }
}
