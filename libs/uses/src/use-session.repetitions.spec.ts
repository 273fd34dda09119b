import {
  alive,
  cardRead,
  inUse,
  MARTA,
  play,
  restart,
  start,
  stop,
  sweep,
  tick,
} from './spec-play';

/** Found by the virtual board (tools/virtual-board/src/uses-are-true.property.spec.ts), made small. */
describe('a repetition, or only like one', () => {
  it('a queued stop as long as one before is no repetition after a start that is new', () => {
    const { uses, countedS } = play(
      [0, start(MARTA)],
      [65, alive],
      [66, stop(MARTA, 61, true)],
      [66.1, tick],
      [185, alive],
      [186, start(MARTA, true)],
      [246, start(MARTA, true)],
      [246.1, stop(MARTA, 61, true)],
    );
    expect(uses).toEqual(['4 0..61 replayed', '4 185.1..246.1 replayed estimated']);
    expect(countedS).toBe(122);
  });

  it('a power cut in a use, and a start in an outage after it: the board repeats nothing', () => {
    const { uses, countedS } = play(
      [0, start(MARTA)],
      [9, tick],
      [9.1, inUse(MARTA, 9)],
      [15, alive],
      [16, tick],
      [120, alive],
      [120.1, start(MARTA, true)],
      [120.2, tick],
      [196, alive],
      [197, stop(MARTA, 61, true)],
    );
    expect(uses).toEqual(['4 0..9.1 estimated', '4 120.1..181.1 replayed estimated']);
    expect(countedS).toBeCloseTo(70.1);
  });

  it('a queue that comes again after two power cuts, the first in the middle of it', () => {
    const one = start(MARTA, true);
    const other = stop(MARTA, 60, true);
    const { countedS } = play(
      [0, alive],
      [1, one],
      [1.1, other],
      [1.2, tick],
      [50, alive],
      [51, one],
      [100, alive],
      [101, one],
      [101.1, other],
      [101.2, tick],
      [200, alive],
      [201, one],
      [201.1, other],
    );
    expect(countedS).toBe(60);
  });

  it('a queue that comes again and whose `alive` was lost is recorded once', () => {
    const { uses } = play(
      [0, start(MARTA)],
      [60, stop(MARTA, 53, true)],
      [60.1, tick],
      [80, stop(MARTA, 53, true)],
    );
    expect(uses).toEqual(['4 0..53 replayed estimated']);
  });

  it('a queue that comes again after a restart of ours is recorded once', () => {
    const { uses } = play(
      [0, start(MARTA)],
      [60, stop(MARTA, 53, true)],
      [61, restart],
      [80, alive],
      [81, stop(MARTA, 53, true)],
    );
    expect(uses).toEqual(['4 0..53 replayed estimated']);
  });

  it('a live start is no part of a queue that comes again', () => {
    const { uses } = play(
      [0, start(MARTA)],
      [83, stop(MARTA, 61, true)],
      [83.1, cardRead],
      [83.2, start(MARTA)],
      [176, alive],
      [176.1, stop(MARTA, 61, true)], // another of the same length: taken for the one before
      [176.2, start(MARTA, true)],
      [195, stop(MARTA, 20)],
    );
    expect(uses).toEqual([
      '4 0..61 replayed estimated',
      '4 83.2..83.2 estimated',
      '4 175..195 replayed',
    ]);
  });

  it('a stop that was live and replayed, and comes again after a restart of ours, is told once', () => {
    const { uses } = play(
      [0, start(MARTA)],
      [85, stop(MARTA, 85)],
      [112, alive],
      [113, stop(MARTA, 85, true)],
      [113.2, start(MARTA)],
      [115, restart],
      [121, alive],
      [122, stop(MARTA, 85, true)],
    );
    expect(uses).toEqual(['4 0..85', '4 113.2..']);
  });

  it('two uses that look the same to us are one record, which says that it is not certain', () => {
    const { uses, countedS } = play(
      [0, start(MARTA)],
      [30, alive],
      [30.1, stop(MARTA, 20, true)],
      [30.2, tick],
      [130, alive],
      [130.1, stop(MARTA, 20, true)], // a queue that comes again, or another use of 20 s
      [130.2, tick],
    );
    expect(uses).toEqual(['4 0..20 replayed estimated']);
    expect(countedS).toBe(20);
  });

  it('a stop after a start that may be another one ends a use that is not certain', () => {
    const { uses, countedS } = play(
      [0, alive],
      [0.1, start(MARTA, true)],
      [0.2, tick],
      [0.3, inUse(MARTA, 5)],
      [60, alive],
      [60.1, start(MARTA, true)], // the same again after a power cut, or another after it
      [60.2, stop(MARTA, 62, true)],
      [60.3, tick],
    );
    expect(uses).toEqual(['4 -4.7..57.3 replayed estimated']);
    expect(countedS).toBeCloseTo(62);
  });

  it('a start after a use that was found over, known from its record only, is another', () => {
    const { uses } = play(
      [0, start(MARTA)],
      [9, tick],
      [30, tick],
      [60, tick],
      [64, sweep],
      [100, restart],
      [166, start(MARTA, true)],
      [166.1, stop(MARTA, 61, true)],
    );
    expect(uses).toEqual(['4 0..0 estimated', '4 105.1..166.1 replayed estimated']);
  });

  it('a start that was live is not taken for queued after a restart of ours', () => {
    const { uses } = play(
      [0, start(MARTA)],
      [33, stop(MARTA, 28, true)],
      [57, start(MARTA)],
      [60, restart],
      [62, inUse(MARTA, 5)],
      [69, alive],
      [92, start(MARTA, true)],
      [94, stop(MARTA, 3)],
    );
    expect(uses).toEqual(['4 0..28 replayed', '4 57..62 estimated', '4 91..94 replayed']);
  });
});
