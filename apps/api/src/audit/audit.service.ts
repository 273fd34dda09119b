import { randomUUID } from 'node:crypto';
import type { Clock } from '@fabomatic/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { Db, ReadDb } from '../database/db';
import { CLOCK } from '../lab/lab.service';
import { digestOf, type SealedFields, sealOf } from './audit-chain';
import type { ActorKind } from './audit-entry.entity';

/** Who changes something. `ip` and `correlationId` are null where no request stands behind it. */
export interface Actor {
  readonly kind: ActorKind;
  readonly id: number | null;
  readonly name: string;
  readonly ip: string | null;
  readonly correlationId: string | null;
}

/** One change, as it is told to the trail. */
export interface AuditedChange {
  readonly action: string;
  /** Kind of record: 'member', 'machine-type'. */
  readonly subject: string;
  readonly id: number | null;
  /** How people know it. */
  readonly name: string;
  /** The record before and after, as its view shows it: never with a secret in it. */
  readonly before?: object | null;
  readonly after?: object | null;
}

/** Where a chain breaks, or that it holds. */
export type ChainCheck =
  | { readonly ok: true; readonly entries: number }
  | { readonly ok: false; readonly entries: number; readonly brokenAt: number };

interface StoredEntry extends SealedFields {
  readonly id: number;
  readonly details_json: string | null;
  readonly previous_hash: string;
  readonly hash: string;
}

const CHECKED_AT_ONCE = 1000;

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

  /** Reads the whole trail, a thousand entries at a time, and checks every seal. */
  async verify(db: ReadDb): Promise<ChainCheck> {
    let previousHash = '';
    let lastId = 0;
    let entries = 0;
    for (;;) {
      const rows = await db.query<StoredEntry>(
        `SELECT * FROM audit_entries WHERE id > ? ORDER BY id LIMIT ${CHECKED_AT_ONCE}`,
        [lastId],
      );
      for (const row of rows) {
        if (!isSealed(row, previousHash)) return { ok: false, entries, brokenAt: row.id };
        previousHash = row.hash;
        lastId = row.id;
        entries += 1;
      }
      if (rows.length < CHECKED_AT_ONCE) break;
    }
    const [head] = await db.query<{ hash: string }>('SELECT hash FROM audit_head');
    // Entries cut off at the end leave a head that nothing leads to.
    if (head?.hash !== previousHash) return { ok: false, entries, brokenAt: lastId + 1 };
    return { ok: true, entries };
  }
}

/** How a text stands within a JSON text. */
function asInJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function isSealed(row: StoredEntry, previousHash: string): boolean {
  const areDetailsTrue =
    row.details_json === null || digestOf(row.details_json) === row.details_digest;
  return (
    areDetailsTrue && row.previous_hash === previousHash && row.hash === sealOf(row, previousHash)
  );
}
