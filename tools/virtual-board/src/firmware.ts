import { parseAnswer, readBoolean, readLevel, readText, readUid } from './answers';
import type { BoardConnection } from './board-connection';
import type { BoardHappening } from './board-events';
import type { CardCache, KnownCard, Whitelist } from './card-memory';
import type { CardReader } from './card-reader';
import type { Cpu } from './cpu';
import type { Flash } from './flash';
import { MACHINE_AT_BOOT, machineAfter, type MachineState } from './machine-state';
import type { Outbox } from './outbox';
import type { BoardTimings } from './timings';
import {
  CHECK_MACHINE,
  checkUserText,
  inUseText,
  maintenanceText,
  startUseText,
  stopUseText,
} from './wire-texts';

/** Who uses the machine, and since when by the board's clock. */
export interface CurrentUse {
  readonly uid: string;
  readonly name: string;
  readonly level: number;
  readonly sinceMs: number;
}

/** `grace`: nobody is logged in, but the machine still has power (F30). */
export type Power = 'off' | 'on' | 'grace';

export interface FirmwareParts {
  readonly cpu: Cpu;
  readonly timings: BoardTimings;
  readonly reader: CardReader;
  readonly flash: Flash;
  readonly whitelist: Whitelist;
  readonly cache: CardCache;
  readonly connection: BoardConnection;
  readonly outbox: Outbox;
  readonly tell: (happening: BoardHappening) => void;
}

/** Level of staff: may work, and is asked to confirm, when maintenance is due (F29). */
const STAFF_LEVEL = 2;
const LONG_TAP_POLL_MS = 20;

/**
 * The program of a board, from one power-on to the next. One thread: while an action runs nothing
 * else happens; cards are not seen, ticks are late, what arrives stays in the socket.
 */
export class Firmware {
  machine: MachineState = MACHINE_AT_BOOT;
  use: CurrentUse | null = null;
  power: Power = 'off';
  private lastUid = '00000000';
  private graceSinceMs = 0;
  private deafUntilMs = 0;

  constructor(private readonly parts: FirmwareParts) {}

  /** Runs until the power is cut: throws PowerCut. */
  async run(): Promise<never> {
    const { cpu, timings } = this.parts;
    await cpu.sleep(timings.bootMs);
    const startMs = cpu.now();
    await this.tick();
    let tickAtMs = startMs + timings.tickMs;
    let aliveAtMs = startMs + timings.aliveMs;
    let readerAtMs = 0;
    let housekeepingAtMs = 0;
    for (;;) {
      const nowMs = cpu.now();
      if (nowMs >= aliveAtMs) {
        aliveAtMs = nowMs + timings.aliveMs;
        await this.reportAlive();
      } else if (nowMs >= tickAtMs) {
        tickAtMs = nowMs + timings.tickMs;
        await this.tick();
      } else if (nowMs >= readerAtMs) {
        readerAtMs = nowMs + timings.readerPollMs;
        await this.lookAround();
      } else if (nowMs >= housekeepingAtMs) {
        housekeepingAtMs = nowMs + timings.housekeepingMs;
        await this.keepHouse();
      } else {
        const needsKeeping = this.use !== null || this.power === 'grace';
        const nextMs = Math.min(aliveAtMs, tickAtMs, needsKeeping ? housekeepingAtMs : Infinity);
        if (this.isQuiet()) {
          await cpu.doze(Math.max(1, nextMs - nowMs));
          readerAtMs = nextInPhase(readerAtMs, timings.readerPollMs, cpu.now());
          housekeepingAtMs = nextInPhase(housekeepingAtMs, timings.housekeepingMs, cpu.now());
        } else await cpu.sleep(Math.max(1, Math.min(nextMs, readerAtMs) - nowMs));
      }
    }
  }

  /** Looks at reader and socket would find nothing: they may be left out until there is news. */
  private isQuiet(): boolean {
    return this.parts.reader.current() === null && this.parts.connection.isQuiet;
  }

