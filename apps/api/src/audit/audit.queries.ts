import { type Page, toIso } from '@fabomatic/kernel';
import {
  type ActorKind,
  AUDIT_FIELDS_IN_LIST,
  auditListedAtMost,
  auditedFields,
  type AuditEntryView,
  type AuditListQuery,
} from '@fabomatic/system';
import * as z from 'zod';
import type { ReadDb, SqlValue } from '../database/db';
import { Conditions, escapeLike } from '../database/list-sql';

interface EntryRow {
  id: number;
  at: number;
  actor_kind: string;
  actor_id: number | null;
  action: string;
  subject: string;
  subject_id: number | null;
  correlation_id: string | null;
  details_json: string | null;
}

/** A record whose name was searched for. */
interface NamedRecord {
  kind: string;
  id: number;
}

const SELECT = `a.id, a.at, a.actor_kind, a.actor_id, a.action, a.subject, a.subject_id,
  a.correlation_id, a.details_json`;
const FROM = 'audit_entries a';

/** Records that are found by name; one `?` each. */
const NAMES: Readonly<Record<string, string>> = {
  member: "members WHERE LOWER(first_name || ' ' || last_name) LIKE ? ESCAPE '\\'",
  machine: "machines WHERE LOWER(name) LIKE ? ESCAPE '\\'",
  'machine-type': "machine_types WHERE LOWER(name) LIKE ? ESCAPE '\\'",
  role: "roles WHERE LOWER(name) LIKE ? ESCAPE '\\'",
  'api-key': "api_keys WHERE LOWER(name) LIKE ? ESCAPE '\\'",
  'maintenance-plan': "maintenance_plans WHERE LOWER(description) LIKE ? ESCAPE '\\'",
};
/** Of these, those that change something themselves. */
const ACTORS = ['member', 'api-key'];
/** So few records are looked up in the trail one by one; a text that fits more of them is common. */
const FEW_RECORDS = 30;

const Details = z.object({
  actorName: z.string().nullish(),
  ip: z.string().nullish(),
  subjectName: z.string().nullish(),
  before: z.unknown(),
  after: z.unknown(),
});

/**
 * One page of the trail, newest first: three statements, and one more for a search, however long the
 * trail is. It is counted and paged up to a bound.
 */
export async function listAudit(db: ReadDb, query: AuditListQuery): Promise<Page<AuditEntryView>> {
  const { page, pageSize } = query;
  const most = auditListedAtMost(query.q !== undefined);
  const found = await foundBy(db, query, most);
  const [count] = await db.query<{ total: number }>(
    `SELECT COUNT(*) AS total FROM (SELECT id FROM (${found.sql}) AS f
       LIMIT ${most}) AS c`,
    found.params,
  );
  const total = count?.total ?? 0;
  const offset = (page - 1) * pageSize;
  const size = Math.min(pageSize, total - offset);
  if (size <= 0) return { items: [], total, page, pageSize };
  const ids = await db.query<{ id: number }>(
    `SELECT id FROM (${found.sql}) AS f ${order(query, 'at', 'id')} LIMIT ? OFFSET ?`,
    [...found.params, size, offset],
  );
  const rows = await db.query<EntryRow>(
    `SELECT ${SELECT} FROM ${FROM} WHERE a.id IN (${ids.map(() => '?').join(', ') || 'NULL'})
     ${order(query, 'a.at', 'a.id')}`,
    ids.map(({ id }) => id),
  );
  return { items: rows.map((row) => entryView(row, AUDIT_FIELDS_IN_LIST)), total, page, pageSize };
}

/** All entries of the list, without its bound, some at a time. */
export async function* auditChunks(
  db: ReadDb,
  query: AuditListQuery,
): AsyncGenerator<AuditEntryView[]> {
  const { sql, params } = withNames(filters(query), query.q);
  const all = `SELECT ${SELECT} FROM ${FROM} ${sql} ${order(query, 'a.at', 'a.id')}`;
  for await (const rows of db.chunks<EntryRow>(all, params)) {
    yield rows.map((row) => entryView(row));
  }
}

export async function findAuditEntry(db: ReadDb, id: number): Promise<AuditEntryView | null> {
  const [row] = await db.query<EntryRow>(`SELECT ${SELECT} FROM ${FROM} WHERE a.id = ?`, [id]);
  return row === undefined ? null : entryView(row);
}

