import { IsoTime, listQuery } from '@fabomatic/kernel';
import * as z from 'zod';
import { MAX_MACHINE_ID } from './board-topics';

/**
 * Whether boards log in to the broker with an account of their own: nobody does; those do for whose
 * machine there is one, so that a lab can move over board by board; all must.
 */
export const BOARD_ACCOUNT_MODES = ['off', 'optional', 'required'] as const;
export type BoardAccountMode = (typeof BOARD_ACCOUNT_MODES)[number];

/** Of the accounts of a lab: this, and the number of the machine. Nobody else may be called so. */
export const BOARD_USER_PREFIX = 'board-';

export function boardUser(machineId: number): string {
  return `${BOARD_USER_PREFIX}${machineId}`;
}

/** The machine of an account's name; null when it is none. */
export function machineOfBoardUser(user: string): number | null {
  const digits = /^board-([1-9][0-9]{0,4})$/.exec(user)?.[1];
  const id = Number(digits ?? 0);
  return id >= 1 && id <= MAX_MACHINE_ID ? id : null;
}

/** Boards keep at most so many characters of it (F53). */
const MAX_SWITCH_TOPIC_LENGTH = 40;

/** The topic of a switch on the network: no wildcards, no blanks, nothing of the broker's own. */
const SwitchTopic = z
  .string()
  .trim()
  .max(MAX_SWITCH_TOPIC_LENGTH)
  .regex(/^[^\s$/#+][^\s#+]*$/);

/** `POST /api/v1/board-accounts` */
export const BoardAccountCreate = z.strictObject({
  machineId: z.number().int().min(1).max(MAX_MACHINE_ID),
  switchTopic: SwitchTopic.nullable().default(null),
});
export type BoardAccountCreate = z.infer<typeof BoardAccountCreate>;

/** `waiting`: no board has logged in with it yet. */
export const BOARD_ACCOUNT_STATES = ['waiting', 'used'] as const;
export type BoardAccountState = (typeof BOARD_ACCOUNT_STATES)[number];

export const BoardAccountView = z.object({
  /** Of the machine, which is the account's as well. */
  id: z.number().int().positive(),
  machineName: z.string(),
  /** What the board logs in as. */
  user: z.string(),
  /** null: the board switches the machine by itself. */
  switchTopic: z.string().nullable(),
  state: z.enum(BOARD_ACCOUNT_STATES),
  createdAt: IsoTime,
  /** When its board logged in last, as far as this program sees it; null: never. */
  lastUsedAt: IsoTime.nullable(),
});
export type BoardAccountView = z.infer<typeof BoardAccountView>;

/** Answer of making one or its new password: the only time that the password is shown. */
export const NewBoardAccountView = z.object({
  ...BoardAccountView.shape,
  password: z.string(),
});
export type NewBoardAccountView = z.infer<typeof NewBoardAccountView>;

export const BOARD_ACCOUNT_SORTS = ['machine', 'createdAt', 'lastUsedAt'] as const;

/** `GET /api/v1/board-accounts` */
export const BoardAccountListQuery = listQuery(BOARD_ACCOUNT_SORTS, 'machine', {
  state: z.enum(BOARD_ACCOUNT_STATES).optional(),
});
export type BoardAccountListQuery = z.infer<typeof BoardAccountListQuery>;
