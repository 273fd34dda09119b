import { IsoTime, listQuery } from '@fabomatic/kernel';
import * as z from 'zod';

/** Files that are kept at most: whoever brings one more takes one away first. */
export const MAX_FIRMWARE_IMAGES = 10;
/** No flash of these boards has room for more in one partition. */
export const MAX_FIRMWARE_BYTES = 8 * 1024 ** 2;

const Md5 = z.string().regex(/^[0-9a-f]{32}$/);

/** A file of firmware, as it lies in the data folder. Its MD5 is its id. */
export const FirmwareImageView = z.object({
  md5: Md5,
  fileName: z.string(),
  sizeBytes: z.number().int().positive(),
  /** 'ESP32-S3' */
  chip: z.string(),
  /** What the build calls itself; null where it wrote nothing. */
  version: z.string().nullable(),
  project: z.string().nullable(),
  uploadedAt: IsoTime,
  /** null: whoever it was is gone. */
  uploadedBy: z.string().nullable(),
});
export type FirmwareImageView = z.infer<typeof FirmwareImageView>;

export const FirmwareImageList = z.object({ items: z.array(FirmwareImageView) });
export type FirmwareImageList = z.infer<typeof FirmwareImageList>;

/** Query string of an upload; the body is the file itself. */
export const FirmwareUploadQuery = z.strictObject({ fileName: z.string().trim().min(1).max(120) });
export type FirmwareUploadQuery = z.infer<typeof FirmwareUploadQuery>;

export const FirmwareMd5 = Md5;

/** `POST /api/v1/firmware/rollout` */
export const FirmwareRolloutRequest = z.strictObject({
  md5: Md5,
  /** In the order in which they are updated: the first one is the trial. */
  boardIds: z
    .array(z.number().int().positive())
    .min(1)
    .max(500)
    .refine((ids) => new Set(ids).size === ids.length),
  /** The boards' OTA password; left out: the one of the settings. Never stored. */
  password: z.string().min(1).max(200).optional(),
  /** Whether a board may come back with the version that it had: the same firmware once more. */
  sameVersion: z.boolean().default(false),
});
export type FirmwareRolloutRequest = z.infer<typeof FirmwareRolloutRequest>;

export const FIRMWARE_BOARD_STATES = [
  'waiting',
  'inviting',
  'sending',
  'restarting',
  'done',
  'failed',
  'skipped',
] as const;
export type FirmwareBoardState = (typeof FIRMWARE_BOARD_STATES)[number];

/** Why a board has not got it. */
export const FIRMWARE_PROBLEMS = [
  /** Somebody uses the machine. */
  'in_use',
  'offline',
  /** It is gone from the list, or tells no IP address that can be written to. */
  'no_address',
  /** The board does not answer the invitation. */
  'silent',
  /** It answers something else than yes. */
  'refused',
  'password_needed',
  'password_wrong',
  /** It asks for SHA-256, which newer firmware than the boards' does. */
  'protocol_newer',
  /** It took the invitation and did not connect. */
  'not_connected',
  /** None of the ports of the settings is free. */
  'port_taken',
  'connection_lost',
  /** It stopped taking data, or did not say what became of it. */
  'stalled',
  /** It took all of it and says that it is bad. */
  'image_bad',
  /** It did not come back after its restart. */
  'not_back',
  /** It came back with the version that it had. */
  'version_same',
  'stopped',
  /** One before it went wrong. */
  'run_ended',
  'internal',
] as const;
export type FirmwareProblem = (typeof FIRMWARE_PROBLEMS)[number];

export const FirmwareBoard = z.object({
  boardId: z.number().int().positive(),
  machineId: z.number().int().positive(),
  machineName: z.string(),
  serial: z.string().nullable(),
  ip: z.string(),
  versionBefore: z.string(),
  versionAfter: z.string().nullable(),
  state: z.enum(FIRMWARE_BOARD_STATES),
  sentBytes: z.number().int().nonnegative(),
  problem: z.enum(FIRMWARE_PROBLEMS).nullable(),
  /** What the board said, in its own words. */
  detail: z.string().nullable(),
});
export type FirmwareBoard = z.infer<typeof FirmwareBoard>;

export const FIRMWARE_OUTCOMES = ['running', 'done', 'failed', 'stopped', 'interrupted'] as const;
export type FirmwareOutcome = (typeof FIRMWARE_OUTCOMES)[number];

/** One run: who sent what to which boards, and what became of it. */
export const FirmwareRolloutView = z.object({
  id: z.number().int().positive(),
  startedAt: IsoTime,
  endedAt: IsoTime.nullable(),
  outcome: z.enum(FIRMWARE_OUTCOMES),
  /** null: the member was erased. */
  startedBy: z.string().nullable(),
  fileName: z.string(),
  md5: Md5,
  sizeBytes: z.number().int().positive(),
  version: z.string().nullable(),
  boards: z.array(FirmwareBoard),
});
export type FirmwareRolloutView = z.infer<typeof FirmwareRolloutView>;

/** The run that goes on, or the last one. */
export const FirmwareRolloutState = z.object({ rollout: FirmwareRolloutView.nullable() });
export type FirmwareRolloutState = z.infer<typeof FirmwareRolloutState>;

export const FirmwareRolloutListQuery = listQuery(['startedAt'], '-startedAt', {});
export type FirmwareRolloutListQuery = z.infer<typeof FirmwareRolloutListQuery>;

/** Error codes; each has a sentence in libs/i18n and a status in the API's table. */
export const FIRMWARE_ERRORS = [
  'firmware.image_not_found',
  'firmware.too_many_images',
  'firmware.too_large',
  'firmware.not_firmware',
  'firmware.no_app',
  'firmware.wrong_chip',
  'firmware.damaged',
  'firmware.not_stored',
  'firmware.running',
  'firmware.not_running',
  'firmware.board_in_use',
  'firmware.board_offline',
] as const;
export type FirmwareErrorCode = (typeof FIRMWARE_ERRORS)[number];
