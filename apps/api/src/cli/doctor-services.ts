import { existsSync } from 'node:fs';
import { connect as connectTcp, createServer } from 'node:net';
import { AppError, SECONDS_PER_DAY, SECONDS_PER_HOUR, systemClock } from '@fabomatic/kernel';
import { createTransport } from 'nodemailer';
import { BackupFolder } from '../backups/backup-folder';
import { pgDumpVersion } from '../backups/postgres-tools';
import { dataFolderHolder } from '../data-folder/instance-lock';
import { databaseProblem, UNDEFINED_TABLE } from '../database/database-problem';
import { openReader } from '../database/open-reader';
import { brokerRefusal } from '../settings-page/broker-refusal';
import { listenError } from '../port-holder';
import type { Settings } from '../settings/settings.module';
import { StartError, systemErrorCode } from '../start-error';
import { type Finding, ok, problem, warning } from './finding';

const PATIENCE_MS = 5000;

export async function checkDatabase({ database: { location } }: Settings): Promise<Finding[]> {
  if (location.kind === 'sqlite' && !existsSync(location.file)) {
    return [ok(`The database ${location.file} is made at the first start.`)];
  }
  try {
    const { reader, close } = await openReader(location);
    try {
      await reader.query('SELECT COUNT(*) AS n FROM machines');
    } finally {
      await close();
    }
    return [ok('The database opens. "verify" looks into it thoroughly.')];
  } catch (error) {
    if (systemErrorCode(error) === UNDEFINED_TABLE) {
      return [ok('The database is empty: the first start fills it.')];
    }
    const explained = databaseProblem(error, location);
    const isKnown = explained instanceof StartError || systemErrorCode(explained) !== undefined;
    if (!isKnown || !(explained instanceof Error)) throw explained;
    return [problem(explained.message)];
  }
}

/** Free, ours, or somebody else's: then by whom it is taken. */
export async function checkPorts({ web, mqtt, data }: Settings): Promise<Finding[]> {
  const running = dataFolderHolder(data.folder);
  if (running !== null) {
    return [ok(`${running.purpose} is running (process ${running.pid}).`)];
  }
  const wanted = [
    { use: 'web' as const, host: web.host, port: web.port },
    ...brokerPorts(mqtt).map((port) => ({ use: 'MQTT' as const, host: mqtt.host, port })),
  ];
  const findings: Finding[] = [ok('FabOMatic is not running.')];
  for (const each of wanted) {
    const refusal = await refusalToListen(each);
    findings.push(
      refusal === null ? ok(`Port ${each.port} (${each.use}) is free.`) : problem(refusal),
    );
  }
  return findings;
}

/** Where the embedded broker is to listen. */
function brokerPorts({ isEmbedded, listeners, port, tlsPort }: Settings['mqtt']): number[] {
  if (!isEmbedded) return [];
  return [...(listeners === 'tls' ? [] : [port]), ...(listeners === 'plain' ? [] : [tlsPort])];
}

async function refusalToListen(wanted: {
  use: 'web' | 'MQTT';
  host: string;
  port: number;
}): Promise<string | null> {
  const refusal = await new Promise<unknown>((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen(wanted.port, wanted.host, () => server.close(() => resolve(null)));
  });
  if (refusal === null) return null;
  const explained = await listenError(refusal, wanted);
  return explained instanceof Error ? explained.message : String(explained);
}

export async function checkBroker({ mqtt, data }: Settings): Promise<Finding[]> {
  const { boardsPort } = mqtt;
  const where = mqtt.isEmbedded ? `port ${boardsPort}` : `${mqtt.broker}:${boardsPort}`;
  if (mqtt.isEmbedded) {
    if (dataFolderHolder(data.folder) === null) return [ok('The broker runs inside FabOMatic.')];
    const isOpen = await reaches('127.0.0.1', boardsPort);
    return [
      isOpen ? ok(`The broker listens on ${where}.`) : problem(`Nobody listens on ${where}.`),
    ];
  }
  const refusal = await brokerRefusal(mqtt);
  return [
    refusal === null
      ? ok(`The broker at ${where} answers.`)
      : problem(`The broker at ${where} cannot be used (${refusal}).`),
  ];
}

export async function checkMail({ email }: Settings): Promise<Finding[]> {
  if (email.server === null) return [ok('No mail server is set: no mail is sent.')];
  const transport = createTransport({
    host: email.server,
    port: email.port,
    secure: email.useTls && email.port === 465,
    requireTLS: email.useTls && email.port !== 465,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    ...(email.username === null
      ? {}
      : { auth: { user: email.username, pass: email.password ?? '' } }),
  });
  try {
    await transport.verify();
    return [ok(`The mail server ${email.server}:${email.port} lets us in.`)];
  } catch (error) {
    // Not reachable, no TLS, or a wrong password: its own words say which.
    const reason = error instanceof Error ? error.message : String(error);
    return [problem(`The mail server ${email.server}:${email.port} cannot be used: ${reason}.`)];
  } finally {
    transport.close();
  }
}

export async function checkBackups({ backup, database }: Settings): Promise<Finding[]> {
  const tools = await checkPgDump(database.location);
  const folder = new BackupFolder(backup.folder);
  const [newest] = folder.list();
  if (newest === undefined) return [...tools, warning(`There is no backup in ${folder.path} yet.`)];
  const ageS = systemClock.nowS() - newest.atS;
  const age = `The newest backup is ${Math.round(ageS / SECONDS_PER_HOUR)} hours old.`;
  return [...tools, ageS > 2 * SECONDS_PER_DAY ? warning(age) : ok(age)];
}

/** Backups of PostgreSQL need its own program, which refuses servers that are newer than itself. */
export async function checkPgDump(
  location: Settings['database']['location'],
  askVersion = pgDumpVersion,
): Promise<Finding[]> {
  if (location.kind === 'sqlite') return [];
  let version: number;
  try {
    version = await askVersion();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [problem(`Backups cannot be made: ${String(error.params['reason'])}.`)];
  }
  const server = await serverVersion(location);
  if (server === null || version >= server) return [ok(`pg_dump ${version} makes the backups.`)];
  return [
    problem(
      `Backups cannot be made: pg_dump ${version} refuses the server, which is PostgreSQL ${server}. Install postgresql-client-${server}.`,
    ),
  ];
}

/** 15; null when the server does not answer, which the check of the database says. */
async function serverVersion(location: Settings['database']['location']): Promise<number | null> {
  try {
    const { reader, close } = await openReader(location);
    try {
      const [row] = await reader.query<{ server_version_num: string }>('SHOW server_version_num');
      return Math.floor(Number(row?.server_version_num) / 10_000);
    } finally {
      await close();
    }
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return null;
  }
}

function reaches(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTcp({ host, port, timeout: PATIENCE_MS });
    const finish = (isOpen: boolean) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
    socket.once('timeout', () => finish(false));
  });
}
