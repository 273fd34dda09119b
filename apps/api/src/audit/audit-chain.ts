import { createHash } from 'node:crypto';

/** What the hash of an entry covers, besides the hash of the entry before. */
export interface SealedFields {
  readonly at: number;
  readonly actor_kind: string;
  readonly actor_id: number | null;
  readonly action: string;
  readonly subject: string;
  readonly subject_id: number | null;
  readonly correlation_id: string | null;
  readonly details_digest: string;
}

/** SHA-256 in hex over the hash of the entry before and everything that this one says. */
export function sealOf(entry: SealedFields, previousHash: string): string {
  const said = [
    previousHash,
    entry.at,
    entry.actor_kind,
    entry.actor_id,
    entry.action,
    entry.subject,
    entry.subject_id,
    entry.correlation_id,
    entry.details_digest,
  ];
  return digestOf(JSON.stringify(said));
}

/** SHA-256 of a text, in hex. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
