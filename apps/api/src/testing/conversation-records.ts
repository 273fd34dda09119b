import { SECONDS_PER_HOUR } from '@fabomatic/kernel';
import type { ConversationLab } from './conversation-lab';
import type { RecordedState, RecordedUse } from './transcripts';

/** The fixture's machine hours, before any scenario. */
const FIXTURE_HOURS: Readonly<Record<string, number>> = { 1: 10 };

/** Our records in the words of the original. Of boards only where `wanted` speaks of them. */
export async function recordsOf(
  conversation: ConversationLab,
  wanted: RecordedState,
  addressed: number | null,
): Promise<RecordedState> {
  const { db, lab } = conversation;
  const hours = await db.query<{ id: number; hours_s: number }>(
    'SELECT id, hours_s FROM machines ORDER BY id',
  );
  const shown = hours
    .map(({ id, hours_s }) => [String(id), round(hours_s / SECONDS_PER_HOUR, 6)] as const)
    .filter(([id, h]) => id in wanted.machine_hours || h !== (FIXTURE_HOURS[id] ?? 0));
  const cards = await db.query<{ uid: string; machine_id: number; times: number }>(
    'SELECT uid, machine_id, times FROM unrecognised_cards ORDER BY id',
  );
  const interventions = await db.query<RecordedState['interventions'][number]>(
    `SELECT plan_id AS maintenance_id, machine_id, member_id AS user_id, replayed AS replay
     FROM interventions ORDER BY id`,
  );
  const state: RecordedState = {
    uses: await usesOf(conversation),
    machine_hours: Object.fromEntries(shown),
    // The original has a row for each read: here they are counted in one.
    unknown_cards: cards.flatMap(({ uid, machine_id, times }) =>
      Array.from({ length: times }, () => ({ card_UUID: uid, machine_id })),
    ),
    interventions,
  };
  if (wanted.boards) {
    state.boards = await db.query(
      `SELECT machine_id, ip AS ip_address, firmware AS fw_version, serial, heap
       FROM boards ORDER BY id`,
    );
  }
  if (typeof wanted.machine_last_seen_updated === 'boolean') {
    const machine = addressed === null ? undefined : lab.machine(addressed);
    const agoS = conversation.clock.nowS() - (machine?.lastSeenAtS ?? 0);
    state.machine_last_seen_updated = agoS < 0.001;
  }
  return state;
}

async function usesOf({ db, lab, clock }: ConversationLab): Promise<RecordedUse[]> {
  const rows = await db.query<{
    id: number;
    member_id: number | null;
    machine_id: number;
    started_at: number;
    last_seen_at: number;
    ended_at: number | null;
    duration_s: number | null;
    replayed: boolean;
  }>(
    `SELECT id, member_id, machine_id, started_at, last_seen_at, ended_at, duration_s, replayed
     FROM uses ORDER BY id`,
  );
  const nowS = clock.nowS();
  return rows.map((row) => {
    const open = lab.machine(row.machine_id)?.session.open;
    // Signs of life are written every half minute; until then memory knows better.
    const lastSeenAtS = open?.id === row.id ? open.lastSeenAtS : row.last_seen_at;
    return {
      user_id: row.member_id,
      machine_id: row.machine_id,
      open: row.ended_at === null,
      duration_s: row.duration_s === null ? null : round(row.duration_s, 3),
      start_rel_now: round(row.started_at - nowS, 0),
      end_rel_now: row.ended_at === null ? null : round(row.ended_at - nowS, 0),
      last_seen_rel_now: round(lastSeenAtS - nowS, 0),
      replay: row.replayed,
    };
  });
}

function round(value: number, digits: number): number {
  // + 0: no minus before a zero.
  return Number(value.toFixed(digits)) + 0;
}
