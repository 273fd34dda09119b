import type { CalendarDay } from '@fabomatic/kernel';

/** Erasable: ended so long ago that the lab should think about erasing the person. */
export const MEMBERSHIP_STATES = ['current', 'ended', 'erasable'] as const;
export type MembershipState = (typeof MEMBERSHIP_STATES)[number];

/** The days that decide, on the lab's calendar. */
export interface MembershipDays {
  readonly today: CalendarDay;
  /** A membership that ended before this day may be erased; null: none is ever proposed. */
  readonly erasableBefore: CalendarDay | null;
}

export interface MembershipEnd {
  /** The last day of the membership; null: no end is known. */
  readonly endsOn: CalendarDay | null;
  /** null: the member is not deleted. Deleting somebody ends the membership, too. */
  readonly deletedOn: CalendarDay | null;
}

/**
 * How a membership stands. Says nothing about access: an ended membership opens the same machines
 * as before, until somebody disables or deletes the member.
 */
export function membershipState(
  { endsOn, deletedOn }: MembershipEnd,
  { today, erasableBefore }: MembershipDays,
): MembershipState {
  const [end] = [endsOn, deletedOn].filter((day) => day !== null).sort();
  if (end === undefined) return 'current';
  if (erasableBefore !== null && end < erasableBefore) return 'erasable';
  return deletedOn !== null || end < today ? 'ended' : 'current';
}
