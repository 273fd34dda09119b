import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { AppLogger } from './logging/app-logger';
import type { ServiceVariables } from './settings/load-settings';

/** Comes with systemd. Node itself cannot write to the kind of socket that systemd reads. */
const PROGRAM = 'systemd-notify';
const PROGRAM_TIMEOUT_MS = 5000;
/** Signs of life within the time that systemd waits for one: the first two may be lost. */
const SIGNS_PER_WAIT = 3;

const run = promisify(execFile);

/**
 * Tells systemd that the program serves, that it is alive, and that it ends. Without systemd it does
 * nothing.
 */
export class ServiceManager {
  private timer: NodeJS.Timeout | undefined;
  private isAsking = false;
  private wasAlive = true;

  constructor(
    private readonly variables: ServiceVariables,
    private readonly logger: AppLogger,
    private readonly program = PROGRAM,
  ) {}

  /**
   * The program serves. From now on `isAlive` is asked again and again, and systemd hears of each
   * yes; when it has heard of none for long enough it starts the program anew. A timer that does not
   * come to its turn and an answer that does not come are a no.
   */
  async ready(isAlive: () => Promise<boolean>): Promise<void> {
    await this.tell('READY=1', 'STATUS=Serving');
    const { notifySocket, watchdogMs } = this.variables;
    if (notifySocket === null || watchdogMs === null) return;
    this.timer = setInterval(() => void this.giveSign(isAlive), watchdogMs / SIGNS_PER_WAIT);
    this.timer.unref();
  }

  async stopping(): Promise<void> {
    clearInterval(this.timer);
    await this.tell('STOPPING=1');
  }

  private async giveSign(isAlive: () => Promise<boolean>): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      const alive = await isAlive();
      if (alive) await this.tell('WATCHDOG=1');
      else if (this.wasAlive) {
        this.logger.error('The database does not answer: systemd will start the program anew.');
      }
      this.wasAlive = alive;
    } finally {
      this.isAsking = false;
    }
  }

  private async tell(...state: string[]): Promise<void> {
    if (this.variables.notifySocket === null) return;
    try {
      await run(this.program, state, { timeout: PROGRAM_TIMEOUT_MS });
    } catch (error) {
      // Not installed, or systemd did not take it: if that lasts, systemd ends the program.
      this.logger.error(`systemd could not be told ${state.join(' ')} (${PROGRAM} failed).`, error);
    }
  }
}
