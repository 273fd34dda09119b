import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@fabomatic/virtual-board';

const START_TIMEOUT_MS = 10_000;
/** Debian puts it where only root's PATH looks. */
const PROGRAM = ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto'].find(existsSync);

/** A real Mosquitto of the spec's own, on a port of its own. */
export class Mosquitto {
  private process: ChildProcess | null = null;

  private constructor(
    private readonly folder: string,
    readonly port: number,
  ) {}

  static async start(): Promise<Mosquitto> {
    const folder = mkdtempSync(join(tmpdir(), 'fabomatic-mosquitto-'));
    const broker = new Mosquitto(folder, await freePort());
    const lines = [`listener ${broker.port} 127.0.0.1`, 'allow_anonymous true'];
    lines.push('set_tcp_nodelay true', 'persistence false', 'log_type error');
    writeFileSync(join(folder, 'mosquitto.conf'), `${lines.join('\n')}\n`);
    await broker.run();
    return broker;
  }

  /** With the files that a lab writes: waits for them, as it waits for its broker. */
  static async startWithFiles(port: number, dataFolder: string): Promise<Mosquitto> {
    const folder = mkdtempSync(join(tmpdir(), 'fabomatic-mosquitto-'));
    const broker = new Mosquitto(folder, port);
    const [passwords, acl] = ['passwords', 'acl'].map((n) => join(dataFolder, 'mosquitto', n));
    const lines = [
      `listener ${port} 127.0.0.1`,
      'allow_anonymous false',
      `password_file ${passwords}`,
      `acl_file ${acl}`,
      'set_tcp_nodelay true',
      'persistence false',
      'log_type error',
      // Otherwise it becomes a user who may not read the files of a spec.
      `user ${userInfo().username}`,
    ];
    writeFileSync(join(folder, 'mosquitto.conf'), `${lines.join('\n')}\n`);
    for (let waitedMs = 0; !existsSync(acl ?? ''); waitedMs += 20) {
      if (waitedMs > START_TIMEOUT_MS) throw new Error('nobody wrote the files for Mosquitto');
      await sleep(20);
    }
    await broker.run();
    return broker;
  }

  /** What `systemctl reload mosquitto` does. */
  async reload(): Promise<void> {
    this.process?.kill('SIGHUP');
    await sleep(200);
  }

  async run(): Promise<void> {
    this.process = spawn(PROGRAM ?? 'mosquitto', ['-c', join(this.folder, 'mosquitto.conf')], {
      stdio: 'ignore',
    });
    for (let waitedMs = 0; !(await this.listens()); waitedMs += 20) {
      if (waitedMs > START_TIMEOUT_MS) throw new Error('Mosquitto did not start');
      await sleep(20);
    }
  }

  /** Everything that it kept is gone: there is no persistence. */
  async kill(): Promise<void> {
    const child = this.process;
    this.process = null;
    if (!child || child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private listens(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1');
      const end = (isThere: boolean) => {
        socket.destroy();
        resolve(isThere);
      };
      socket.once('connect', () => end(true));
      socket.once('error', () => end(false));
    });
  }
}
