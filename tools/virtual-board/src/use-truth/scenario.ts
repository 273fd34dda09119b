import fc from 'fast-check';

/** Two members; every machine lets both in. */
export const CARDS = ['0badf00d', 'aabbccdd'] as const;
export const MACHINE_IDS = [1, 2] as const;

export type Direction = 'up' | 'down';

/** What somebody, or the world, does. Times in seconds unless the name says milliseconds. */
export type Act =
  | { kind: 'tap'; card: string }
  | { kind: 'remote-start'; card: string }
  | { kind: 'remote-stop' }
  | { kind: 'drop-link' }
  | { kind: 'cut-link'; forS: number }
  | { kind: 'power-cut'; offS: number }
  /** The next messages of that direction are lost, or come twice. */
  | { kind: 'lose'; direction: Direction; count: number }
  | { kind: 'double'; direction: Direction; count: number }
  | { kind: 'delay'; direction: Direction; delayMs: number }
  /** The connection breaks at the next message; null: it can be made again at once. */
  | { kind: 'break-at'; direction: Direction; restoreAfterMs: number | null }
  /** Of the backend, and so for both machines. */
  | { kind: 'slow-backend'; answerMs: number; forS: number }
  | { kind: 'restart-backend'; downS: number }
  | { kind: 'broker-down'; forS: number };

export interface Step {
  /** After the step before, whatever the board is doing then. */
  readonly afterS: number;
  readonly machine: 0 | 1;
  readonly act: Act;
}

export interface Scenario {
  /** Automatic log-off; 0 = never. */
  readonly logoffMin: number;
  readonly steps: readonly Step[];
}

const card = fc.constantFrom(...CARDS);
const direction = fc.constantFrom<Direction>('up', 'down');

/** Tenths of seconds: fine enough to hit a board in the middle of anything. */
const seconds = (low: number, high: number) =>
  fc.integer({ min: low * 10, max: high * 10 }).map((tenths) => tenths / 10);

const tap = card.map((uid): Act => ({ kind: 'tap', card: uid }));

const someAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 12, arbitrary: tap },
  { weight: 1, arbitrary: card.map((uid): Act => ({ kind: 'remote-start', card: uid })) },
  { weight: 1, arbitrary: fc.constant<Act>({ kind: 'remote-stop' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ kind: 'drop-link' }) },
  { weight: 2, arbitrary: seconds(1, 150).map((forS): Act => ({ kind: 'cut-link', forS })) },
  { weight: 2, arbitrary: seconds(1, 60).map((offS): Act => ({ kind: 'power-cut', offS })) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('lose' as const, 'double' as const),
      direction,
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('delay' as const),
      direction,
      delayMs: fc.integer({ min: 100, max: 7000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('break-at' as const),
      direction,
      restoreAfterMs: fc.option(fc.integer({ min: 1, max: 90_000 })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('slow-backend' as const),
      answerMs: fc.integer({ min: 100, max: 7000 }),
      forS: seconds(1, 120),
    }),
  },
  {
    weight: 1,
    arbitrary: seconds(0, 20).map((downS): Act => ({ kind: 'restart-backend', downS })),
  },
  { weight: 1, arbitrary: seconds(10, 240).map((forS): Act => ({ kind: 'broker-down', forS })) },
);

/** Short waits hit a board in an action, long ones let ticks and flash saves happen. */
const wait = fc.oneof(
  { weight: 2, arbitrary: seconds(0, 3) },
  { weight: 4, arbitrary: seconds(3, 20) },
  { weight: 3, arbitrary: seconds(20, 90) },
  { weight: 1, arbitrary: seconds(90, 400) },
);

const step: fc.Arbitrary<Step> = fc.record({
  afterS: wait,
  machine: fc.constantFrom<(0 | 1)[]>(0, 0, 0, 1),
  act: someAct,
});

export const scenario: fc.Arbitrary<Scenario> = fc.record({
  logoffMin: fc.constantFrom(0, 480, 1),
  steps: fc.array(step, { minLength: 2, maxLength: 24 }),
});
