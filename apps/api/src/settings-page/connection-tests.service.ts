import { monotonicMs } from '@fabomatic/kernel';
import type { BrokerTest, ConnectionTestView } from '@fabomatic/system';
import { Inject, Injectable } from '@nestjs/common';
import { LiveService } from '../live/live.service';
import { ReadDb } from '../database/db';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { brokerRefusal } from './broker-refusal';

const EMBEDDED = 'embedded';

/** The buttons that try a connection. */
@Injectable()
export class ConnectionTests {
  constructor(
    private readonly db: ReadDb,
    private readonly live: LiveService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Logs in to a broker, with values that need not be saved yet. */
  testBroker(asked: BrokerTest): Promise<ConnectionTestView> {
    const { mqtt } = this.settings;
    const broker = asked.broker ?? mqtt.broker;
    return measured(async () => {
      if (broker === EMBEDDED) {
        if (!mqtt.isEmbedded) return null;
        return this.live.dashboard().broker.connected ? null : 'the embedded broker is down';
      }
      return brokerRefusal({
        ...mqtt,
        broker,
        port: asked.port ?? mqtt.port,
        tls: asked.tls ?? mqtt.tls,
        user: asked.user ?? mqtt.user,
        // An empty field is one in which nobody typed a new password.
        password: asked.password || mqtt.password,
      });
    });
  }

  testDatabase(): Promise<ConnectionTestView> {
    return measured(async () => {
      await this.db.query('SELECT COUNT(*) AS n FROM audit_head');
      return null;
    });
  }
}

async function measured(test: () => Promise<string | null>): Promise<ConnectionTestView> {
  const startMs = monotonicMs();
  let reason: string | null;
  try {
    reason = await test();
  } catch (error) {
    // What stands behind the connection says why, in its own words.
    reason = error instanceof Error ? error.message : String(error);
  }
  return { ok: reason === null, reason, milliseconds: Math.round(monotonicMs() - startMs) };
}