  /** Every 30 s: reconnects if need be, asks for the machine's state, tells of the use. */
  private async tick(): Promise<void> {
    const { cpu, timings, connection, outbox } = this.parts;
    if (!connection.isOnline) {
      if (!connection.isPausing) await connection.connect();
      if (!connection.isOnline) return;
      await cpu.sleep(timings.settleMs);
    }
    await this.refresh();
    if (this.use) await outbox.ask(inUseText(this.use.uid, this.durationS()));
  }

  private async reportAlive(): Promise<void> {
    const { connection, outbox, flash, cache, tell } = this.parts;
    if (connection.isOnline) {
      await outbox.drain();
      if (connection.isOnline && outbox.length === 0 && !connection.publishAlive()) {
        connection.closeAbruptly();
      }
    }
    flash.queue = outbox.snapshot();
    flash.cache = cache.snapshot();
    tell({ kind: 'flash-saved', queueLength: outbox.length });
  }

  /** Every 150 ms: the reader, the socket, a remote command. */
  private async lookAround(): Promise<void> {
    const { cpu, reader, connection } = this.parts;
    const uid = cpu.now() >= this.deafUntilMs ? reader.current() : null;
    if (uid !== null) await this.onCard(uid);
    connection.pollWhenIdle();
    const request = connection.takeRequest();
    if (request !== null) await this.onRequest(request);
  }

  /** Every second: automatic log-off, end of the grace period (F30). */
  private async keepHouse(): Promise<void> {
    const { cpu, timings } = this.parts;
    const { logoffMin, graceMin } = this.machine;
    const logoffMs = logoffMin * timings.minuteMs + timings.housekeepingMs;
    if (this.use && logoffMin > 0 && cpu.now() - this.use.sinceMs >= logoffMs) {
      await this.logOut();
      await cpu.sleep(timings.beepFailMs);
    }
    const isGraceOver = cpu.now() - this.graceSinceMs > graceMin * timings.minuteMs;
    if (this.power === 'grace' && isGraceOver) this.setPower('off');
  }

  private async onCard(uid: string): Promise<void> {
    const { cpu, timings, tell } = this.parts;
    tell({ kind: 'card', uid });
    if (!this.use) {
      await this.logIn(uid);
      await cpu.sleep(timings.messageMs);
      await this.refresh(); // F5
    } else {
      if (this.use.uid === uid) await this.logOut();
      else tell({ kind: 'occupied', uid });
      await cpu.sleep(timings.messageMs);
    }
    this.deafUntilMs = cpu.now() + timings.deafMs;
  }

  /** A remote command (F47-F50). */
  private async onRequest(text: string): Promise<void> {
    const { request_type: requestType, uid: wireUid } = parseAnswer(text);
    if (requestType === undefined || wireUid === undefined) return;
    const uid = readUid(wireUid);
    this.parts.tell({ kind: 'command', requestType: readText(requestType), uid });
    if (requestType === 'stop') await this.logOut();
    else if (requestType === 'start') {
      if (this.use) await this.logOut();
      await this.logIn(uid);
    }
  }

  private async refresh(): Promise<void> {
    const { connection, outbox } = this.parts;
    await connection.connect();
    if (!connection.isConnected) return;
    this.machine = machineAfter(this.machine, await outbox.ask(CHECK_MACHINE));
  }

  private async logIn(uid: string): Promise<void> {
    const { cpu, timings, outbox, tell } = this.parts;
    const user = await this.identify(uid);
    if (!user || user.level === 0) {
      tell({ kind: 'refused', uid });
      return cpu.sleep(timings.beepFailMs);
    }
    if (!this.machine.allowed) {
      tell({ kind: 'blocked', uid });
      return cpu.sleep(timings.beepFailMs);
    }
    if (this.machine.maintenance && user.level < STAFF_LEVEL) {
      tell({ kind: 'maintenance', uid });
      return cpu.sleep(timings.beepFailMs + timings.messageMs);
    }
    if (this.machine.maintenance) await this.askForMaintenance(uid, user.level);
    this.use = { uid, name: user.name, level: user.level, sinceMs: cpu.now() };
    this.lastUid = uid;
    this.setPower('on');
    await outbox.report(startUseText(uid));
    tell({ kind: 'started', uid, name: user.name, level: user.level });
    await cpu.sleep(timings.beepOkMs);
  }

