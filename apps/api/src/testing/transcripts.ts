import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const FIXTURES = resolve(__dirname, '../../../../libs/boards/fixtures');

/** A message as it stands on the wire. */
export interface RecordedMessage {
  topic: string;
  payload: string;
}

/** What the original was told; bytes that are no UTF-8 are in base64. */
export interface RecordedPublish {
  topic: string;
  payload?: string;
  payload_base64?: string;
  qos?: 0 | 1 | 2;
  retain?: boolean;
}

/** A use in the original's words; times are seconds from the moment of the check. */
export interface RecordedUse {
  user_id: number | null;
  machine_id: number;
  open: boolean;
  duration_s: number | null;
  start_rel_now: number;
  end_rel_now: number | null;
  last_seen_rel_now: number;
  replay: boolean | null;
}

/** What the database holds after a step; `boards` only where the step is about them. */
export interface RecordedState {
  uses: RecordedUse[];
  /** Key: machine id; the machine addressed, and any whose hours have changed. */
  machine_hours: Record<string, number>;
  unknown_cards: { card_UUID: string; machine_id: number }[];
  interventions: {
    maintenance_id: number;
    machine_id: number;
    user_id: number | null;
    replay: boolean | null;
  }[];
  boards?: {
    machine_id: number;
    ip_address: string;
    fw_version: string;
    serial: string;
    heap: unknown;
  }[];
  /** null: there is no such machine. */
  machine_last_seen_updated?: boolean | null;
}

export interface RecordedStep {
  scenario: string;
  step: number;
  setup_sql: string[] | null;
  publish: RecordedPublish | null;
  reply: RecordedMessage | null;
  sql?: string[];
  wait_s?: number;
  /** What somebody did in the original's portal: `/machines/start/1`. */
  http?: { path: string; as: string };
  other_messages?: RecordedMessage[];
  backend_after?: string;
  db_after: RecordedState;
}

/** What the product does otherwise at one step, and the reasons (docs/board-protocol.md). */
export interface Departure {
  scenario: string;
  step: number;
  because: string[];
  /** The product's reply, where it is another one; null: none. */
  reply?: object | null;
  /** What the product tells the board where the portal was asked for something; null: nothing. */
  command?: object | null;
  /** The product's records, as far as they are others. */
  state?: Partial<RecordedState>;
}

export interface Departures {
  /** Key: 'D1', ...; value: what is done otherwise, and why. */
  reasons: Record<string, string>;
  departures: Departure[];
}

/** scenario -> its steps, in the order in which they were recorded */
export function recordedScenarios(): Map<string, RecordedStep[]> {
  const scenarios = new Map<string, RecordedStep[]>();
  for (const line of readFileSync(resolve(FIXTURES, 'transcripts.jsonl'), 'utf8').split('\n')) {
    if (line === '') continue;
    const step = JSON.parse(line) as RecordedStep;
    const steps = scenarios.get(step.scenario) ?? [];
    steps.push(step);
    scenarios.set(step.scenario, steps);
  }
  return scenarios;
}

export function loadDepartures(): Departures {
  return JSON.parse(readFileSync(resolve(FIXTURES, 'departures.json'), 'utf8')) as Departures;
}
