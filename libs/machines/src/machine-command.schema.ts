import { IsoTime } from '@fabomatic/kernel';
import * as z from 'zod';
import { REFUSAL_REASONS } from './refusal-reason';

/** What an admin can make a board do. `start` logs the card in, `stop` logs out whoever is (F48, F49). */
export const MACHINE_COMMANDS = ['start', 'stop'] as const;
export type MachineCommandKind = (typeof MACHINE_COMMANDS)[number];

/**
 * What became of a command. Boards do not answer commands (F50), so that only what they say
 * afterwards proves it: `confirmed` by a start or a stop, `refused` when the card was turned away,
 * `timed-out` when nothing came.
 */
export const COMMAND_STATES = ['sent', 'confirmed', 'refused', 'timed-out'] as const;
export type CommandState = (typeof COMMAND_STATES)[number];

/**
 * A board that is busy with a card reads its commands up to 12 s later (F14); what comes after this
 * time has nothing to do with the command any more.
 */
export const COMMAND_TIMEOUT_S = 15;

/** `POST /api/v1/machines/:id/commands` */
export const MachineCommandCreate = z.strictObject({ command: z.enum(MACHINE_COMMANDS) });
export type MachineCommandCreate = z.infer<typeof MachineCommandCreate>;

/** `id` grows and is unique within one run of the API. */
export const MachineCommandView = z.object({
  id: z.number().int().positive(),
  machineId: z.number().int().positive(),
  command: z.enum(MACHINE_COMMANDS),
  state: z.enum(COMMAND_STATES),
  /** Why the card was refused; else null. */
  reason: z.enum(REFUSAL_REASONS).nullable(),
  /** Who sent it. */
  memberId: z.number().int().nullable(),
  memberName: z.string(),
  sentAt: IsoTime,
  /** null while nothing is known. */
  settledAt: IsoTime.nullable(),
});
export type MachineCommandView = z.infer<typeof MachineCommandView>;

/** The last commands of one machine, newest first, since the start of the API. */
export const MachineCommandList = z.object({ items: z.array(MachineCommandView) });
export type MachineCommandList = z.infer<typeof MachineCommandList>;
