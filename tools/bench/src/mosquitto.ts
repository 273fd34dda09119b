import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@fabomatic/virtual-board';
import { startProgram } from './child';
import { untilListening } from './ports';

const CONFIGURATION = 'mosquitto.conf';

export interface Mosquitto {
  readonly child: ChildProcess;
  readonly port: number;
}

/** A Mosquitto of our own. Without set_tcp_nodelay a question and its answer take 44 ms. */
export async function startMosquitto(folder: string): Promise<Mosquitto> {
  const port = await freePort();
  const lines = [`listener ${port} 127.0.0.1`, 'allow_anonymous true', 'set_tcp_nodelay true'];
  writeFileSync(join(folder, CONFIGURATION), `${lines.join('\n')}\n`);
  const child = startProgram(folder, 'mosquitto', ['-c', CONFIGURATION], {
    PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin`,
  });
  const failed = new Promise<never>((_resolve, reject) => {
    child.once('error', () =>
      reject(
        new Error('Mosquitto is not installed: apt-get install mosquitto, or --broker embedded'),
      ),
    );
  });
  await Promise.race([untilListening(port, 5000), failed]);
  return { child, port };
}
