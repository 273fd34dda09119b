import { hostname, networkInterfaces } from 'node:os';
import { statsTopic } from '@fabomatic/boards';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { BoardCounters } from './board-counters.service';
import { BoardTransport } from './board-transport.service';

const STATS_EVERY_MS = 5000;

/**
 * `stats/<client id>` every 5 s, with the original's keys, which other programs of the lab read, and
 * the counters of what went wrong after them.
 */
@Injectable()
export class BoardStats {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly transport: BoardTransport,
    private readonly counters: BoardCounters,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  begin(): void {
    this.timer = setInterval(() => this.publish(), STATS_EVERY_MS);
  }

  end(): void {
    clearInterval(this.timer);
  }

  private publish(): void {
    const { clientId, statsTopic: topic, ...names } = this.settings.mqtt;
    const stats = {
      Connected: this.transport.isConnected,
      'Backend host': hostname(),
      'Backend IP': ownAddress(),
      Received: this.counters.received,
      Sent: this.counters.sent,
      // The original knows none of these: what went wrong since the start.
      Dropped: this.counters.dropped,
      Malformed: this.counters.malformed,
      Ignored: this.counters.ignored,
      Failed: this.counters.failed,
    };
    const to = statsTopic({ ...names, statsTopic: topic }, clientId);
    this.transport.publishText(to, JSON.stringify(stats));
  }
}

/** The first address of this computer that others can reach. */
function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const reachable = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
  return reachable?.address ?? '127.0.0.1';
}
