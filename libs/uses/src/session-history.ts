import { emptyLog, LOG_LENGTH, type LoggedMessage } from './message-log';
import { emptySession, type MachineSession, RECENT_USES } from './session-draft';
import type { KnownUse } from './use';

/**
 * What is known of a machine's uses after a restart of this process, rebuilt from its stored uses.
 * `closed`: its latest closed uses in the order of their ids; `lastSeenAtS`: when its board was
 * last heard (null: never), which stands for the last live message.
 */
export function sessionFromHistory(
  open: KnownUse | null,
  closed: readonly KnownUse[],
  lastSeenAtS: number | null,
): MachineSession {
  const entries = [...closed, ...(open ? [open] : [])].flatMap(messagesOf).slice(-LOG_LENGTH);
  const lastLiveAtS = lastSeenAtS ?? Number.NEGATIVE_INFINITY;
  return {
    ...emptySession,
    open,
    recent: closed.slice(-RECENT_USES),
    log: { ...emptyLog, entries, lastLiveAtS },
  };
}

/** The messages from which this use was made, as far as its record tells. */
function messagesOf(use: KnownUse): LoggedMessage[] {
  const { cardUid, replayed, estimated } = use;
  if (cardUid === null) return [];
  const started: LoggedMessage = {
    kind: 'start',
    cardUid,
    durationS: null,
    atS: use.startedAtS,
    // The start of a use that ended by a replayed stop was live, unless its time is an estimate.
    queued: replayed && estimated,
    // Every conclusion but that of silence was drawn from what the board said next.
    isSettled: use.lastSeenAtS > use.startedAtS || isConcluded(use),
    saidAgain: false,
  };
  if (use.endedAtS === null || use.closedBy !== 'stop') return [started];
  const durationS = Math.round(use.endedAtS - use.startedAtS);
  return [
    started,
    {
      kind: 'stop',
      cardUid,
      durationS,
      atS: use.lastSeenAtS,
      queued: replayed,
      isSettled: false,
      saidAgain: false,
    },
  ];
}

function isConcluded({ closedBy }: KnownUse): boolean {
  return closedBy === 'idle' || closedBy === 'superseded';
}
