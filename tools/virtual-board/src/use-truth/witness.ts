import type { BoardEvent } from '../board-events';
import type { CurrentUse } from '../firmware';
import type { VirtualBoard } from '../virtual-board';

/** A login that really happened, and what the backend heard of it. */
export interface RealUse {
  readonly cardUid: string;
  /** By the virtual clock. */
  readonly startMs: number;
  /** null while it lasts; a power cut ends it too. */
  endMs: number | null;
  /** What `stopuse` says; null: the board never got to say it. */
  toldS: number | null;
  /** Which of its messages the backend took, the first time each. */
  readonly heard: {
    startMs: number | null;
    inUseMs: number | null;
    stopMs: number | null;
    /** Something of it came as a replay. */
    isReplayed: boolean;
    /** The last message before its last replay that showed the backend an empty queue. */
    liveBeforeMs: number;
  };
}

/** A message about a use, in the board's queue or on its way. */
interface Letter {
  readonly text: string;
  readonly about: RealUse | null;
}

/**
 * Watches a board from inside: which uses there really are, and which message speaks of which. The
 * wire does not tell (two uses of one card and length look the same), so the board's queue is kept
 * here a second time, each message with its use.
 */
export class Witness {
  readonly uses: RealUse[] = [];
  private current: CurrentUse | null = null;
  private use: RealUse | null = null;
  private queue: Letter[] = [];
  private saved: readonly Letter[] = [];
  /** What was published and has not arrived yet, oldest first. */
  private readonly onTheWay: Letter[] = [];
  /** How often the message that is being published will arrive. */
  private copies = 1;
  private lastLiveMs = 0;

  constructor(private readonly board: VirtualBoard) {
    board.on((event) => this.see(event));
  }

  /** The network decided how often the message arrives that is being published now. */
  willArrive(copies: number): void {
    this.copies = copies;
  }

  /** The next message arrived; `isTaken`: the backend was there. */
  arrived(isTaken: boolean, nowMs: number): void {
    const letter = this.onTheWay.shift();
    if (!letter || !isTaken) return;
    if (!/"replay":true|"alive"|"checkmachine"/.test(letter.text)) this.lastLiveMs = nowMs;
    if (!letter.about) return;
    const { heard } = letter.about;
    if (isReplay(letter.text)) heard.liveBeforeMs = this.lastLiveMs;
    if (letter.text.includes('"startuse"')) heard.startMs ??= nowMs;
    if (letter.text.includes('"inuse"')) heard.inUseMs ??= nowMs;
    if (letter.text.includes('"stopuse"')) heard.stopMs ??= nowMs;
    heard.isReplayed ||= isReplay(letter.text);
  }

  /** A `checkmachine` was answered: only then the backend makes anything of it. */
  tickAnswered(nowMs: number): void {
    this.lastLiveMs = nowMs;
  }

  private see(event: BoardEvent): void {
    this.noticeLogin(event.atMs);
    switch (event.kind) {
      case 'published':
        return this.onPublished(event.payload, event.isSent);
      case 'queued':
        this.noticeLogout(event.query);
        this.queue.push({ text: event.query, about: this.aboutUse(event.query) });
        while (this.queue.length > event.queueLength) this.queue.shift();
        return;
      case 'answered':
      case 'broken':
      case 'unsent':
        if (isReplay(event.query)) this.queue.shift();
        return;
      case 'flash-saved':
        this.saved = [...this.queue];
        return;
      case 'power-cut':
        this.queue = [...this.saved];
        if (this.use) this.use.endMs ??= event.atMs;
        this.use = null;
        this.current = null;
        return;
      default:
    }
  }

  private onPublished(text: string, isSent: boolean): void {
    if (!isReplay(text)) this.noticeLogout(text);
    const about = isReplay(text) ? (this.queue[0]?.about ?? null) : this.aboutUse(text);
    if (isReplay(text) && !text.startsWith((this.queue[0]?.text ?? '?').slice(0, -1))) {
      throw new Error(`the board replays ${text}, not ${this.queue[0]?.text}`);
    }
    if (!isSent) return;
    for (let copy = 0; copy < this.copies; copy++) this.onTheWay.push({ text, about });
    this.copies = 1;
  }

  /** The board tells of a login only after it has asked; its state shows it before. */
  private noticeLogin(nowMs: number): void {
    const current = this.board.state.use;
    if (current === this.current) return;
    if (!current && !this.board.state.isRunning) return; // a power cut, told by its own event
    this.current = current;
    if (this.use) this.use.endMs ??= nowMs;
    this.use = null;
    if (!current) return;
    const heard = {
      startMs: null,
      inUseMs: null,
      stopMs: null,
      isReplayed: false,
      liveBeforeMs: Number.POSITIVE_INFINITY,
    };
    const { uid: cardUid, sinceMs: startMs } = current;
    this.use = { cardUid, startMs, endMs: null, toldS: null, heard };
    this.uses.push(this.use);
  }

  private noticeLogout(text: string): void {
    const told = /"stopuse".*"duration":(\d+)/.exec(text)?.[1];
    if (told === undefined || !this.use || this.use.toldS !== null) return;
    this.use.toldS = Number(told);
    this.use.endMs = this.use.startMs + this.use.toldS * 1000;
  }

  private aboutUse(text: string): RealUse | null {
    return /"(startuse|inuse|stopuse)"/.test(text) ? this.use : null;
  }
}

function isReplay(text: string): boolean {
  return text.includes('"replay":true');
}
