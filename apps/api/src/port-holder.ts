import { readdir, readFile, readlink } from 'node:fs/promises';
import { callOf } from './root-folder';
import { StartError, systemErrorCode } from './start-error';

const LISTENING = '0A';

/**
 * 'mosquitto (process 812)' for the program that listens on a TCP port of this computer. Undefined
 * when nobody does, when it belongs to another user, or where there is no /proc (macOS).
 */
export async function describePortHolder(port: number): Promise<string | undefined> {
  const inodes = await listeningInodes(port);
  if (inodes.size === 0) return undefined;
  for (const pid of (await listIfAllowed('/proc')).filter((name) => /^\d+$/.test(name))) {
    for (const descriptor of await listIfAllowed(`/proc/${pid}/fd`)) {
      const target = await orUndefined(readlink(`/proc/${pid}/fd/${descriptor}`));
      const inode = target === undefined ? undefined : /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode === undefined || !inodes.has(inode)) continue;
      const name = (await orUndefined(readFile(`/proc/${pid}/comm`, 'utf8')))?.trim();
      return `${name || 'a program'} (process ${pid})`;
    }
  }
  return undefined;
}

/** What somebody can do about a port that another program has. */
export async function portTakenError(use: 'web' | 'MQTT', port: number): Promise<StartError> {
  const holder = (await describePortHolder(port)) ?? 'another program';
  const another = port === 65535 ? port - 1 : port + 1;
  const lines =
    use === 'web'
      ? [
          `Port ${port}, where the web pages are to be served, is taken by ${holder}.`,
          `Stop that one, or choose another port: FABOMATIC_WEB_PORT=${another} ${callOf('start')} (or web.port in conf/settings.toml).`,
        ]
      : [
          `Port ${port}, where the boards are to reach the broker, is taken by ${holder}.`,
          `If that is a broker, use it: MQTT.broker = "localhost" in conf/settings.toml (or FABOMATIC_MQTT_BROKER=localhost ${callOf('start')}).`,
          `Otherwise stop it, or choose another port: FABOMATIC_MQTT_PORT=${another} ${callOf('start')} (or MQTT.port in conf/settings.toml).`,
        ];
  return new StartError(lines.join('\n'));
}

/** Why listening failed, as a sentence; what is not the system's refusal comes back unchanged. */
export async function listenError(
  error: unknown,
  { use, host, port }: { use: 'web' | 'MQTT'; host: string; port: number },
): Promise<unknown> {
  switch (systemErrorCode(error)) {
    case 'EADDRINUSE':
      return portTakenError(use, port);
    case 'EACCES':
      return new StartError(
        `Port ${port} (${use}.port) may not be used by this user: choose one above 1023.`,
        { cause: error },
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartError(
        `"${host}" (${use}.host) is no address of this computer: "0.0.0.0" stands for all of them.`,
        { cause: error },
      );
    default:
      return error;
  }
}

/** The kernel's numbers of the sockets that listen on the port, over IPv4 and IPv6. */
async function listeningInodes(port: number): Promise<Set<string>> {
  const inodes = new Set<string>();
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const lines = (await orUndefined(readFile(table, 'utf8')))?.split('\n').slice(1) ?? [];
    for (const line of lines) {
      // sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode
      const fields = line.trim().split(/\s+/);
      const isHere = fields[1]?.endsWith(`:${hexPort}`) === true && fields[3] === LISTENING;
      if (isHere && fields[9] !== undefined) inodes.add(fields[9]);
    }
  }
  return inodes;
}

async function listIfAllowed(folder: string): Promise<string[]> {
  return (await orUndefined(readdir(folder))) ?? [];
}

/** Processes end while they are looked at, and those of other users are closed. */
async function orUndefined<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result;
  } catch (error) {
    // ENOENT, ESRCH: gone. EACCES, EPERM: not ours.
    if (systemErrorCode(error) !== undefined) return undefined;
    throw error;
  }
}
