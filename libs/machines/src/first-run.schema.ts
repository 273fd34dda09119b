import * as z from 'zod';

/** What a new lab has to do, in this order. */
export const FIRST_RUN_STEPS = [
  'password',
  'lab',
  'machine',
  'board',
  'card',
  'member',
  'access',
] as const;
export type FirstRunStep = (typeof FIRST_RUN_STEPS)[number];

const Named = z.object({ id: z.number().int().positive(), name: z.string() });

/** `GET /api/v1/first-run`: how far the lab is, from what there is and not from ticks. */
export const FirstRunView = z.object({
  /** Nobody has used a machine with a card of their own yet. */
  isNew: z.boolean(),
  done: z.record(z.enum(FIRST_RUN_STEPS), z.boolean()),
  lab: z.object({
    name: z.string(),
    timezone: z.string(),
    language: z.string(),
    /** A new name that waits for a restart; null: none does. */
    savedName: z.string().nullable(),
  }),
  /** The machine to go on with. */
  machine: Named.extend({ typeName: z.string().nullable() }).nullable(),
  broker: z.object({
    /** null: the host that this page came from. */
    host: z.string().nullable(),
    /** It runs inside this program, on the computer that this page came from. */
    isOwn: z.boolean(),
    port: z.number().int(),
    /** Topic of the machine to go on with. */
    topic: z.string(),
  }),
  /** Machines that boards speak for and nobody has set up. */
  strangers: z.array(z.number().int()),
  /** The latest card that nobody has. */
  card: z.object({ uid: z.string(), machineName: z.string().nullable() }).nullable(),
  /** The latest member with a card of their own. */
  member: Named.nullable(),
});
export type FirstRunView = z.infer<typeof FirstRunView>;
