import { IsoTime } from '@fabomatic/kernel';
import * as z from 'zod';
import { MachineCommandView } from './machine-command.schema';
import { MachineView } from './machine.schema';
import { REFUSAL_REASONS } from './refusal-reason';

/** What can be said in one line of the dashboard's "just now" list. */
export const LAB_EVENT_KINDS = [
  'use-started',
  'use-stopped',
  'card-refused',
  'card-unrecognised',
  'maintenance-done',
  'maintenance-due',
] as const;
export type LabEventKind = (typeof LAB_EVENT_KINDS)[number];

/** Something that happened at a machine; `id` grows and is unique within one run of the API. */
export const LabEvent = z.object({
  id: z.number().int(),
  at: IsoTime,
  kind: z.enum(LAB_EVENT_KINDS),
  machineId: z.number().int(),
  machineName: z.string(),
  memberId: z.number().int().nullable(),
  memberName: z.string().nullable(),
  /** The card and its last four digits, only for `card-unrecognised`. */
  cardUid: z.string().nullable(),
  cardEnding: z.string().nullable(),
  /** Only for `card-refused`. */
  reason: z.enum(REFUSAL_REASONS).nullable(),
  /** Only for `use-stopped`: seconds. */
  durationS: z.number().nullable(),
  /** Only for the maintenance kinds: the plan's description. */
  planDescription: z.string().nullable(),
});
export type LabEvent = z.infer<typeof LabEvent>;

/** The uses of the lab's current day, in the lab's time zone. */
export const TodayView = z.object({
  uses: z.number().int().min(0),
  /** Seconds, closed uses only. */
  durationS: z.number().min(0),
});
export type TodayView = z.infer<typeof TodayView>;

/** The broker that boards talk through. `since` is when the connection state last changed. */
export const BrokerView = z.object({ connected: z.boolean(), since: IsoTime });
export type BrokerView = z.infer<typeof BrokerView>;

/** Plans nearest to their threshold, most worn first (by elapsed / interval). */
export const DueNextView = z.object({
  planId: z.number().int(),
  machineId: z.number().int(),
  machineName: z.string(),
  description: z.string(),
  elapsedS: z.number().min(0),
  /** 0 only of a plan that was moved in from the original. */
  intervalS: z.number().min(0),
});
export type DueNextView = z.infer<typeof DueNextView>;

/** `GET /api/v1/dashboard`, and the first message of the live stream. */
export const DashboardView = z.object({
  serverTime: IsoTime,
  lab: z.object({ name: z.string(), timezone: z.string() }),
  broker: BrokerView,
  /** The TV view is turned on in the settings. */
  hasTv: z.boolean(),
  today: TodayView,
  /** By id. */
  machines: z.array(MachineView),
  /** Newest first, at most {@link DASHBOARD_EVENTS}. */
  events: z.array(LabEvent),
  /** At most three. */
  dueNext: z.array(DueNextView),
});
export type DashboardView = z.infer<typeof DashboardView>;
export const DASHBOARD_EVENTS = 30;

/**
 * `GET /api/v1/live`, server-sent events: `event: <type>`, `data: <JSON>`. First a `snapshot`, then
 * changes as they are committed, and a comment line every {@link LIVE_PING_S} so that a reader
 * knows within a minute that the stream is lost.
 */
export const LiveMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), data: DashboardView }),
  z.object({
    type: z.literal('machine'),
    data: z.object({
      machine: MachineView,
      today: TodayView,
      dueNext: z.array(DueNextView),
      serverTime: IsoTime,
    }),
  }),
  z.object({ type: z.literal('machine-removed'), data: z.object({ id: z.number().int() }) }),
  z.object({ type: z.literal('event'), data: LabEvent }),
  /** A remote command was sent, or its outcome is known. */
  z.object({ type: z.literal('command'), data: MachineCommandView }),
  z.object({ type: z.literal('broker'), data: BrokerView }),
]);
export type LiveMessage = z.infer<typeof LiveMessage>;
export const LIVE_PING_S = 25;
