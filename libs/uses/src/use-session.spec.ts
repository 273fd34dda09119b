import {
  alive,
  cardRead,
  inUse,
  JONAS,
  MARTA,
  play,
  start,
  stop,
  sweep,
  T0,
  tick,
} from './spec-play';
import type { UseEvent } from './use-session';

describe('what a board says when all goes well', () => {
  it('a start and a stop are one use', () => {
    const { uses, countedS } = play([0, start(MARTA)], [600, stop(MARTA, 600)]);
    expect(uses).toEqual(['4 0..600']);
    expect(countedS).toBe(600);
  });

  it('ticks move the last sign of life, not the database', () => {
    const { effects, session } = play([0, start(MARTA)], [30, tick], [30.1, inUse(MARTA, 30)]);
    expect(effects.map((effect) => effect.kind)).toEqual(['insert', 'touch']);
    expect(session.open?.lastSeenAtS).toBe(T0 + 30.1);
  });

  it('another card after a stop is another use', () => {
    const { uses, countedS } = play(
      [0, start(MARTA)],
      [60, stop(MARTA, 60)],
      [90, start(JONAS)],
      [120, stop(JONAS, 30)],
    );
    expect(uses).toEqual(['4 0..60', '3 90..120']);
    expect(countedS).toBe(90);
  });
});

describe('the same thing said twice', () => {
  it.each([
    [
      'a repeated start',
      [
        [0, start(MARTA)],
        [1, start(MARTA)],
        [60, stop(MARTA, 60)],
      ],
    ],
    [
      'a replayed start',
      [
        [0, start(MARTA)],
        [5, start(MARTA, true)],
        [60, stop(MARTA, 60)],
      ],
    ],
    [
      'a repeated stop',
      [
        [0, start(MARTA)],
        [60, stop(MARTA, 60)],
        [61, stop(MARTA, 60)],
      ],
    ],
    [
      'a replayed stop',
      [
        [0, start(MARTA)],
        [60, stop(MARTA, 60)],
        [90, stop(MARTA, 60, true)],
      ],
    ],
    [
      'both, in pairs 52 ms apart',
      [
        [0, start(MARTA)],
        [60, stop(MARTA, 60)],
        [90, stop(MARTA, 60, true)],
        [90.05, stop(MARTA, 60, true)],
      ],
    ],
    [
      'a late inuse after the stop',
      [
        [0, start(MARTA)],
        [60, stop(MARTA, 60)],
        [60.2, inUse(MARTA, 58)],
      ],
    ],
  ] as [string, [number, UseEvent][]][])('%s is one use', (_why, rows) => {
    const { uses, countedS } = play(...rows);
    expect(uses).toEqual(['4 0..60']);
    expect(countedS).toBe(60);
  });

  it('start, stop, start, stop with one duration are two uses', () => {
    const { uses, countedS } = play(
      [0, start(MARTA)],
      [60, stop(MARTA, 60)],
      [70, start(MARTA)],
      [130, stop(MARTA, 60)],
    );
    expect(uses).toEqual(['4 0..60', '4 70..130']);
    expect(countedS).toBe(120);
  });

  it('a queue that comes again after a power cut is recorded once', () => {
    const queue: [number, UseEvent][] = [
      [300, start(MARTA, true)],
      [300.1, stop(MARTA, 60, true)],
      [300.2, start(JONAS, true)],
      [300.3, stop(JONAS, 45, true)],
    ];
    const again = queue.map(([atS, event]): [number, UseEvent] => [atS + 400, event]);
    const { uses, countedS } = play([299, alive], ...queue, [301, tick], [699, alive], ...again);
    expect(uses).toHaveLength(2);
    expect(countedS).toBe(105);
  });

  it('the same durations in a later outage are new uses', () => {
    const queue: [number, UseEvent][] = [
      [300, start(MARTA, true)],
      [300.1, stop(MARTA, 60, true)],
    ];
    const later = queue.map(([atS, event]): [number, UseEvent] => [atS + 1000, event]);
    const { countedS } = play([299, alive], ...queue, [900, tick], [1299, alive], ...later);
    expect(countedS).toBe(120);
  });
});

