import { listQuery, Versioned } from '@fabomatic/kernel';
import * as z from 'zod';
import { MACHINE_ACCESS, MAX_BOARD_MINUTES } from './machine';

/** The longest name that a page can show in full. */
const MAX_NAME = 60;

const minutes = z.number().int().min(0).max(MAX_BOARD_MINUTES);

/** `POST /api/v1/machine-types` */
export const MachineTypeCreate = z.strictObject({
  name: z.string().trim().min(1).max(MAX_NAME),
  /** Minutes after which a board ends a use by itself; 0: never. */
  timeoutMin: minutes.default(480),
  /** Minutes that the machine stays on after the card is taken away; 0: off at once. */
  graceMin: minutes.default(2),
  /** `authorization`: only members with one; `open`: every active member. */
  access: z.enum(MACHINE_ACCESS).default('authorization'),
});
export type MachineTypeCreate = z.infer<typeof MachineTypeCreate>;

/** `PATCH /api/v1/machine-types/:id`: what is left out stays. */
export const MachineTypeUpdate = z.strictObject({
  ...Versioned.shape,
  name: MachineTypeCreate.shape.name.optional(),
  timeoutMin: minutes.optional(),
  graceMin: minutes.optional(),
  access: z.enum(MACHINE_ACCESS).optional(),
});
export type MachineTypeUpdate = z.infer<typeof MachineTypeUpdate>;

export const MachineTypeView = z.object({
  id: z.number().int().positive(),
  name: z.string(),
  timeoutMin: z.number().int().min(0),
  graceMin: z.number().int().min(0),
  access: z.enum(MACHINE_ACCESS),
  /** How many machines are of this type. */
  machines: z.number().int().min(0),
  version: z.number().int(),
});
export type MachineTypeView = z.infer<typeof MachineTypeView>;

export const MACHINE_TYPE_SORTS = ['name', 'timeoutMin', 'graceMin', 'machines'] as const;
export const MachineTypeListQuery = listQuery(MACHINE_TYPE_SORTS, 'name', {
  access: z.enum(MACHINE_ACCESS).optional(),
});
export type MachineTypeListQuery = z.infer<typeof MachineTypeListQuery>;
