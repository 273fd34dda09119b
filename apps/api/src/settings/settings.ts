import { join, resolve } from 'node:path';
import type { BoardAccountMode } from '@fabomatic/boards';
import type { LanguageCode } from '@fabomatic/i18n';
import { SECONDS_PER_MINUTE } from '@fabomatic/kernel';
import type { PublicNames } from '@fabomatic/machines';
import { type JobSchedule, parseJobSchedule } from '@fabomatic/system';
import { type DatabaseLocation, locateDatabase } from './database-url';
import { EMBEDDED_BROKER, type SettingsFile } from './settings.schema';
import { normaliseBaseUrl } from './settings-values';

/** The values of the keys as they were found. */
export interface GivenSettings {
  /** Key: 'MQTT.port'; value: as the file has it. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Keys that an environment variable has set. */
  readonly fromEnvironment: Set<string>;
}

/** The settings as the program uses them: checked, paths absolute, "" turned into null. */
export interface Settings {
  /** What stands behind all of it, for the settings page. Holds secrets: never shown or logged. */
  readonly given: GivenSettings;
  /** The file that they were read from; null when there is none and all is default. */
  readonly source: string | null;
  readonly database: {
    readonly url: string;
    readonly name: string;
    readonly location: DatabaseLocation;
  };
  readonly mqtt: {
    /** 'embedded' or the host of an external broker. */
    readonly broker: string;
    readonly isEmbedded: boolean;
    /** Where the embedded broker listens. */
    readonly host: string;
    readonly port: number;
    readonly user: string | null;
    readonly password: string | null;
    readonly tls: boolean;
    readonly tlsCaFile: string | null;
    /** How the embedded broker is reached. */
    readonly listeners: SettingsFile['MQTT']['listeners'];
    readonly tlsPort: number;
    /** Where boards find the broker: the one for TLS where plain TCP is closed. */
    readonly boardsPort: number;
    /** null: the certificate of the web pages. */
    readonly tlsCertFile: string | null;
    readonly tlsKeyFile: string | null;
    readonly boardAccounts: BoardAccountMode;
    /** What boards without an account log in as on an external broker. */
    readonly sharedUser: string | null;
    readonly sharedPassword: string | null;
    /** null: no limit. */
    readonly maxMessagesPerS: number | null;
    readonly clientId: string;
    /** Without a slash at its end: 'machine'. */
    readonly topic: string;
    /** With a slash in front: '/reply'. */
    readonly replySubtopic: string;
    /** With a slash in front: '/request'. */
    readonly requestSubtopic: string;
    readonly statsTopic: string;
  };
  readonly web: {
    readonly host: string;
    readonly port: number;
    readonly tls: SettingsFile['web']['tls'];
    readonly tlsCertFile: string | null;
    readonly tlsKeyFile: string | null;
    /** Express's `trust proxy`; null when nobody is trusted. */
    readonly trustProxy: string | null;
    /** null: the one in the data folder's secrets. */
    readonly secretKey: string | null;
    /** Administrators only. */
    readonly requireSecondFactor: boolean;
    readonly defaultAdminEmail: string;
    /** With scheme, without a slash at its end. */
    readonly baseUrl: string | null;
  };
  readonly email: {
    /** null: no mail is sent. */
    readonly server: string | null;
    readonly port: number;
    readonly useTls: boolean;
    readonly tlsCaFile: string | null;
    readonly username: string | null;
    readonly password: string | null;
    readonly sender: string;
  };
  readonly weeklySummary: {
    readonly enabled: boolean;
    /** Of whoever has not chosen one; null: the lab's. */
    readonly language: LanguageCode | null;
    /** null: by hand only. */
    readonly schedule: JobSchedule | null;
  };
  readonly alerts: {
    /** Silence of a board that is mailed; null: never. */
    readonly offlineS: number | null;
  };
  readonly lab: {
    readonly name: string;
    /** IANA name, never empty. */
    readonly timezone: string;
    readonly language: SettingsFile['lab']['language'];
  };
  /** What is shown to whoever is not logged in. */
  readonly public: {
    readonly statusPage: boolean;
    readonly tv: boolean;
    readonly names: PublicNames;
    readonly reasons: boolean;
  };
  readonly retention: {
    /** null: never. */
    readonly schedule: JobSchedule | null;
    /** null: for ever. */
    readonly usesDays: number | null;
    /** null: for ever. */
    readonly unrecognisedCardsDays: number | null;
    /** Of the log of mails; null: for ever. */
    readonly mailsDays: number | null;
    /** After the end of a membership; null: erasing is never proposed. */
    readonly membersDays: number | null;
  };
  readonly backup: {
    /** null: never by itself. */
    readonly schedule: JobSchedule | null;
    readonly keepDaily: number;
    readonly keepWeekly: number;
    /** Absolute. */
    readonly folder: string;
  };
  readonly firmware: {
    /** UDP, on the boards. */
    readonly boardPort: number;
    /** TCP, on this computer; the first that is free. */
    readonly portFrom: number;
    readonly portTo: number;
    /** null: none. */
    readonly password: string | null;
    readonly answerTimeoutS: number;
    readonly returnTimeoutS: number;
  };
  readonly system: {
    /** Whether something starts the program again when it ends. */
    readonly isRestartedByManager: boolean;
    /** null: `/metrics` is off. */
    readonly metricsToken: string | null;
  };
  readonly data: { readonly folder: string };
  readonly log: { readonly level: SettingsFile['log']['level'] };
}

