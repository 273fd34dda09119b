import { REPLY_DEADLINE_MS } from '@fabomatic/boards';

/** A message that has arrived and may still be answered. */
export interface Ticket {
  readonly machineId: number;
  /** Monotonic milliseconds at which it came from the socket. */
  readonly arrivedAtMs: number;
  /** Counts the messages of its machine. */
  readonly sequence: number;
}

/**
 * Decides whether an answer may still leave. A board takes whatever arrives on its reply topic for
 * the answer to what it asked last (F32 to F37): an answer after its deadline, or after any newer
 * message of the machine, could open the machine to another card. Then silence is right; what was
 * recorded stands, and the board will say it again.
 */
export class ReplyGate {
  /** Key: machine id; value: how many messages came from it. */
  private readonly sequences = new Map<number, number>();

  arrival(machineId: number, nowMs: number): Ticket {
    const sequence = (this.sequences.get(machineId) ?? 0) + 1;
    this.sequences.set(machineId, sequence);
    return { machineId, arrivedAtMs: nowMs, sequence };
  }

  mayAnswer(ticket: Ticket, nowMs: number): boolean {
    return (
      nowMs - ticket.arrivedAtMs <= REPLY_DEADLINE_MS &&
      this.sequences.get(ticket.machineId) === ticket.sequence
    );
  }
}
