import type { BoardEvent } from './board-events';
import type { Clock } from './clock';
import { oneOf } from './random';
import type { VirtualBoard } from './virtual-board';

export interface SceneOptions {
  readonly board: VirtualBoard;
  readonly clock: Clock;
  /** Cards of people who come by: 8 hex digits. At least one. */
  readonly cards: readonly string[];
  /** 0 <= random() < 1. */
  readonly random: () => number;
  /** All waits of people are this many times shorter. Default 1. */
  readonly speed?: number;
  /** Ends the scene. */
  readonly signal: AbortSignal;
}

/** Thrown out of whatever a scene waits for when it is over. */
export class SceneOver extends Error {
  constructor() {
    super('the scene is over');
  }
}

type Kind = BoardEvent['kind'];

/** What ends the handling of a card. */
const OUTCOMES: readonly Kind[] = [
  'started',
  'stopped',
  'refused',
  'blocked',
  'maintenance',
  'occupied',
  'power-cut',
];

/** A board that waits for an answer of each of its queries in vain is busy this long. */
const LONGEST_ACTION_S = 60;

/** A board and the people before it: what they can do, in their own time. */
export class Scene {
  readonly board: VirtualBoard;
  readonly random: () => number;

  constructor(private readonly options: SceneOptions) {
    this.board = options.board;
    this.random = options.random;
  }

  /** Waits `seconds` of the people's time; throws SceneOver. */
  wait(seconds: number): Promise<void> {
    return this.waitMs((seconds * 1000) / (this.options.speed ?? 1));
  }

  anyCard(): string {
    return oneOf(this.random, this.options.cards) ?? '00000000';
  }

  /**
   * Holds a card before the reader until it is seen, and `holdS` longer; returns what came of it,
   * or null when the board was too busy, or off, to take notice.
   */
  async showCard(uid: string, holdS = 0.5): Promise<Kind | null> {
    const { board } = this;
    const outcome = this.nextOf(OUTCOMES);
    outcome.catch(() => undefined); // SceneOver: the waits below throw it first
    board.tap(uid, LONGEST_ACTION_S * 1000);
    const seen = await this.nextOf(['card', 'power-cut']);
    await this.wait(holdS);
    board.tap(uid, 0);
    return seen === 'card' ? outcome : null;
  }

  /** Logs out whoever uses the machine: nobody does when this returns, unless the board is off. */
  async logOut(): Promise<void> {
    for (let tries = 0; tries < 3 && this.board.state.use; tries++) {
      await this.showCard(this.board.state.use.uid);
    }
  }

  /** Until the queue of messages to be replayed is empty, `limitS` at most. */
  async untilReplayed(limitS: number): Promise<void> {
    for (let s = 0; s < limitS && this.board.state.queueLength > 0; s++) await this.wait(1);
  }

  /** The kind of the next event of those kinds, or null after a long time. */
  private nextOf(kinds: readonly Kind[]): Promise<Kind | null> {
    return new Promise((resolve, reject) => {
      const { clock, signal } = this.options;
      const done = (finish: () => void): void => {
        unsubscribe();
        cancel();
        signal.removeEventListener('abort', abort);
        finish();
      };
      const abort = () => done(() => reject(new SceneOver()));
      const unsubscribe = this.board.on(({ kind }) => {
        if (kinds.includes(kind)) done(() => resolve(kind));
      });
      const cancel = clock.after(LONGEST_ACTION_S * 1000, () => done(() => resolve(null)));
      if (signal.aborted) abort();
      else signal.addEventListener('abort', abort);
    });
  }

  private waitMs(durationMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const { clock, signal } = this.options;
      const cancel = clock.after(durationMs, () => {
        signal.removeEventListener('abort', abort);
        resolve();
      });
      const abort = () => {
        cancel();
        signal.removeEventListener('abort', abort);
        reject(new SceneOver());
      };
      if (signal.aborted) abort();
      else signal.addEventListener('abort', abort);
    });
  }
}
