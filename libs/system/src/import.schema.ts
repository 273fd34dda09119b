import { IsoTime } from '@fabomatic/kernel';
import * as z from 'zod';

/** The largest file of the original that the portal takes; a million uses are some 80 MB. */
export const MAX_IMPORT_BYTES = 1024 ** 3;
const MAX_SETTINGS_CHARACTERS = 200_000;
const MAX_ADMINS = 50;

/** What an import tells of: each has a sentence in libs/i18n. */
export const IMPORT_NOTES = [
  'type_missing',
  'type_minutes',
  'hours_impossible',
  'authorization_orphan',
  'authorization_twice',
  'board_orphan',
  'second_board',
  'card_read_orphan',
  'card_read_without_number',
  'card_reads_joined',
  'email_shared',
  'card_unreadable',
  'card_in_capitals',
  'card_twice',
  'plan_orphan',
  'link_unusable',
  'intervention_incomplete',
  'intervention_without_member',
  'use_incomplete',
  'use_without_member',
  'second_open_use',
  'use_ends_before_start',
  'use_over_24_hours',
  'use_of_one_second',
  'use_in_future',
  'empty_use_suspected',
  'empty_use_left_out',
  'repeated_use_suspected',
  'repeated_use_left_out',
  'hours_lowered',
  'hours_not_of_uses',
  'admin_named',
  'admin_without_password',
  'could_log_in',
  'nobody_can_log_in',
  'first_admin_stays',
  'account_stays',
  'account_is_member',
] as const;
export type ImportNoteCode = (typeof IMPORT_NOTES)[number];

/** Notes about what somebody should look at, since the original itself may have it wrong. */
export const SUSPICIOUS_NOTES: readonly ImportNoteCode[] = [
  'use_over_24_hours',
  'use_of_one_second',
  'use_in_future',
  'empty_use_suspected',
  'repeated_use_suspected',
  'hours_not_of_uses',
];

/** Notes about who opens the portal afterwards. */
export const PORTAL_NOTES: readonly ImportNoteCode[] = [
  'admin_named',
  'admin_without_password',
  'could_log_in',
  'nobody_can_log_in',
  'first_admin_stays',
  'account_stays',
  'account_is_member',
];

/** Somebody of the file who administrates, or could. */
export const ImportPerson = z.object({ name: z.string(), email: z.string() });
export type ImportPerson = z.infer<typeof ImportPerson>;

/** A file of the original that was uploaded and is sound. */
export const ImportUpload = z.object({
  /** Of the whole file, in hex: what is imported is what was looked at. */
  sha256: z.string(),
  name: z.string(),
  sizeBytes: z.number().int().min(0),
  /** When this very file was imported into this lab. */
  importedAt: IsoTime.nullable(),
  /** Whose role in the file is for the portal: they stay what they are. */
  admins: z.array(ImportPerson),
  /** Who could log in to the original by another role: nobody of them administrates unasked. */
  candidates: z.array(ImportPerson),
});
export type ImportUpload = z.infer<typeof ImportUpload>;

/** `GET /api/v1/imports` */
export const ImportState = z.object({
  /** An import goes into a lab in which nobody has done anything yet. */
  isLabNew: z.boolean(),
  upload: ImportUpload.nullable(),
  /** How far the running trial or import has come. */
  running: z
    .object({ isTrial: z.boolean(), readUses: z.number(), totalUses: z.number() })
    .nullable(),
});
export type ImportState = z.infer<typeof ImportState>;

export const ImportUploadQuery = z.strictObject({ name: z.string().trim().min(1).max(200) });
export type ImportUploadQuery = z.infer<typeof ImportUploadQuery>;

/** `POST /api/v1/imports` and `/imports/trial` */
export const ImportRun = z.strictObject({
  /** Of the file that was looked at; another one is refused. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Keeps what the original stored twice once. */
  mergeDuplicates: z.boolean().default(false),
  /** E-mail addresses of those in the file who are to administrate the portal. */
  admins: z.array(z.email()).max(MAX_ADMINS).default([]),
  /** Text of the original's settings.toml. */
  settings: z.string().max(MAX_SETTINGS_CHARACTERS).nullable().default(null),
});
export type ImportRun = z.infer<typeof ImportRun>;

const FileMember = z.object({ id: z.number().int(), name: z.string() });
const id = z.number().int();
const lengthS = z.number();

/**
 * One of what a note of the report counts: ids of the file, seconds and texts of the file. Each form
 * but 'text' has a sentence in libs/i18n, which {@link sayImportExample} fills.
 */
export const ImportExample = z.discriminatedUnion('form', [
  /** A name or an address, which says enough. */
  z.object({ form: z.literal('text'), text: z.string() }),
  z.object({ form: z.literal('use'), useId: id }),
  z.object({ form: z.literal('use_length'), useId: id, lengthS }),
  z.object({ form: z.literal('repeated_use'), useId: id, ofId: id, lengthS }),
  z.object({ form: z.literal('machine_hours'), machineId: id, lengthS }),
  z.object({
    form: z.literal('hours_and_uses'),
    machineId: id,
    /** What the machine's counter says. */
    hoursS: lengthS,
    /** What its closed uses add up to. */
    usesS: lengthS,
  }),
  z.object({ form: z.literal('member_card'), member: FileMember, card: z.string() }),
  /** Reads of an unknown card at one machine. */
  z.object({ form: z.literal('card_reads'), card: z.string(), times: z.number().int() }),
  z.object({
    form: z.literal('shared_email'),
    email: z.string(),
    first: FileMember,
    second: FileMember,
  }),
  z.object({
    form: z.literal('shared_card'),
    card: z.string(),
    keeps: FileMember,
    loses: FileMember,
  }),
]);
export type ImportExample = z.infer<typeof ImportExample>;

/** Why a key of the original's settings is not taken over: each has a sentence in libs/i18n. */
export const SETTINGS_LEFT_OUT = ['own_database', 'own_secret', 'unknown', 'refused'] as const;

export const ImportReportView = z.object({
  isTrial: z.boolean(),
  tables: z.array(
    z.object({ from: z.string(), to: z.string(), read: z.number(), written: z.number() }),
  ),
  notes: z.array(
    z.object({
      code: z.enum(IMPORT_NOTES),
      count: z.number().int().min(1),
      /** At most ten. */
      examples: z.array(ImportExample),
    }),
  ),
  settings: z
    .object({
      /** 'MQTT.port = 1883' */
      taken: z.array(z.string()),
      /** `key`: 'web.secret_key' */
      leftOut: z.array(z.object({ key: z.string(), why: z.enum(SETTINGS_LEFT_OUT) })),
      /** The file that they are in; null: there is one already, and it stays. */
      writtenTo: z.string().nullable(),
    })
    .nullable(),
});
export type ImportReportView = z.infer<typeof ImportReportView>;
