import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '@fabomatic/virtual-board';
import { startProgram } from './child';

export interface ProductOptions {
  readonly rootFolder: string;
  readonly dataFolder: string;
  /** null: the embedded broker. */
  readonly brokerPort: number | null;
  /** First level of the boards' topics; also makes the client id, of which a broker has only one. */
  readonly topic: string;
  readonly profileFolder: string | null;
}

export interface Product {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly mqttPort: number;
  readonly webPort: number;
  readonly topic: string;
}

const READY = 'FabOMatic is running';
const READY_WITHIN_MS = 60_000;

/** Starts the built product as anybody would, on ports and a data folder of its own. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const { rootFolder, dataFolder, brokerPort, topic, profileFolder } = options;
  const mqttPort = brokerPort ?? (await freePort());
  const webPort = await freePort();
  const profile =
    profileFolder === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${join(profileFolder, topic)}`];
  const child = startProgram(
    rootFolder,
    process.execPath,
    [...profile, join('dist', 'apps', 'api', 'main.js')],
    {
      FABOMATIC_DATA_DIR: dataFolder,
      FABOMATIC_DATABASE_URL: 'sqlite:///fabomatic.db',
      FABOMATIC_WEB_PORT: String(webPort),
      FABOMATIC_WEB_HOST: '127.0.0.1',
      FABOMATIC_WEB_TLS: 'off',
      FABOMATIC_MQTT_BROKER: brokerPort === null ? 'embedded' : '127.0.0.1',
      FABOMATIC_MQTT_HOST: '127.0.0.1',
      FABOMATIC_MQTT_PORT: String(mqttPort),
      FABOMATIC_MQTT_TOPIC: topic,
      FABOMATIC_MQTT_CLIENT_ID: `bench-${topic}`,
      // Counted, but never too much: these boards do not wait as real ones do.
      FABOMATIC_MQTT_MAX_MESSAGES_PER_S: '1000000',
    },
  );
  await untilReady(child);
  return { child, pid: child.pid ?? 0, mqttPort, webPort, topic };
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (what: string) => reject(new Error(`the product ${what}:\n${output}`));
    const timer = setTimeout(() => fail('did not start in time'), READY_WITHIN_MS);
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes(READY)) done(resolve);
    };
    const ended = (code: number | null, signal: string | null) =>
      done(() => fail(`ended (${signal ?? code})`));
    const done = (finish: () => void) => {
      clearTimeout(timer);
      child.off('exit', ended);
      // From now on what it prints is read and dropped: a full pipe would stop it.
      for (const stream of [child.stdout, child.stderr]) stream?.off('data', read).resume();
      finish();
    };
    child.once('exit', ended);
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', read);
  });
}