/** Turns checked values into {@link Settings}. Relative paths start at `rootFolder`. */
export function toSettings(
  file: SettingsFile,
  {
    source,
    rootFolder,
    given,
  }: { source: string | null; rootFolder: string; given: GivenSettings },
): Settings {
  const { database, MQTT, web, email, lab, retention, backup } = file;
  const dataFolder = resolve(rootFolder, file.data.folder);
  const path = (value: string) => (value === '' ? null : resolve(rootFolder, value));
  return {
    source,
    given,
    database: { ...database, location: locateDatabase(database.url, dataFolder) },
    mqtt: {
      broker: MQTT.broker,
      isEmbedded: MQTT.broker === EMBEDDED_BROKER,
      host: MQTT.host,
      port: MQTT.port,
      user: orNull(MQTT.user),
      password: orNull(MQTT.password),
      tls: MQTT.tls,
      tlsCaFile: path(MQTT.tls_ca_file),
      listeners: MQTT.listeners,
      boardsPort:
        MQTT.broker === EMBEDDED_BROKER && MQTT.listeners === 'tls' ? MQTT.tls_port : MQTT.port,
      tlsPort: MQTT.tls_port,
      tlsCertFile: path(MQTT.tls_cert_file),
      tlsKeyFile: path(MQTT.tls_key_file),
      boardAccounts: MQTT.board_accounts,
      sharedUser: orNull(MQTT.shared_user),
      sharedPassword: orNull(MQTT.shared_password),
      maxMessagesPerS: MQTT.max_messages_per_s === 0 ? null : MQTT.max_messages_per_s,
      clientId: MQTT.client_id,
      topic: MQTT.topic.replace(/\/+$/, ''),
      replySubtopic: MQTT.reply_subtopic,
      requestSubtopic: MQTT.request_subtopic,
      statsTopic: MQTT.stats_topic.replace(/\/+$/, ''),
    },
    web: {
      host: web.host,
      port: web.port,
      tls: web.tls,
      tlsCertFile: path(web.tls_cert_file),
      tlsKeyFile: path(web.tls_key_file),
      trustProxy: orNull(web.trust_proxy.trim()),
      secretKey: orNull(web.secret_key),
      requireSecondFactor: web.require_second_factor,
      defaultAdminEmail: web.default_admin_email,
      baseUrl: normaliseBaseUrl(web.base_url) ?? null,
    },
    email: {
      server: orNull(email.server),
      port: email.port,
      useTls: email.use_tls,
      tlsCaFile: path(email.tls_ca_file),
      username: orNull(email.username),
      password: orNull(email.password),
      sender: email.sender,
    },
    weeklySummary: {
      enabled: file.weekly_summary.enabled,
      language: file.weekly_summary.language || null,
      schedule: parseJobSchedule(file.weekly_summary.schedule),
    },
    alerts: { offlineS: file.alerts.offline_min * SECONDS_PER_MINUTE || null },
    lab: {
      ...lab,
      timezone: lab.timezone || Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
    public: {
      statusPage: file.public.status_page,
      tv: file.public.tv,
      names: file.public.names,
      reasons: file.public.reasons,
    },
    retention: {
      schedule: parseJobSchedule(retention.schedule),
      usesDays: retention.uses_days || null,
      unrecognisedCardsDays: retention.unrecognised_cards_days || null,
      mailsDays: retention.mails_days || null,
      membersDays: retention.members_days || null,
    },
    backup: {
      schedule: parseJobSchedule(backup.schedule),
      keepDaily: backup.keep_daily,
      keepWeekly: backup.keep_weekly,
      folder: path(backup.folder) ?? join(dataFolder, 'backups'),
    },
    firmware: {
      boardPort: file.firmware.board_port,
      portFrom: file.firmware.port_from,
      portTo: file.firmware.port_to,
      password: orNull(file.firmware.password),
      answerTimeoutS: file.firmware.answer_timeout_s,
      returnTimeoutS: file.firmware.return_timeout_s,
    },
    system: {
      isRestartedByManager: file.system.restart,
      metricsToken: orNull(file.system.metrics_token),
    },
    data: { folder: dataFolder },
    log: file.log,
  };
}

function orNull(value: string): string | null {
  return value === '' ? null : value;
}
