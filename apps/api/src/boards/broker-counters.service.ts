import { Injectable } from '@nestjs/common';

const MAX_REMEMBERED = 20;

/** What the broker inside this program, or a limit, kept from boards and others. */
@Injectable()
export class BrokerCounters {
  /** Clients that were disconnected because they sent too much. */
  cutOff = 0;
  /** Messages that were too many and were not looked at. */
  tooMany = 0;
  /** Logins with a wrong name or password. */
  refusedLogins = 0;
  /** Messages to clients that did not read what they had been sent before. */
  undelivered = 0;
  /** Key: who sent too much ("board-7", an address); value: when last, epoch seconds. */
  private readonly flooders = new Map<string, number>();

  noteFlood(who: string, nowS: number): void {
    this.flooders.delete(who);
    this.flooders.set(who, nowS);
    const [oldest] = this.flooders.keys();
    if (this.flooders.size > MAX_REMEMBERED && oldest !== undefined) this.flooders.delete(oldest);
  }

  /** Who sent too much since then. */
  floodersSince(sinceS: number): string[] {
    return [...this.flooders].flatMap(([who, atS]) => (atS >= sinceS ? [who] : []));
  }
}
