import { randomBytes } from 'node:crypto';
import { AppError, type Clock, type Page, SECONDS_PER_DAY } from '@fabomatic/kernel';
import {
  API_KEY_PERMISSIONS,
  API_KEY_PREFIX,
  type ApiKeyCreate,
  type ApiKeyListQuery,
  type ApiKeyView,
  type NewApiKeyView,
} from '@fabomatic/members';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { type Db, ReadDb } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { CLOCK } from '../lab/lab.service';
import { RateLimitedLog } from '../logging/rate-limited-log.service';
import { findApiKey, findGoodKey, listApiKeys, permissionsOf } from './api-keys.queries';
import type { KeyPrincipal } from './principal';
import { tokenHash } from './session-tokens';

const KEY_BYTES = 32;
/** The last use is written down this often: an SD card must not take a write for each request. */
const NOTE_EVERY_S = 60;
const SUBJECT = 'api-key';

/** Keys by which programs use the REST API. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly db: ReadDb,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditService,
    private readonly log: RateLimitedLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(query: ApiKeyListQuery): Promise<Page<ApiKeyView>> {
    return listApiKeys(this.db, query, this.clock.nowS());
  }

  get(id: number): Promise<ApiKeyView> {
    return this.existing(this.db, id);
  }

  /** The key itself is in this answer and nowhere else. */
  create(by: Actor, { name, permissions, days }: ApiKeyCreate): Promise<NewApiKeyView> {
    const key = `${API_KEY_PREFIX}${randomBytes(KEY_BYTES).toString('base64url')}`;
    const now = this.clock.nowS();
    return this.unitOfWork.run(async (db) => {
      const id = await db.insert('api_keys', {
        name,
        token_hash: tokenHash(key),
        permissions: API_KEY_PERMISSIONS.filter((each) => permissions.includes(each)).join(' '),
        created_by: by.id,
        created_at: now,
        expires_at: now + days * SECONDS_PER_DAY,
      });
      const after = await this.existing(db, id);
      await this.audit.record(db, by, { action: 'create', subject: SUBJECT, id, name, after });
      return { ...after, key };
    });
  }

  /** At once and for ever. One that was revoked stays in the list. */
  async revoke(by: Actor, id: number): Promise<void> {
    await this.unitOfWork.run(async (db) => {
      const before = await this.existing(db, id);
      if (before.state === 'revoked') return;
      await db.execute('UPDATE api_keys SET revoked_at = ? WHERE id = ?', [this.clock.nowS(), id]);
      const after = await this.existing(db, id);
      await this.audit.record(db, by, {
        action: 'revoke',
        subject: SUBJECT,
        id,
        name: before.name,
        before,
        after,
      });
    });
  }

  /** Whose key this is; null for one that opens nothing (any more). */
  async principal(key: string, ip: string | null): Promise<KeyPrincipal | null> {
    const now = this.clock.nowS();
    const row = await findGoodKey(this.db, tokenHash(key), now);
    if (!row) return null;
    if (now - (row.last_used_at ?? 0) >= NOTE_EVERY_S) this.noteUse(row.id, ip);
    const permissions = permissionsOf(row.permissions);
    return { kind: 'api-key', id: row.id, name: row.name, permissions };
  }

  /** Whether an open connection may go on. */
  async isStillIn({ id, permissions }: KeyPrincipal, permission: string): Promise<boolean> {
    const key = await findApiKey(this.db, id, this.clock.nowS());
    return key?.state === 'good' && permissions.some((each) => each === permission);
  }

  /** Nobody waits for it. */
  private noteUse(id: number, ip: string | null): void {
    const set = 'UPDATE api_keys SET last_used_at = ?, last_used_ip = ? WHERE id = ?';
    this.unitOfWork
      .run((db) => db.execute(set, [this.clock.nowS(), ip, id]))
      .catch((error: unknown) => {
        // The database refused; the next use is written down again.
        this.log.warn('api key', `The use of a key was not written down: ${String(error)}`, 'Auth');
      });
  }

  private async existing(db: Db | ReadDb, id: number): Promise<ApiKeyView> {
    const key = await findApiKey(db, id, this.clock.nowS());
    if (key === null) throw new AppError('api_key.not_found', { id });
    return key;
  }
}
