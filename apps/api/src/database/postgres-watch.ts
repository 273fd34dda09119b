import { AppError } from '@fabomatic/kernel';
import { Client } from 'pg';
import { ownUrl } from './data-source';
import type { DatabaseTarget } from './database-config';
import { databaseErrors } from './database-errors';
import { ForeignCommits } from './foreign-commits';

/** Any number, as long as every release uses the same ("FAB" and 1). */
const LOCK_KEY = 0x46_41_42_01;
/** The channel on which the watched tables' triggers speak; see the first migration. */
const CHANNEL = 'fabomatic_lab_changed';
const RECONNECT_MS = 1000;

type PostgresTarget = Extract<DatabaseTarget, { kind: 'postgres' }>;

export interface WatchEvents {
  /** The connection broke; it is being restored. */
  readonly onLost: (error: Error) => void;
  /** While it was broken another API process took the database over: this one has to end. */
  readonly onTakenOver: () => void;
}

/**
 * One connection for the life of the process. It holds the lock by which two API processes never
 * run on one database, and listens for changes that others make.
 */
export class PostgresWatch extends ForeignCommits {
  private client: Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private hasChanged = false;
  private isClosed = false;

  private constructor(
    private readonly target: PostgresTarget,
    private readonly events: WatchEvents,
  ) {
    super();
  }

  /** Throws `database.in_use` when another process has the lock. */
  static async open(target: PostgresTarget, events: WatchEvents): Promise<PostgresWatch> {
    const watch = new PostgresWatch(target, events);
    await watch.connect();
    return watch;
  }

  changed(): boolean {
    const { hasChanged } = this;
    this.hasChanged = false;
    return hasChanged;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    await this.client?.end();
  }

  private async connect(): Promise<void> {
    const client = new Client({
      connectionString: ownUrl(this.target.url, 'write'),
      ssl: this.target.ssl,
      keepAlive: true,
    });
    // Errors of an established connection only; those of connect() are its rejection.
    let isEstablished = false;
    client.on('error', (error) => {
      if (isEstablished && this.client === client) this.lost(error);
    });
    client.on('notification', () => {
      this.hasChanged = true;
    });
    try {
      await client.connect();
      const { rows } = await client.query<{ locked: boolean }>(
        'SELECT pg_try_advisory_lock($1) AS locked',
        [LOCK_KEY],
      );
      if (rows[0]?.locked !== true) throw new AppError(databaseErrors.inUse);
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      // No server, or the lock is another's: the caller decides, without a connection left behind.
      await client.end();
      throw error;
    }
    isEstablished = true;
    this.client = client;
  }

  private lost(error: Error): void {
    this.client = undefined;
    if (this.isClosed) return;
    this.events.onLost(error);
    this.reconnectSoon();
  }

  private reconnectSoon(): void {
    this.timer = setTimeout(() => void this.reconnect(), RECONNECT_MS);
    this.timer.unref();
  }

  private async reconnect(): Promise<void> {
    try {
      await this.connect();
      // What others did in the meantime was not heard.
      this.hasChanged = true;
    } catch (error) {
      // A server that is still down is tried again; a lock that is another's ends this process.
      if (error instanceof AppError) this.events.onTakenOver();
      else if (!this.isClosed) this.reconnectSoon();
    }
  }
}
