/** A closed use as far as it matters here. */
export interface ComparedUse {
  readonly id: number;
  readonly memberId: number | null;
  readonly startedAtS: number;
  /** When its machine was last heard during it; of a use that others were closed with: when that was. */
  readonly lastSeenAtS: number;
  readonly endedAtS: number;
}

/** How a use doubles another one. */
export type Doubling =
  /** The original stored one more use of the same length: the stop came again, or see `isPhantom`. */
  | { readonly kind: 'repeated-stop'; readonly of: number }
  /** A start that was sent twice left a use of no length just before this one. */
  | { readonly kind: 'empty-before'; readonly emptyId: number };

/** Uses of one machine that are compared with: a board sends again within minutes. */
const REMEMBERED = 20;
/** Lengths come from the board; the original's arithmetic leaves less than this. */
const SAME_LENGTH_S = 1;
const EMPTY_S = 0.5;
const STARTED_TWICE_WITHIN_S = 10;
/** The original rounds the length of a phantom to seconds, and adds one for an orphan. */
const PHANTOM_LENGTH_S = 2;
/** From the first closed use to the last phantom, all in one go. */
const CLOSED_TOGETHER_WITHIN_S = 5;

/**
 * Finds the uses that the original stored more than once: same machine, same member, same length,
 * at overlapping times, which nobody can do, or out of nothing while it closed several open uses.
 * Uses are given in the order in which they were stored.
 */
export class DuplicateUses {
  /** Key: machine id; the newest last. */
  private readonly remembered = new Map<number, ComparedUse[]>();

  /** null: this use is one of its own; it is remembered for those that follow. */
  compare(machineId: number, use: ComparedUse): Doubling | null {
    const known = this.remembered.get(machineId) ?? [];
    const repeated = known.find(
      (earlier) => isRepetition(earlier, use) || isPhantom(known, earlier, use),
    );
    if (repeated) return { kind: 'repeated-stop', of: repeated.id };
    const latest = known.at(-1);
    if (known.length >= REMEMBERED) known.shift();
    known.push(use);
    this.remembered.set(machineId, known);
    if (latest && isEmptyBefore(latest, use)) return { kind: 'empty-before', emptyId: latest.id };
    return null;
  }
}

function isRepetition(earlier: ComparedUse, later: ComparedUse): boolean {
  const [first, second] = [lengthS(earlier), lengthS(later)];
  const overlaps = later.startedAtS < earlier.endedAtS && earlier.startedAtS < later.endedAtS;
  return (
    earlier.memberId === later.memberId &&
    second > EMPTY_S &&
    Math.abs(first - second) < SAME_LENGTH_S &&
    overlaps
  );
}

/**
 * Closing several open uses of one machine, the original closes all of them with the first, and then
 * makes up another use for each of the others, which ends at that moment. The first tells when it was:
 * it was last seen then.
 */
function isPhantom(
  known: readonly ComparedUse[],
  earlier: ComparedUse,
  later: ComparedUse,
): boolean {
  return (
    earlier.memberId === later.memberId &&
    lengthS(later) > CLOSED_TOGETHER_WITHIN_S &&
    Math.abs(lengthS(earlier) - lengthS(later)) < PHANTOM_LENGTH_S &&
    known.some(
      (first) =>
        first.id < earlier.id &&
        // A use that was stopped was last seen when it ended.
        first.lastSeenAtS - first.endedAtS > CLOSED_TOGETHER_WITHIN_S &&
        Math.abs(first.lastSeenAtS - later.endedAtS) < CLOSED_TOGETHER_WITHIN_S,
    )
  );
}

function isEmptyBefore(earlier: ComparedUse, later: ComparedUse): boolean {
  const betweenS = later.startedAtS - earlier.startedAtS;
  return (
    earlier.memberId === later.memberId &&
    lengthS(earlier) < EMPTY_S &&
    betweenS >= 0 &&
    betweenS < STARTED_TWICE_WITHIN_S
  );
}

function lengthS({ startedAtS, endedAtS }: ComparedUse): number {
  return endedAtS - startedAtS;
}
