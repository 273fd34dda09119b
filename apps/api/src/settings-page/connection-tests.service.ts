import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { AppError, monotonicMs } from '@fabomatic/kernel';
import type {
  BrokerTest,
  ConnectionProblem,
  ConnectionTestView,
  DatabaseTest,
  MailTest,
} from '@fabomatic/system';
import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../audit/audit.service';
import { ReadDb } from '../database/db';
import { probeDatabase } from '../database/database-probe.service';
import { LiveService } from '../live/live.service';
import { TestMailService } from '../mail/test-mail.service';
import { findRootFolder } from '../root-folder';
import { databaseLocationOf } from '../settings/settings-file.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { brokerRefusal } from './broker-refusal';
import { connectionProblem } from './connection-problem';
import { SettingsPageService } from './settings-page.service';

const EMBEDDED = 'embedded';

/** What a test found: null when all is well. */
interface Refusal {
  readonly problem: ConnectionProblem;
  readonly reason: string | null;
}

/** The buttons that try a connection, with values that need not be saved yet. */
@Injectable()
export class ConnectionTests {
  constructor(
    private readonly db: ReadDb,
    private readonly live: LiveService,
    private readonly testMails: TestMailService,
    private readonly page: SettingsPageService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Logs in to a broker. */
  testBroker(asked: BrokerTest): Promise<ConnectionTestView> {
    const filed = this.filed();
    const mqtt = {
      broker: String(filed('broker', 'MQTT')),
      port: Number(filed('port', 'MQTT')),
      tls: filed('tls', 'MQTT') === true,
      user: textOrNull(filed('user', 'MQTT')),
      password: textOrNull(filed('password', 'MQTT')),
      tlsCaFile: pathOrNull(filed('tls_ca_file', 'MQTT')),
      clientId: String(filed('client_id', 'MQTT')),
    };
    const wanted = {
      ...mqtt,
      broker: asked.broker ?? mqtt.broker,
      port: asked.port ?? mqtt.port,
      tls: asked.tls ?? mqtt.tls,
      user: asked.user === undefined ? mqtt.user : textOrNull(asked.user),
      tlsCaFile: asked.tlsCaFile === undefined ? mqtt.tlsCaFile : pathOrNull(asked.tlsCaFile),
      password: asked.password || null,
    };
    return measured(async () => {
      if (wanted.broker === EMBEDDED) {
        const isDown = this.settings.mqtt.isEmbedded && !this.live.dashboard().broker.connected;
        return isDown ? { problem: 'no_answer', reason: null } : null;
      }
      if (wanted.password === null && mqtt.password !== null) {
        if (!isSamePlace(wanted, mqtt, ['broker', 'port', 'tls', 'tlsCaFile', 'user']))
          return RETYPE;
        wanted.password = mqtt.password;
      }
      const reason = await brokerRefusal(wanted);
      return reason === null ? null : { problem: connectionProblem(reason), reason };
    });
  }

  /** Sends a mail to whoever asks. */
  testMail(by: Actor, asked: MailTest): Promise<ConnectionTestView> {
    const filed = this.filed();
    const email: Settings['email'] = {
      server: textOrNull(filed('server', 'email')),
      port: Number(filed('port', 'email')),
      useTls: filed('use_tls', 'email') === true,
      tlsCaFile: pathOrNull(filed('tls_ca_file', 'email')),
      username: textOrNull(filed('username', 'email')),
      password: textOrNull(filed('password', 'email')),
      sender: String(filed('sender', 'email')),
    };
    const wanted = {
      server: asked.server === undefined ? email.server : asked.server.trim() || null,
      port: asked.port ?? email.port,
      useTls: asked.useTls ?? email.useTls,
      tlsCaFile: asked.tlsCaFile === undefined ? email.tlsCaFile : pathOrNull(asked.tlsCaFile),
      username: asked.username === undefined ? email.username : textOrNull(asked.username),
      password: asked.password || null,
      sender: asked.sender ?? email.sender,
    };
    let sentTo: string | null = null;
    return measured(
      async () => {
        if (wanted.server === null) return { problem: 'nothing_set', reason: null };
        if (wanted.password === null && wanted.username !== null && email.password !== null) {
          const place = ['server', 'port', 'useTls', 'tlsCaFile', 'username'] as const;
          if (!isSamePlace(wanted, email, place)) return RETYPE;
          wanted.password = email.password;
        }
        const [reader] = await this.db.query<{ email: string | null }>(
          'SELECT email FROM members WHERE id = ?',
          [by.kind === 'member' ? by.id : null],
        );
        if (!reader?.email) return { problem: 'no_recipient', reason: null };
        await this.testMails.sendBy(by, reader.email, wanted);
        sentTo = reader.email;
        return null;
      },
      () => sentTo,
    );
  }

  /** A value as the next start will have it, so that what was just saved can be tried. */
  private filed(): (name: string, section: string) => unknown {
    const values = this.page.valuesOfNextStart();
    return (name, section) => values.get(`${section}.${name}`);
  }

  /** Opens the database that is used, or the one of an address that is not saved yet. */
  testDatabase({ url }: DatabaseTest): Promise<ConnectionTestView> {
    return measured(async () => {
      if (url === undefined || url === '') {
        await this.db.query('SELECT COUNT(*) AS n FROM audit_head');
        return null;
      }
      const location = databaseLocationOf(url, this.settings.data.folder);
      if (location === null) return { problem: 'bad_address', reason: null };
      if (location.kind === 'sqlite' && !existsSync(location.file)) {
        // It is made at the next start where its folder is there.
        const folder = dirname(location.file);
        return existsSync(folder) ? null : { problem: 'no_file', reason: folder };
      }
      await probeDatabase(location);
      return null;
    });
  }
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** As the start reads it: a relative path begins at the program's folder. */
function pathOrNull(value: unknown): string | null {
  const path = textOrNull(value);
  return path === null ? null : resolve(findRootFolder(), path);
}

const RETYPE: Refusal = { problem: 'type_password', reason: null };

/** A stored password goes nowhere else than where it belongs. */
function isSamePlace<T extends object>(
  wanted: T,
  running: T,
  names: readonly (keyof T)[],
): boolean {
  return names.every((name) => (wanted[name] || null) === (running[name] || null));
}

async function measured(
  test: () => Promise<Refusal | null>,
  sentTo: () => string | null = () => null,
): Promise<ConnectionTestView> {
  const startMs = monotonicMs();
  let refusal: Refusal | null;
  try {
    refusal = await test();
  } catch (error) {
    // What stands behind the connection says why, in its own words.
    refusal = { problem: connectionProblem(error), reason: reasonOf(error) };
  }
  return {
    ok: refusal === null,
    problem: refusal?.problem ?? null,
    reason: refusal?.reason ?? null,
    sentTo: sentTo(),
    milliseconds: Math.round(monotonicMs() - startMs),
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof AppError && 'reason' in error.params) return String(error.params['reason']);
  return error instanceof Error ? error.message : String(error);
}