  /** Asks the backend; alone it trusts the whitelist, then its cache (F16, F22). */
  private async identify(uid: string): Promise<KnownCard | null> {
    const { connection, outbox, cache, whitelist } = this.parts;
    if (!connection.isOnline && !connection.isPausing) await connection.connect();
    if (connection.isOnline) {
      const answer = await outbox.ask(checkUserText(uid));
      if (readBoolean(answer.request_ok)) {
        const isValid = answer.is_valid === true || answer.is_valid === 1;
        const level = isValid ? readLevel(answer.level) : 0;
        cache.remember(uid, level);
        return isValid ? { name: readText(answer.name), level } : null;
      }
    }
    const listed = whitelist.get(uid);
    if (listed) return listed;
    const level = cache.levelOf(uid);
    return level === null ? null : { name: uid, level };
  }

  /** Staff may confirm by a long tap that maintenance was done; they get in either way (F29). */
  private async askForMaintenance(uid: string, level: number): Promise<void> {
    const { cpu, timings, outbox, tell } = this.parts;
    tell({ kind: 'maintenance-asked', uid });
    await cpu.sleep(timings.beepOkMs);
    if (!(await this.isCardHeld(uid))) return;
    const answer = await outbox.report(maintenanceText(uid));
    const isRegistered = readBoolean(answer.request_ok);
    tell({ kind: 'maintenance-answered', uid, isRegistered });
    if (isRegistered) await cpu.sleep(timings.beepOkMs + timings.longMessageMs);
    else await cpu.sleep(timings.beepFailMs + timings.messageMs);
    if (isRegistered || level === STAFF_LEVEL + 1) {
      this.machine = { ...this.machine, maintenance: false };
    }
  }

  private async isCardHeld(uid: string): Promise<boolean> {
    const { cpu, timings, reader } = this.parts;
    for (let round = 0; round < timings.longTapRounds; round++) {
      const startMs = cpu.now();
      while (reader.current() !== uid) {
        if (cpu.now() - startMs >= timings.longTapPatienceMs) return false;
        await cpu.sleep(LONG_TAP_POLL_MS);
      }
      await cpu.sleep(timings.longTapRoundMs - (cpu.now() - startMs));
    }
    return true;
  }

  /** Also on a free machine, after a remote stop: duration 0 of the last user (F49). */
  private async logOut(): Promise<void> {
    const { cpu, timings, outbox, tell } = this.parts;
    const durationS = this.durationS();
    await outbox.report(stopUseText(this.lastUid, durationS));
    if (this.use) {
      this.use = null;
      this.graceSinceMs = cpu.now();
      this.setPower(this.machine.graceMin === 0 ? 'off' : 'grace');
    }
    tell({ kind: 'stopped', uid: this.lastUid, durationS });
    await cpu.sleep(timings.beepOkMs + timings.messageMs);
  }

  /** Whole seconds since the login, cut (F10). */
  private durationS(): number {
    return this.use ? Math.floor((this.parts.cpu.now() - this.use.sinceMs) / 1000) : 0;
  }

  private setPower(power: Power): void {
    const wasFed = this.power !== 'off';
    const isFed = power !== 'off';
    this.power = power;
    if (wasFed !== isFed) this.parts.tell({ kind: 'power', state: isFed ? 'on' : 'off' });
  }
}

/** The first of `firstMs`, `firstMs + periodMs`, ... that is not before `nowMs`. */
function nextInPhase(firstMs: number, periodMs: number, nowMs: number): number {
  return firstMs + Math.max(0, Math.ceil((nowMs - firstMs) / periodMs)) * periodMs;
}
