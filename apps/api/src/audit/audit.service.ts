import { randomUUID } from 'node:crypto';
import type { Clock } from '@fabomatic/kernel';
import type { ActorKind, AuditBreak, AuditedKind } from '@fabomatic/system';
import { Inject, Injectable } from '@nestjs/common';
import type { Db, ReadDb } from '../database/db';
import { CLOCK } from '../lab/lab.service';
import { digestOf, type SealedFields, sealOf } from './audit-chain';

/** Who changes something. `ip` and `correlationId` are null where no request stands behind it. */
export interface Actor {
  readonly kind: ActorKind;
  readonly id: number | null;
  readonly name: string;
  readonly ip: string | null;
  readonly correlationId: string | null;
}

/** One change, as it is told to the trail: a kind of record and an action of `AUDITED`. */
export type AuditedChange = AuditedKind & {
  readonly id: number | null;
  /** How people know it. */
  readonly name: string;
  /** The record before and after, as its view shows it: never with a secret in it. */
  readonly before?: object | null;
  readonly after?: object | null;
};

/** Where a chain breaks, or that it holds. `entries`: how many were sound until there. */
export type ChainCheck =
  | { readonly ok: true; readonly entries: number }
  | {
      readonly ok: false;
      readonly entries: number;
      /** The first entry that is wrong. */
      readonly brokenAt: number;
      readonly how: AuditBreak;
    };

interface StoredEntry extends SealedFields {
  readonly id: number;
  readonly details_json: string | null;
  readonly previous_hash: string;
  readonly hash: string;
}

/** A few milliseconds of work, after which others have their turn. */
const CHECKED_AT_ONCE = 500;

/** The audit trail: append-only, and every entry sealed by the hash of the one before. */
@Injectable()
export class AuditService {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** In the unit of work of the change itself: both are stored, or neither. */
  async record(db: Db, by: Actor, change: AuditedChange): Promise<void> {
    // Taking the row first makes two writers on PostgreSQL wait for each other.
    await db.execute('UPDATE audit_head SET hash = hash');
    const [head] = await db.query<{ hash: string }>('SELECT hash FROM audit_head');
    const previousHash = head?.hash ?? '';
    const details = JSON.stringify({
      // Without it a digest of short details could be guessed after they were erased.
      salt: randomUUID(),
      actorName: by.name,
      ip: by.ip,
      subjectName: change.name,
      before: change.before ?? null,
      after: change.after ?? null,
    });
    const entry: SealedFields = {
      at: this.clock.nowS(),
      actor_kind: by.kind,
      actor_id: by.id,
      action: change.action,
      subject: change.subject,
      subject_id: change.id,
      correlation_id: by.correlationId,
      details_digest: digestOf(details),
    };
    const hash = sealOf(entry, previousHash);
    await db.insert('audit_entries', {
      ...entry,
      details_json: details,
      previous_hash: previousHash,
      hash,
    });
    await db.execute('UPDATE audit_head SET hash = ?', [hash]);
  }

  /**
   * Empties the details of every entry that tells of a member: those about them, those by them, and
   * those that hold one of `texts` (names, addresses, cards). That there was an entry stays, and
   * the chain holds. Reads the whole trail: only for an erasure.
   */
  async forget(db: Db, memberId: number, texts: readonly string[]): Promise<void> {
    await db.execute(
      `UPDATE audit_entries SET details_json = NULL WHERE details_json IS NOT NULL
         AND ((subject = 'member' AND subject_id = ?) OR (actor_kind = 'member' AND actor_id = ?))`,
      [memberId, memberId],
    );
    for (const text of texts) {
      await db.execute(
        "UPDATE audit_entries SET details_json = NULL WHERE details_json LIKE ? ESCAPE '!'",
        [`%${asInJson(text).replace(/[!%_]/g, '!$&')}%`],
      );
    }
  }

  /**
   * Reads the whole trail, some entries at a time, and checks every seal. Others may write meanwhile:
   * their entries are checked too. `onProgress` is told how many are sound so far.
   */
  async verify(db: ReadDb, onProgress?: (entries: number) => void): Promise<ChainCheck> {
    let previousHash = '';
    let lastId = 0;
    let entries = 0;
    for (;;) {
      // Before the entries: whatever it points to is there when they are read.
      const [head] = await db.query<{ hash: string }>('SELECT hash FROM audit_head');
      const rows = await db.query<StoredEntry>(
        `SELECT * FROM audit_entries WHERE id > ? ORDER BY id LIMIT ${CHECKED_AT_ONCE}`,
        [lastId],
      );
      if (rows.length === 0) {
        if (head?.hash === previousHash) return { ok: true, entries };
        // Entries cut off at the end leave a head that nothing leads to.
        return { ok: false, entries, brokenAt: lastId + 1, how: 'cut-off' };
      }
      for (const row of rows) {
        const how = breakOf(row, previousHash);
        if (how !== null) return { ok: false, entries, brokenAt: row.id, how };
        previousHash = row.hash;
        lastId = row.id;
        entries += 1;
      }
      onProgress?.(entries);
    }
  }
}

/** How a text stands within a JSON text. */
function asInJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** What is wrong with an entry that should follow `previousHash`; null: nothing. */
function breakOf(row: StoredEntry, previousHash: string): AuditBreak | null {
  const areDetailsTrue =
    row.details_json === null || digestOf(row.details_json) === row.details_digest;
  if (!areDetailsTrue || row.hash !== sealOf(row, row.previous_hash)) return 'changed';
  return row.previous_hash === previousHash ? null : 'out-of-order';
}
