import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '@fabomatic/virtual-board';
import { connectAsync, type MqttClient } from 'mqtt';

const ROOT = resolve(import.meta.dirname, '../../..');
const START_TIMEOUT_MS = 30_000;

/** The built product in a process of its own, with a data folder and ports of its own. */
export class Product {
  readonly folder = mkdtempSync(join(tmpdir(), 'fabomatic-e2e-'));
  private process: ChildProcess | null = null;
  private output = '';

  private constructor(
    readonly webPort: number,
    readonly mqttPort: number,
    private readonly settings: Readonly<Record<string, string>>,
    private readonly options: readonly string[],
  ) {}

  /** `options` are those of the command line: `--demo`. */
  static async start(
    settings: Readonly<Record<string, string>> = {},
    options: readonly string[] = [],
  ): Promise<Product> {
    const product = new Product(await freePort(), await freePort(), settings, options);
    await product.run();
    return product;
  }

  get url(): string {
    const scheme = this.settings['FABOMATIC_WEB_TLS'] === 'off' ? 'http' : 'https';
    return `${scheme}://localhost:${this.webPort}`;
  }

  /** Starts the process and waits until it serves. */
  async run(): Promise<void> {
    const child = spawn(process.execPath, [join(ROOT, 'dist/apps/api/main.js'), ...this.options], {
      cwd: this.folder,
      env: {
        PATH: process.env['PATH'],
        FABOMATIC_DATA_DIR: this.folder,
        FABOMATIC_WEB_PORT: String(this.webPort),
        FABOMATIC_MQTT_PORT: String(this.mqttPort),
        FABOMATIC_LAB_TIMEZONE: 'Europe/Rome',
        ...this.settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process = child;
    this.output = '';
    const ready = new Promise<void>((done, fail) => {
      const take = (chunk: Buffer) => {
        this.output += chunk.toString();
        if (this.output.includes('FabOMatic is running')) done();
      };
      child.stdout.on('data', take);
      child.stderr.on('data', take);
      child.once('exit', () => fail(new Error(`the product has stopped: ${this.output}`)));
      setTimeout(() => fail(new Error(`no start: ${this.output}`)), START_TIMEOUT_MS).unref();
    });
    await ready;
  }

  /** Ends the process; `SIGKILL` is the power cut. Gives the exit code, null after a kill. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const child = this.process;
    this.process = null;
    if (!child || child.exitCode !== null) return child?.exitCode ?? null;
    child.kill(signal);
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  }

  /** What a process manager does: starts it again once it has ended. Gives the exit code. */
  async startAgainWhenEnded(): Promise<number | null> {
    const child = this.process;
    if (!child) throw new Error('the product is not running');
    const [code] = (await once(child, 'exit')) as [number | null];
    await this.run();
    return code;
  }

  async remove(): Promise<void> {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A JSON answer of the REST API. */
  async api<T>(
    path: string,
    token?: string,
    body?: unknown,
    method: 'POST' | 'PATCH' = 'POST',
  ): Promise<T> {
    const { request } = await import('@playwright/test');
    const context = await request.newContext({ ignoreHTTPSErrors: true });
    const headers: Record<string, string> = {};
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    const url = `${this.url}/api/v1/${path}`;
    const response = body
      ? await context.fetch(url, { method, headers, data: body })
      : await context.get(url, { headers });
    const json = (await response.json()) as T;
    await context.dispose();
    return json;
  }

  /** Changes the seeded password, as everybody must, and gives a token. */
  async firstLogin(password: string): Promise<string> {
    const first = await this.api<{ accessToken: string }>('auth/login', undefined, {
      email: 'admin@fablab.org',
      password: 'admin',
    });
    const changed = await this.api<{ accessToken: string }>('auth/password', first.accessToken, {
      currentPassword: 'admin',
      newPassword: password,
    });
    return changed.accessToken;
  }

  connectBoard(): Promise<Board> {
    return Board.connect(this.mqttPort);
  }
}

/** A board by hand: says one thing and waits for its answer. */
export class Board {
  private constructor(private readonly client: MqttClient) {}

  static async connect(port: number): Promise<Board> {
    const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 4 });
    await client.subscribeAsync('machine/+/reply');
    return new Board(client);
  }

  async ask(machineId: number, message: object): Promise<Record<string, unknown>> {
    const topic = `machine/${machineId}/reply`;
    const answer = new Promise<Buffer>((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`no answer on ${topic}`)), 2000);
      const take = (from: string, payload: Buffer) => {
        if (from !== topic) return;
        clearTimeout(timer);
        this.client.off('message', take);
        done(payload);
      };
      this.client.on('message', take);
    });
    await this.client.publishAsync(`machine/${machineId}`, JSON.stringify(message));
    return JSON.parse((await answer).toString()) as Record<string, unknown>;
  }

  /** What the product has no answer to. */
  async say(machineId: number, message: object): Promise<void> {
    await this.client.publishAsync(`machine/${machineId}`, JSON.stringify(message));
  }

  end(): Promise<void> {
    return this.client.endAsync();
  }
}
