import type { RecordedMessage, RecordedState, RecordedUse } from './transcripts';

/** What the product did at one step, in the form in which the original's answer was recorded. */
export interface Observed {
  reply: RecordedMessage | null;
  /** What was published for the board because the portal was asked. */
  command: RecordedMessage | null;
  state: RecordedState;
}

/** What was expected and what came instead; empty when they are the same. */
export interface Differences {
  reply?: object | null;
  command?: object | null;
  state?: Partial<RecordedState>;
}

/** Times were rounded, and the original needs a moment between two steps. */
const TIME_SLACK_S = 1;
/** An orphan's time was recorded up to 7 s after it was set. */
const ORPHAN_SLACK_S = 7;
const HOURS_SLACK = 0.0006;

/** Compares key by key; `replay` null is no replay, the order of unknown cards is free. */
export function differences(
  scenario: string,
  expected: { reply: object | null; command: object | null; state: RecordedState },
  observed: Observed,
): Differences {
  const found: Differences = {};
  const reply = payloadOf(observed.reply);
  if (!isSame(reply, expected.reply)) found.reply = reply;
  const command = payloadOf(observed.command);
  if (!isSame(command, expected.command)) found.command = command;
  const state: Partial<RecordedState> = {};
  const [wanted, actual] = [expected.state, observed.state];
  if (!areSameUses(scenario, wanted.uses, actual.uses)) state.uses = actual.uses;
  if (!areSameHours(wanted.machine_hours, actual.machine_hours)) {
    state.machine_hours = actual.machine_hours;
  }
  if (!isSame(sorted(wanted.unknown_cards), sorted(actual.unknown_cards))) {
    state.unknown_cards = actual.unknown_cards;
  }
  const plain = (list: RecordedState['interventions']) =>
    list.map((item) => ({ ...item, replay: item.replay ?? false }));
  if (!isSame(plain(wanted.interventions), plain(actual.interventions))) {
    state.interventions = actual.interventions;
  }
  if (wanted.boards && !isSame(withoutIds(wanted.boards), actual.boards)) {
    state.boards = actual.boards;
  }
  const wasSeen = wanted.machine_last_seen_updated;
  if (typeof wasSeen === 'boolean' && wasSeen !== actual.machine_last_seen_updated) {
    state.machine_last_seen_updated = actual.machine_last_seen_updated;
  }
  if (Object.keys(state).length > 0) found.state = state;
  return found;
}

/** What a message says; null: there was none. */
export function payloadOf(message: RecordedMessage | null | undefined): object | null {
  return message ? (JSON.parse(message.payload) as object) : null;
}

function areSameUses(scenario: string, wanted: RecordedUse[], actual: RecordedUse[]): boolean {
  return (
    wanted.length === actual.length &&
    wanted.every((use, index) => {
      const other = actual[index];
      return other !== undefined && isSameUse(scenario, use, other);
    })
  );
}

function isSameUse(scenario: string, wanted: RecordedUse, actual: RecordedUse): boolean {
  const slackS = scenario.startsWith('orphan/') ? ORPHAN_SLACK_S : TIME_SLACK_S;
  // Its times are as old as the recording.
  const hasTimes = scenario !== 'checkmachine/plan_exactly_at_limit';
  // Measured by the original's wall clock.
  const durationSlackS = scenario === 'duration/nan' ? TIME_SLACK_S : 0.01;
  return (
    wanted.user_id === actual.user_id &&
    wanted.machine_id === actual.machine_id &&
    wanted.open === actual.open &&
    (wanted.replay ?? false) === actual.replay &&
    isNear(wanted.duration_s, actual.duration_s, durationSlackS) &&
    (!hasTimes ||
      (isNear(wanted.start_rel_now, actual.start_rel_now, slackS) &&
        isNear(wanted.end_rel_now, actual.end_rel_now, slackS) &&
        isNear(wanted.last_seen_rel_now, actual.last_seen_rel_now, slackS)))
  );
}

function areSameHours(wanted: Record<string, number>, actual: Record<string, number>): boolean {
  const ids = new Set([...Object.keys(wanted), ...Object.keys(actual)]);
  return [...ids].every((id) => isNear(wanted[id] ?? null, actual[id] ?? null, HOURS_SLACK));
}

function isNear(a: number | null, b: number | null, slack: number): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= slack;
}

function sorted(cards: RecordedState['unknown_cards']): string[] {
  return cards.map((card) => `${card.machine_id} ${card.card_UUID}`).sort();
}

function withoutIds(boards: NonNullable<RecordedState['boards']>) {
  return boards.map(({ machine_id, ip_address, fw_version, serial, heap }) => ({
    machine_id,
    ip_address,
    fw_version,
    serial,
    heap,
  }));
}

/** Equal whatever the order of keys. */
function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
