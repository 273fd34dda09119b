import { IsoTime, listQuery, QueryFlag, QueryId } from '@fabomatic/kernel';
import * as z from 'zod';

/** `off`: the settings turn accounts off; `none`: its machine has none. */
export const BOARD_ACCOUNT_OF_BOARD = ['off', 'none', 'waiting', 'used'] as const;

/** A board as it described itself last. */
export const BoardView = z.object({
  id: z.number().int().positive(),
  machineId: z.number().int().positive(),
  machineName: z.string(),
  /** null: a firmware that does not send one. */
  serial: z.string().nullable(),
  ip: z.string(),
  firmware: z.string(),
  /** Free memory in bytes; null: a firmware that does not send it. */
  heapBytes: z.number().int().nullable(),
  firstSeenAt: IsoTime,
  lastSeenAt: IsoTime,
  /** It is the board that speaks for its machine, and was heard within the last 90 s. */
  online: z.boolean(),
  /** Whether the board of this machine logs in with an account of its own. */
  account: z.enum(BOARD_ACCOUNT_OF_BOARD),
});
export type BoardView = z.infer<typeof BoardView>;

export const BOARD_SORTS = ['machine', 'serial', 'ip', 'firmware', 'heap', 'lastSeen'] as const;
export const BoardListQuery = listQuery(BOARD_SORTS, 'machine', {
  machineId: QueryId.optional(),
  online: QueryFlag.optional(),
});
export type BoardListQuery = z.infer<typeof BoardListQuery>;

/** Error codes of this domain; each has a sentence in libs/i18n and a status in the API's table. */
export const BOARD_ERRORS = [
  'board.not_found',
  'board_account.not_found',
  'board_account.exists',
  'board_account.off',
  'board_account.topic_taken',
] as const;
export type BoardErrorCode = (typeof BOARD_ERRORS)[number];
