import { assertNever, type Page, toIso, toIsoOrNull } from '@fabomatic/kernel';
import {
  mailProblemOf,
  type MailListQuery,
  type MailState,
  type MailView,
} from '@fabomatic/members';
import type { ReadDb } from '../database/db';
import { Conditions, mapPage, orderBy, pageOfRows } from '../database/list-sql';

interface MailRow {
  id: number;
  kind: string;
  recipient: string;
  created_at: number;
  attempts: number;
  next_try_at: number | null;
  sent_at: number | null;
  last_error: string | null;
  has_content: number;
}

const SORT_COLUMNS = { createdAt: 'created_at', recipient: 'LOWER(recipient)' };

/** The delivery log. Two queries. */
export async function listMails(db: ReadDb, query: MailListQuery): Promise<Page<MailView>> {
  const conditions = new Conditions().search(query.q, 'recipient');
  if (query.state !== undefined) conditions.add(conditionOf(query.state));
  const statement = {
    select: `id, kind, recipient, created_at, attempts, next_try_at, sent_at, last_error,
      CASE WHEN sealed_content IS NULL THEN 0 ELSE 1 END AS has_content`,
    from: 'outgoing_mails',
    conditions,
    orderBy: orderBy(query.sort, SORT_COLUMNS, 'id'),
  };
  return mapPage(await pageOfRows<MailRow>(db, statement, query), (row) => ({
    id: row.id,
    kind: row.kind,
    recipient: row.recipient,
    state: stateOf(row),
    createdAt: toIso(row.created_at),
    attempts: row.attempts,
    nextTryAt: toIsoOrNull(row.next_try_at),
    sentAt: toIsoOrNull(row.sent_at),
    lastError: row.last_error,
    problem: row.last_error === null ? null : mailProblemOf(row.last_error),
    canRetry: row.sent_at === null && row.has_content === 1,
  }));
}

function stateOf({ sent_at, next_try_at }: MailRow): MailState {
  if (sent_at !== null) return 'sent';
  return next_try_at !== null ? 'waiting' : 'given-up';
}

function conditionOf(state: MailState): string {
  switch (state) {
    case 'sent':
      return 'sent_at IS NOT NULL';
    case 'waiting':
      return 'next_try_at IS NOT NULL';
    case 'given-up':
      return 'sent_at IS NULL AND next_try_at IS NULL';
    default:
      return assertNever(state);
  }
}