describe('what was lost on the way', () => {
  it('a lost start: inuse opens the use that began so long ago', () => {
    const { uses } = play([28, inUse(MARTA, 28)], [60, stop(MARTA, 60)]);
    expect(uses).toEqual(['4 0..60']);
  });

  it('a lost start: the stop alone is a use that ended now', () => {
    const { uses, countedS } = play([60, stop(MARTA, 60)]);
    expect(uses).toEqual(['4 0..60']);
    expect(countedS).toBe(60);
  });

  it('a lost stop: two ticks without inuse close the use at its last sign of life', () => {
    const { uses } = play(
      [0, start(MARTA)],
      [1.3, tick],
      [30, tick],
      [30.1, inUse(MARTA, 30)],
      [60, tick],
      [64, sweep],
      [90, tick],
      [94, sweep],
    );
    expect(uses).toEqual(['4 0..30.1 estimated']);
  });

  it('the tick after a card is no sign that the machine is free', () => {
    const { uses } = play([0, start(MARTA)], [1.3, tick], [30, tick], [34, sweep]);
    expect(uses).toEqual(['4 0..']);
  });

  it('a lost stop: the next card closes the use at its last sign of life', () => {
    const { uses } = play([0, start(MARTA)], [30, inUse(MARTA, 30)], [500, start(JONAS)]);
    expect(uses).toEqual(['4 0..30 estimated', '3 500..']);
  });

  it('a lost stop and a lost start: a live stop tells of the use that ends now', () => {
    const { uses } = play([0, start(MARTA)], [30, inUse(MARTA, 30)], [300, stop(MARTA, 40)]);
    expect(uses).toEqual(['4 0..30 estimated', '4 260..300']);
  });

  it('a lost stop: the same card read again on a free board is a new use', () => {
    const { uses } = play(
      [0, start(MARTA)],
      [30, inUse(MARTA, 30)],
      [500, cardRead],
      [500.1, start(MARTA)],
    );
    expect(uses).toEqual(['4 0..30 estimated', '4 500.1..']);
  });

  it('an hour of silence closes the use at its last sign of life', () => {
    const rows: [number, UseEvent][] = [
      [0, start(MARTA)],
      [30, inUse(MARTA, 30)],
    ];
    expect(play(...rows, [3630, sweep]).uses).toEqual(['4 0..']);
    expect(play(...rows, [3631, sweep]).uses).toEqual(['4 0..30 estimated']);
    expect(play(...rows, [3631, { kind: 'sweep', maySilence: false }]).uses).toEqual(['4 0..']);
  });
});

describe('what turns out later', () => {
  it('a use closed by silence goes on when its board comes back', () => {
    const { uses, countedS } = play(
      [0, start(MARTA)],
      [30, inUse(MARTA, 30)],
      [4000, sweep],
      [7200, inUse(MARTA, 7200)],
      [7300, stop(MARTA, 7300)],
    );
    expect(uses).toEqual(['4 0..7300']);
    expect(countedS).toBe(7300);
  });

  it('a stop that comes after the use was closed by silence corrects it, and adds nothing twice', () => {
    const { uses, countedS } = play(
      [0, start(MARTA)],
      [30, inUse(MARTA, 30)],
      [4000, sweep],
      [7200, stop(MARTA, 5000, true)],
    );
    expect(uses).toEqual(['4 0..5000 replayed']);
    expect(countedS).toBe(5000);
  });

  it('a replayed start moves back to where its inuse says', () => {
    const { uses } = play([200, alive], [201, start(MARTA, true)], [201.2, inUse(MARTA, 100.2)]);
    expect(uses).toEqual(['4 101.. replayed']);
  });

  it('a replayed pair ends when it came, and never in the future', () => {
    const { uses } = play([100, start(MARTA, true)], [100.1, stop(MARTA, 3600, true)]);
    expect(uses).toEqual(['4 -3499.9..100.1 replayed estimated']);
  });

  it('replayed uses of one queue do not overlap', () => {
    const { uses } = play(
      [1000, start(MARTA, true)],
      [1000, stop(MARTA, 100, true)],
      [1000, start(JONAS, true)],
      [1000, stop(JONAS, 50, true)],
    );
    expect(uses).toEqual(['4 850..950 replayed estimated', '3 950..1000 replayed estimated']);
  });
});

