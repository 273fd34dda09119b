import { MAX_BOARD_MINUTES } from '@fabomatic/machines';
import type { AccessLevel } from '@fabomatic/members';
import {
  displayText,
  DESCRIPTION_WIDTH,
  MACHINE_NAME_WIDTH,
  PERSON_NAME_WIDTH,
} from './display-text';

/**
 * The longest topic and payload together, in bytes. A board breaks its connection over 295 and
 * takes its query as failed (F17, F18); five are left as a margin.
 */
export const MAX_PACKET_BYTES = 290;

/** How many cards of a `synccache` answer fit into {@link MAX_PACKET_BYTES} (F51). */
export const MAX_CACHED_CARDS = 8;

/** An answer must have left within this time of the query's arrival; boards wait 1.96 s (F12). */
export const REPLY_DEADLINE_MS = 1800;

/** A board sees `type` as a byte. */
const MAX_TYPE = 255;

/** Answer to `startuse`, `inuse`, `stopuse`, `maintenance`, and to what cannot be read. */
export interface SimpleReply {
  request_ok: boolean;
  message: string;
}

/** Answer to `checkuser`. To refuse: `request_ok` true, `is_valid` false, `level` 0 (F22). */
export interface CheckUserReply {
  request_ok: boolean;
  is_valid: boolean;
  name: string;
  missing_auth: boolean;
  level: 0 | AccessLevel;
}

/** Answer to `checkmachine`: always all nine fields; `logoff` and `grace` in minutes (F24, F25). */
export interface CheckMachineReply {
  request_ok: boolean;
  is_valid: boolean;
  maintenance: boolean;
  allowed: boolean;
  name: string;
  logoff: number;
  type: number;
  grace: number;
  description: string;
}

/** Answer to `synccache`: those who may use the machine without a backend. */
export interface SyncCacheReply {
  request_ok: boolean;
  cards: { uid: string; level: AccessLevel }[];
}

export type BoardReply = SimpleReply | CheckUserReply | CheckMachineReply | SyncCacheReply;

export function simpleReply(isOk: boolean, message = ''): SimpleReply {
  return { request_ok: isOk, message };
}

/** The card may use the machine; the board greets `firstName`. */
export function acceptCard(firstName: string, level: AccessLevel): CheckUserReply {
  const name = displayText(firstName, PERSON_NAME_WIDTH);
  return { request_ok: true, is_valid: true, name, missing_auth: false, level };
}

/** The card is refused for sure, also if the board has it in its cache (F22). */
export function refuseCard(isKnown: boolean): CheckUserReply {
  const name = isKnown ? 'Not authorized' : 'Unknown';
  return { request_ok: true, is_valid: false, name, missing_auth: isKnown, level: 0 };
}

export interface MachineForBoard {
  name: string;
  typeId: number | null;
  blocked: boolean;
  timeoutMin: number;
  graceMin: number;
  /** LCD message of the most overdue plan; null when none is due. */
  dueMessage: string | null;
}

/** The state of a machine for its board; everything cut and clamped to what a board can take. */
export function machineState(machine: MachineForBoard): CheckMachineReply {
  return {
    request_ok: true,
    is_valid: true,
    maintenance: machine.dueMessage !== null,
    allowed: !machine.blocked,
    name: displayText(machine.name, MACHINE_NAME_WIDTH),
    logoff: minutes(machine.timeoutMin),
    type: machine.typeId !== null && machine.typeId <= MAX_TYPE ? machine.typeId : 0,
    grace: minutes(machine.graceMin),
    description: displayText(machine.dueMessage ?? '', DESCRIPTION_WIDTH),
  };
}

/**
 * The state of a machine that nobody registered: shut. `request_ok` or `is_valid` false would leave
 * the board in its old state, which after a boot is "open" (F23).
 */
export function unknownMachineState(): CheckMachineReply {
  return {
    request_ok: true,
    is_valid: true,
    maintenance: false,
    allowed: false,
    name: '?',
    logoff: 0,
    type: 0,
    grace: 0,
    description: '',
  };
}

/**
 * The one function that makes payloads for boards: compact JSON that fits with its topic into
 * {@link MAX_PACKET_BYTES}. What does not fit is shortened: cards from
 * the end; if that does not help the answer is the shortest one, a failure for every board.
 * Bytes are counted, not characters; a topic is ASCII or counted in full.
 */
export function encodeForBoard(topic: string, message: object): string {
  const room = MAX_PACKET_BYTES - utf8Length(topic);
  let text = JSON.stringify(message);
  if (utf8Length(text) <= room) return text;
  if ('cards' in message && Array.isArray(message.cards)) {
    for (let count = message.cards.length - 1; count >= 0; count--) {
      text = JSON.stringify({ ...message, cards: message.cards.slice(0, count) });
      if (utf8Length(text) <= room) return text;
    }
  }
  return JSON.stringify({ request_ok: false });
}

const encoder = new TextEncoder();

function utf8Length(text: string): number {
  // One byte a character unless proven otherwise: nearly every answer is ASCII.
  return /^[\x20-\x7e]*$/.test(text) ? text.length : encoder.encode(text).length;
}

function minutes(value: number): number {
  return Math.min(Math.max(Math.trunc(value), 0), MAX_BOARD_MINUTES);
}
