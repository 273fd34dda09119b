import { normalizeCardUid } from '@fabomatic/members';

/** The eight things that a board says; the names are those on the wire. */
export const BOARD_ACTIONS = [
  'checkmachine',
  'checkuser',
  'startuse',
  'inuse',
  'stopuse',
  'maintenance',
  'alive',
  'synccache',
] as const;
export type BoardAction = (typeof BOARD_ACTIONS)[number];

/** The longest payload that is read: the longest real message has about 150 characters. */
export const MAX_REQUEST_LENGTH = 4096;

/** A negative duration is no duration; more than this (a month) no board counts. */
export const MAX_DURATION_S = 31 * 86_400;

/** The longest text of a board about itself that is kept. */
const MAX_BOARD_TEXT = 64;

/**
 * A message of a board, checked. `cardUid` is null when the text is no card (compared with nobody's
 * card then). `durationS` is in seconds, null when the number cannot be one.
 */
export type BoardRequest =
  | { action: 'checkmachine' }
  | { action: 'checkuser'; cardUid: string | null }
  | { action: 'startuse'; cardUid: string | null; replay: boolean }
  | { action: 'inuse'; cardUid: string | null; durationS: number | null }
  | { action: 'stopuse'; cardUid: string | null; durationS: number | null; replay: boolean }
  | { action: 'maintenance'; cardUid: string | null; replay: boolean }
  | { action: 'alive'; version: string; ip: string; serial: string; heapBytes: number | null }
  | { action: 'synccache' };

/** What is wrong with a message: which field, and what was expected there. */
export interface BoardRequestProblem {
  /** null when not even the action can be read. */
  action: BoardAction | null;
  field: string;
  expected: string;
}

export type ParsedBoardRequest =
  { ok: true; request: BoardRequest } | { ok: false; problem: BoardRequestProblem };

/**
 * Reads one message. `text` is null when the bytes were not UTF-8. Never throws: whatever a board
 * sends gives a request or a problem.
 */
export function parseBoardRequest(text: string | null): ParsedBoardRequest {
  if (text === null) return problem(null, 'payload', 'UTF-8 text');
  if (text.length > MAX_REQUEST_LENGTH) {
    return problem(null, 'payload', `at most ${MAX_REQUEST_LENGTH} characters`);
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // SyntaxError, or RangeError for JSON nested too deep: both are the board's bad message.
    return problem(null, 'payload', 'a JSON object');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return problem(null, 'payload', 'a JSON object');
  }
  return readRequest(body as Record<string, unknown>);
}

function readRequest(body: Record<string, unknown>): ParsedBoardRequest {
  const action = body['action'];
  switch (action) {
    case 'checkmachine':
    case 'synccache':
      return { ok: true, request: { action } };
    case 'checkuser':
      // Whatever is no card is refused like one that nobody has.
      return { ok: true, request: { action, cardUid: normalizeCardUid(body['uid']) } };
    case 'startuse':
    case 'maintenance':
      return cardAction(action, body, (cardUid, replay) => ({ action, cardUid, replay }));
    case 'inuse':
      return cardAction(action, body, (cardUid) => {
        const durationS = readDuration(body['duration']);
        return durationS === undefined ? null : { action, cardUid, durationS };
      });
    case 'stopuse':
      return cardAction(action, body, (cardUid, replay) => {
        const durationS = readDuration(body['duration']);
        return durationS === undefined ? null : { action, cardUid, durationS, replay };
      });
    case 'alive':
      return readAlive(body);
    default:
      return problem(null, 'action', BOARD_ACTIONS.join(', '));
  }
}

/** The actions that bear a card and perhaps `replay`; `build` gives null for a bad duration. */
function cardAction(
  action: BoardAction,
  body: Record<string, unknown>,
  build: (cardUid: string | null, replay: boolean) => BoardRequest | null,
): ParsedBoardRequest {
  if (typeof body['uid'] !== 'string') return problem(action, 'uid', '8 hex digits');
  const replay = body['replay'] ?? false;
  if (typeof replay !== 'boolean') return problem(action, 'replay', 'true or false');
  const request = build(normalizeCardUid(body['uid']), replay);
  if (request === null) return problem(action, 'duration', 'a number of seconds');
  return { ok: true, request };
}

/** Seconds; null for a number that can be no duration; undefined for what is no number. */
function readDuration(value: unknown): number | null | undefined {
  if (typeof value !== 'number') return undefined;
  return value >= 0 && value <= MAX_DURATION_S ? value : null;
}

function readAlive(body: Record<string, unknown>): ParsedBoardRequest {
  const { version, ip, serial = '', heap = null } = body;
  if (typeof version !== 'string') return problem('alive', 'version', 'a text');
  if (typeof ip !== 'string') return problem('alive', 'ip', 'a text');
  if (typeof serial !== 'string') return problem('alive', 'serial', 'a text');
  const request: BoardRequest = {
    action: 'alive',
    version: boardText(version),
    ip: boardText(ip),
    serial: boardText(serial),
    heapBytes: readHeap(heap),
  };
  return { ok: true, request };
}

/** Without what nobody can read, and PostgreSQL cannot store: the character NUL. */
function boardText(text: string): string {
  return text.replace(/\p{Cc}/gu, '').slice(0, MAX_BOARD_TEXT);
}

/** Boards send their free memory as a text of digits; old ones send none. */
function readHeap(heap: unknown): number | null {
  const bytes = typeof heap === 'string' && /^[0-9]{1,10}$/.test(heap) ? Number(heap) : heap;
  return typeof bytes === 'number' && Number.isInteger(bytes) && bytes >= 0 && bytes < 2 ** 31
    ? bytes
    : null;
}

function problem(action: BoardAction | null, field: string, expected: string): ParsedBoardRequest {
  return { ok: false, problem: { action, field, expected } };
}
