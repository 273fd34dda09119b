import { ONLINE_WINDOW_S } from '@fabomatic/machines';

/**
 * A power cut silences boards within some minutes of each other: whoever is told of the first is
 * told of the others in the same mail.
 */
const GATHER_S = 120;

/** What is known about a machine when it is looked at. Times are epoch seconds. */
export interface WatchedMachine {
  readonly id: number;
  readonly blocked: boolean;
  readonly lastSeenAtS: number | null;
}

export interface Watch {
  readonly nowS: number;
  /** Since when boards could be heard without a gap; null: they cannot now. */
  readonly listeningSinceS: number | null;
  /** Silence that is told; null: never. */
  readonly offlineS: number | null;
  /** Machines that were told as offline. */
  readonly told: ReadonlySet<number>;
}

/**
 * Which machines to tell as offline now. A board that could not be heard is not offline: the
 * silence counts from when the broker was there again. Never: machines that never spoke, and
 * blocked ones, which may well be taken apart.
 */
export function goneOffline<M extends WatchedMachine>(machines: readonly M[], watch: Watch): M[] {
  const { offlineS, listeningSinceS, nowS, told } = watch;
  if (offlineS === null || listeningSinceS === null) return [];
  const silent = (machine: M, atLeastS: number) =>
    machine.lastSeenAtS !== null &&
    !machine.blocked &&
    !told.has(machine.id) &&
    nowS - Math.max(machine.lastSeenAtS, listeningSinceS) >= atLeastS;
  if (!machines.some((machine) => silent(machine, offlineS))) return [];
  const gatherS = Math.min(offlineS, Math.max(ONLINE_WINDOW_S, offlineS - GATHER_S));
  return machines.filter((machine) => silent(machine, gatherS));
}

/** Which of those that were told as offline have spoken again. */
export function backOnline<M extends WatchedMachine>(
  machines: readonly M[],
  { nowS, told }: Watch,
): M[] {
  return machines.filter(
    ({ id, lastSeenAtS }) =>
      told.has(id) && lastSeenAtS !== null && nowS - lastSeenAtS < ONLINE_WINDOW_S,
  );
}