interface Found {
  /** SELECT of `id` and `at`. */
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

async function foundBy(db: ReadDb, query: AuditListQuery, most: number): Promise<Found> {
  const { q } = query;
  if (q === undefined) return selection(filters(query));
  const records = await recordsNamed(db, q);
  if (records.length > FEW_RECORDS) {
    const { sql, params } = selection(withNames(filters(query), q));
    return {
      sql: `SELECT id, at FROM (${sql} ${order(query, 'a.at', 'a.id')} LIMIT ${most}) AS s`,
      params,
    };
  }
  // Each of them out of its index: a search must not read the whole trail.
  const parts = [
    filters(query).add('a.correlation_id = ?', q),
    ...records.map(({ kind, id }) =>
      filters(query).add('a.subject = ? AND a.subject_id = ?', kind, id),
    ),
    ...records
      .filter(({ kind }) => ACTORS.includes(kind))
      .map(({ kind, id }) => filters(query).add('a.actor_kind = ? AND a.actor_id = ?', kind, id)),
  ].map((conditions) => selection(conditions));
  const bounded = parts.map(
    ({ sql }) =>
      `SELECT id, at FROM (${sql} ${order(query, 'a.at', 'a.id')}
         LIMIT ${most}) AS part`,
  );
  return { sql: bounded.join(' UNION '), params: parts.flatMap(({ params }) => params) };
}

function selection({ sql, params }: Conditions): Found {
  return { sql: `SELECT a.id, a.at FROM ${FROM} ${sql}`, params };
}

function filters(query: AuditListQuery): Conditions {
  return new Conditions()
    .filter('a.actor_kind = ?', query.actorKind)
    .filter('a.actor_id = ?', query.actorId)
    .filter('a.action = ?', query.action)
    .filter('a.subject = ?', query.subject)
    .filter('a.subject_id = ?', query.subjectId)
    .filter('a.at >= ?', query.from)
    .filter('a.at < ?', query.to);
}

function recordsNamed(db: ReadDb, text: string): Promise<NamedRecord[]> {
  const pattern = `%${escapeLike(text)}%`;
  const kinds = Object.entries(NAMES);
  return db.query<NamedRecord>(
    `SELECT kind, id FROM (${kinds
      .map(([kind, table]) => `SELECT '${kind}' AS kind, id FROM ${table}`)
      .join(' UNION ALL ')}) AS named LIMIT ${FEW_RECORDS + 1}`,
    kinds.map(() => pattern),
  );
}

/**
 * The same search entry by entry, from the newest on: for a text so common that they have it. A column
 * behind `||` is not looked up in an index, which would collect all entries before the first is shown.
 */
function withNames(conditions: Conditions, text: string | undefined): Conditions {
  if (text === undefined) return conditions;
  const pattern = `%${escapeLike(text)}%`;
  const subjects = Object.entries(NAMES).map(
    ([kind, table]) =>
      `(a.subject || '' = '${kind}' AND a.subject_id IN (SELECT id FROM ${table}))`,
  );
  const actors = ACTORS.map(
    (kind) => `(a.actor_kind || '' = '${kind}' AND a.actor_id IN (SELECT id FROM ${NAMES[kind]}))`,
  );
  const terms = [...subjects, ...actors];
  return conditions.add(
    `(a.correlation_id || '' = ? OR ${terms.join(' OR ')})`,
    text,
    ...terms.map(() => pattern),
  );
}

/** Neither column is ever empty: the plain order is the one of the indexes. */
function order({ sort }: AuditListQuery, at: string, id: string): string {
  const way = sort === 'at' ? 'ASC' : 'DESC';
  return `ORDER BY ${at} ${way}, ${id} ${way}`;
}

function entryView(row: EntryRow, maxFields = Number.POSITIVE_INFINITY): AuditEntryView {
  const details = row.details_json === null ? null : Details.parse(JSON.parse(row.details_json));
  const fields = details === null ? [] : auditedFields(details.before, details.after);
  return {
    id: row.id,
    at: toIso(row.at),
    actorKind: row.actor_kind as ActorKind,
    actorId: row.actor_id,
    actorName: details?.actorName ?? null,
    action: row.action,
    subject: row.subject,
    subjectId: row.subject_id,
    subjectName: details?.subjectName ?? null,
    ip: details?.ip ?? null,
    correlationId: row.correlation_id,
    isErased: details === null,
    fields: fields.slice(0, maxFields),
    fieldCount: fields.length,
  };
}