describe("another card's messages", () => {
  it('a stop of a use that would overlap does not close the open one, and its time is a guess', () => {
    const { uses, session } = play(
      [0, start(MARTA)],
      [50, inUse(MARTA, 50)],
      [60, stop(JONAS, 30)],
    );
    expect(session.open?.memberId).toBe(4);
    expect(uses).toEqual(['3 -30..0 estimated', '4 0..']);
  });

  it('a stop of a use that came after shows that the open use was over', () => {
    const { uses, countedS } = play(
      [0, start(MARTA)],
      [20, inUse(MARTA, 20)],
      [90, stop(JONAS, 30)],
    );
    expect(uses).toEqual(['4 0..20 estimated', '3 60..90']);
    expect(countedS).toBe(50);
  });

  it('and the stop that was missing, when it comes after all, sets its end right', () => {
    const { uses } = play([0, start(MARTA)], [90, stop(JONAS, 30)], [95, stop(MARTA, 40, true)]);
    expect(uses).toEqual(['4 0..40 replayed', '3 60..90']);
  });

  it('a stop that comes a second time, late, does not close the use of the next card', () => {
    const { session } = play(
      [0, start(JONAS)],
      [30, stop(JONAS, 30)],
      [35, start(MARTA)],
      [95, stop(JONAS, 30)],
    );
    expect(session.open?.memberId).toBe(4);
  });

  it('a replayed start does not close a live use of another card', () => {
    const { uses } = play([0, start(MARTA)], [60, start(JONAS, true)], [61, inUse(MARTA, 61)]);
    expect(uses).toEqual(['4 0..']);
  });

  it('inuse of another card that reaches back beyond the open use never ends it before its start', () => {
    const { uses, countedS } = play([100, start(MARTA)], [130, inUse(JONAS, 100)]);
    expect(uses).toEqual(['3 30..', '4 100..100 estimated']);
    expect(countedS).toBe(0);
  });

  it('inuse of another card shows that the open use was never stopped', () => {
    const { uses } = play([0, start(MARTA)], [30, inUse(MARTA, 30)], [500, inUse(JONAS, 100)]);
    expect(uses).toEqual(['4 0..30 estimated', '3 400..']);
  });
});

describe('durations that are not believed', () => {
  it('a stop without a believable duration ends the open use now, as an estimate', () => {
    expect(play([0, start(MARTA)], [60, stop(MARTA, null)]).uses).toEqual(['4 0..60 estimated']);
  });

  it('more than a day is believed of a use that was seen to begin', () => {
    const { uses } = play([0, start(MARTA)], [90_000, stop(MARTA, 90_000)]);
    expect(uses).toEqual(['4 0..90000']);
  });

  it('more than a day from nowhere is kept without a length', () => {
    const { uses, countedS } = play([100, stop(MARTA, 90_000)]);
    expect(uses).toEqual(['4 100..100 estimated']);
    expect(countedS).toBe(0);
  });

  it('a remote stop on a free machine is no use', () => {
    expect(play([100, stop(MARTA, 0)]).uses).toEqual([]);
  });
});

describe('a use that a person closed because its board was silent', () => {
  const closedByHand: UseEvent = { kind: 'close-by-hand' };

  it('ends when the board last confirmed it', () => {
    const { uses, countedS } = play([0, start(MARTA)], [60, inUse(MARTA, 60)], [900, closedByHand]);
    expect(uses).toEqual(['4 0..60 estimated']);
    expect(countedS).toBe(60);
  });

  it('gets the time of its stop when that arrives', () => {
    const late = [1300, stop(MARTA, 500, true)] as const;
    const { uses, countedS } = play([0, start(MARTA)], [900, closedByHand], [...late]);
    expect(uses).toEqual(['4 0..500 replayed']);
    expect(countedS).toBe(500);
  });

  it('goes on when the board says that it does', () => {
    const { uses, countedS } = play(
      [0, start(MARTA)],
      [900, closedByHand],
      [1200, inUse(MARTA, 1200)],
      [1500, stop(MARTA, 1500)],
    );
    expect(uses).toEqual(['4 0..1500']);
    expect(countedS).toBe(1500);
  });
});
