/** How long a board waits for what. Milliseconds, except `longTapRounds`. */
export interface BoardTimings {
  /** From power-on to the first CONNECT (F3). */
  readonly bootMs: number;
  /** Between the `alive` of a new connection and the first `checkmachine`, nothing read (F2). */
  readonly settleMs: number;
  /** One look at the socket to the next while an answer is awaited (F11). */
  readonly pollMs: number;
  /** How long an answer is awaited (F12). */
  readonly answerTimeoutMs: number;
  /** Sleep after an answer did not come, nothing read (F13). */
  readonly afterTimeoutMs: number;
  /** Pause after a DISCONNECT that follows an unanswered query. */
  readonly disconnectMs: number;
  /** Pause between two attempts to send the queue. */
  readonly flushRetryMs: number;
  /** Pause of all queries after an unanswered replay (F15). */
  readonly failFastMs: number;
  /** Network tick: `checkmachine`, and `inuse` if in use (F4). */
  readonly tickMs: number;
  /** `alive` and the saving of queue and cache to flash (F4, F40d). */
  readonly aliveMs: number;
  /** Reader, lost link and remote commands are looked at this often (F47). */
  readonly readerPollMs: number;
  /** Automatic log-off and power-off are looked at this often (F30). */
  readonly housekeepingMs: number;
  /** The reader's sleep after each card (F31). */
  readonly deafMs: number;
  readonly beepOkMs: number;
  readonly beepFailMs: number;
  /** A message on the display, and one that stays longer. */
  readonly messageMs: number;
  readonly longMessageMs: number;
  /** A long tap is this many rounds of this length, the card seen in each (F29). */
  readonly longTapRounds: number;
  readonly longTapRoundMs: number;
  /** How long a round waits for a card that was taken away. */
  readonly longTapPatienceMs: number;
  /** The minute of `logoff` and `grace` (F30). */
  readonly minuteMs: number;
}

/** The firmware's constants, as measured on recordings of it. */
export const FIRMWARE_TIMINGS: BoardTimings = {
  bootMs: 5305,
  settleMs: 1020,
  pollMs: 26.5,
  answerTimeoutMs: 2000,
  afterTimeoutMs: 2000,
  disconnectMs: 100,
  flushRetryMs: 250,
  failFastMs: 45_000,
  tickMs: 30_000,
  aliveMs: 120_000,
  readerPollMs: 150,
  housekeepingMs: 1000,
  deafMs: 2000,
  beepOkMs: 255,
  beepFailMs: 1550,
  messageMs: 1015,
  longMessageMs: 2010,
  longTapRounds: 6,
  longTapRoundMs: 1692,
  longTapPatienceMs: 1667,
  minuteMs: 60_000,
};

/**
 * The firmware's timings with every pause that means nothing to a backend `speed` times shorter:
 * boot, beeps, messages, deafness, ticks. What a backend can tell stays as it is: the wait for an
 * answer and what follows when none comes, the pause after an unanswered replay, and the minute.
 * Durations of uses are always real seconds. `speed` 1 = the firmware's own.
 */
export function fasterTimings(speed: number): BoardTimings {
  if (!(speed > 0)) throw new RangeError(`a speed is a number above 0, not ${speed}`);
  const t = FIRMWARE_TIMINGS;
  return {
    ...t,
    bootMs: t.bootMs / speed,
    settleMs: t.settleMs / speed,
    pollMs: Math.max(2, t.pollMs / speed),
    flushRetryMs: t.flushRetryMs / speed,
    tickMs: t.tickMs / speed,
    aliveMs: t.aliveMs / speed,
    readerPollMs: Math.max(10, t.readerPollMs / speed),
    housekeepingMs: Math.max(20, t.housekeepingMs / speed),
    deafMs: t.deafMs / speed,
    beepOkMs: t.beepOkMs / speed,
    beepFailMs: t.beepFailMs / speed,
    messageMs: t.messageMs / speed,
    longMessageMs: t.longMessageMs / speed,
    longTapRoundMs: t.longTapRoundMs / speed,
    longTapPatienceMs: t.longTapPatienceMs / speed,
  };
}
