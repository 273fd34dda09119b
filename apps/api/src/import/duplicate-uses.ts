/** A closed use as far as it matters here. */
export interface ComparedUse {
  readonly id: number;
  readonly memberId: number | null;
  readonly startedAtS: number;
  readonly endedAtS: number;
}

/** How a use doubles another one. */
export type Doubling =
  /** The board sent its stop again, and the original stored one more use of the same length. */
  | { readonly kind: 'repeated-stop'; readonly of: number }
  /** A start that was sent twice left a use of no length just before this one. */
  | { readonly kind: 'empty-before'; readonly emptyId: number };

/** Uses of one machine that are compared with: a board sends again within minutes. */
const REMEMBERED = 20;
/** Lengths come from the board; the original's arithmetic leaves less than this. */
const SAME_LENGTH_S = 1;
const EMPTY_S = 0.5;
const STARTED_TWICE_WITHIN_S = 10;

/**
 * Finds the uses that the original stored more than once: same machine, same member, same length,
 * at overlapping times, which nobody can do. Uses are given in the order in which they were stored.
 */
export class DuplicateUses {
  /** Key: machine id; the newest last. */
  private readonly remembered = new Map<number, ComparedUse[]>();

  /** null: this use is one of its own; it is remembered for those that follow. */
  compare(machineId: number, use: ComparedUse): Doubling | null {
    const known = this.remembered.get(machineId) ?? [];
    const repeated = known.find((earlier) => isRepetition(earlier, use));
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
