import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { freePort } from '@fabomatic/virtual-board';
import { MACHINES, writeLab, writePastUses } from './bench-lab';
import { endChild, startRole } from './child';
import { ECHO_TOPIC, type EchoKind } from './echo';
import { measure, type Sample, type Target } from './measure';
import { startMosquitto } from './mosquitto';
import type { BenchOptions, BrokerKind } from './options';

import { startProduct } from './product';

const WARM_UP_MS = 800;
const DATABASE = 'fabomatic.db';

/** Starts everything, measures it, and leaves nothing behind. */
export async function runBench(
  rootFolder: string,
  options: BenchOptions,
  say: (line: string) => void,
): Promise<Sample[]> {
  // On the disk that the product would be on: /tmp may be memory, which syncs in no time.
  const folder = mkdtempSync(join(rootFolder, 'dist', 'bench-'));
  const children: ChildProcess[] = [];
  try {
    const bench = new Bench(rootFolder, folder, options, children);
    say('Preparing the databases ...');
    await bench.prepare();
    say('Starting products, brokers and echoes ...');
    const targets = await bench.start();
    return await bench.run(targets, say);
  } finally {
    for (const child of children.reverse()) await endChild(child);
    rmSync(folder, { recursive: true, force: true });
  }
}

class Bench {
  constructor(
    private readonly rootFolder: string,
    private readonly folder: string,
    private readonly options: BenchOptions,
    private readonly children: ChildProcess[],
  ) {}

  /** The product itself makes the schema; the lab and the past are written beside it. */
  async prepare(): Promise<void> {
    const { child } = await this.product('template', null, 'template', null);
    await endChild(child);
    const nowS = Date.now() / 1000;
    writeLab(this.databaseOf('template'), nowS);
    if (this.options.pastUses === 0) return;
    this.copyDatabase('template', 'template-past');
    writePastUses(this.databaseOf('template-past'), this.options.pastUses, nowS);
  }

  async start(): Promise<Target[]> {
    const targets: Target[] = [];
    for (const broker of this.options.brokers) {
      const brokerPort = broker === 'mosquitto' ? await this.mosquitto() : null;
      targets.push(await this.echo(broker, 'client', brokerPort));
      if (brokerPort === null) targets.push(await this.echo(broker, 'linked', null));
      targets.push(await this.productTarget(broker, brokerPort, 0));
      if (this.options.pastUses > 0) {
        targets.push(await this.productTarget(broker, brokerPort, this.options.pastUses));
      }
    }
    return targets;
  }

  /** Targets take turns, so that a disturbance of the computer meets all of them. */
  async run(targets: readonly Target[], say: (line: string) => void): Promise<Sample[]> {
    const load = startRole('load');
    this.children.push(load);
    const { rounds, phaseMs, boards: boardCounts, cycles } = this.options;
    for (const target of targets) {
      await measure(load, target, { boards: MACHINES, cycle: 'use', durationMs: WARM_UP_MS }, 0);
    }
    const samples: Sample[] = [];
    for (let round = 1; round <= rounds; round++) {
      say(`Round ${round} of ${rounds} ...`);
      for (const boards of boardCounts) {
        for (const cycle of cycles) {
          for (const target of targets) {
            const job = { boards, cycle, durationMs: phaseMs };
            samples.push(await measure(load, target, job, round));
          }
        }
      }
    }
    return samples;
  }

  private async productTarget(
    broker: BrokerKind,
    brokerPort: number | null,
    pastUses: number,
  ): Promise<Target> {
    const name = pastUses === 0 ? `${broker}` : `${broker}-past`;
    this.copyDatabase(pastUses === 0 ? 'template' : 'template-past', name);
    const product = await this.product(name, brokerPort, name, this.options.profileFolder);
    const { mqttPort: port, topic, pid } = product;
    return { name: 'product', broker, pastUses, port, topic, pid };
  }

  private async product(
    dataFolder: string,
    brokerPort: number | null,
    topic: string,
    profileFolder: string | null,
  ) {
    const product = await startProduct({
      rootFolder: this.rootFolder,
      dataFolder: join(this.folder, dataFolder),
      brokerPort,
      topic,
      profileFolder,
    });
    this.children.push(product.child);
    return product;
  }

  private async mosquitto(): Promise<number> {
    const { child, port } = await startMosquitto(this.folder);
    this.children.push(child);
    return port;
  }

  private async echo(
    broker: BrokerKind,
    kind: EchoKind,
    brokerPort: number | null,
  ): Promise<Target> {
    const port = brokerPort ?? (await freePort());
    const child = startRole('echo', [kind, brokerPort === null ? 'own' : 'given', String(port)]);
    this.children.push(child);
    await new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', () => reject(new Error('the echo did not start')));
    });
    const name = kind === 'client' ? 'echo' : 'linked echo';
    return { name, broker, pastUses: null, port, topic: ECHO_TOPIC, pid: child.pid ?? 0 };
  }

  private databaseOf(name: string): string {
    return join(this.folder, name, DATABASE);
  }

  private copyDatabase(from: string, to: string): void {
    mkdirSync(join(this.folder, to), { recursive: true });
    copyFileSync(this.databaseOf(from), this.databaseOf(to));
  }
}
