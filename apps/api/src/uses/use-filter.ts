import type { UseListQuery } from '@fabomatic/uses';
import type { ReadDb, SqlValue } from '../database/db';
import { Conditions, escapeLike } from '../database/list-sql';
import type { Owner } from './use-owner.queries';

/** Marks that few uses bear: each is the condition of a small index (uq_uses_open, ix_uses_*). */
const MARKS = {
  open: 'ended_at IS NULL',
  replayed: 'replayed',
  estimated: 'estimated',
  unauthorised: 'NOT authorized',
  elsewhere: "source <> 'board'",
} as const;
type Mark = keyof typeof MARKS;

/** Machines or members whose name contains a text: one `?`. */
const NAMED: Readonly<Record<Owner, string>> = {
  machine: "SELECT id FROM machines WHERE LOWER(name) LIKE ? ESCAPE '\\'",
  member: `SELECT id FROM members
    WHERE LOWER(first_name || ' ' || last_name) LIKE ? ESCAPE '\\'`,
};

/**
 * How a list is read: `found` by the filters, then sorted; or `inOrder` of the index of start or of
 * length, passing by what does not fit. SQLite keeps no statistics, so it is told here: no index is
 * used for a column that is written `+column`.
 */
export type Reading = 'found' | 'inOrder';
export type OrderColumn = 'u.started_at' | 'u.duration_s';

/** In whose names the text was found; `all`: in that of every machine, hence in every use. */
type Named = 'all' | readonly Owner[];

/** The filters of a list of uses, as SQL over `uses u`. */
export class UseFilter {
  private constructor(
    private readonly query: UseListQuery,
    private readonly named: Named,
    private readonly pattern: string,
  ) {}

  /** One query when names are searched, none otherwise: machines and members are few. */
  static async of(db: ReadDb, query: UseListQuery): Promise<UseFilter> {
    if (query.q === undefined) return new UseFilter(query, 'all', '');
    const pattern = `%${escapeLike(query.q)}%`;
    return new UseFilter(query, await namedBy(db, pattern), pattern);
  }

  /** Everything that is asked for. */
  conditions(reading: Reading = 'found', column: OrderColumn = 'u.started_at'): Conditions {
    const found = this.bearing(reading, column);
    for (const mark of this.lacking()) {
      found.add(`u.id NOT IN (SELECT id FROM uses WHERE ${MARKS[mark]})`);
    }
    return found;
  }

  /**
   * Number of uses, as an SQL expression: all of {@link kept} less those that are {@link dropped}.
   * Both are counted in an index, where the contrary of a mark would read every row.
   */
  count(): { sql: string; params: SqlValue[] } {
    const kept = this.kept();
    const dropped = this.dropped();
    const sql = `(SELECT COUNT(*) FROM uses u ${kept.sql})`;
    if (dropped === null) return { sql, params: kept.params };
    return {
      sql: `${sql} - (SELECT COUNT(*) FROM uses u ${dropped.sql})`,
      params: [...kept.params, ...dropped.params],
    };
  }

  /** What is asked for, and also what bears a mark that it must not bear. */
  kept(): Conditions {
    return this.bearing('found', 'u.started_at');
  }

  /** What of {@link kept} bears a mark that it must not bear; null: everything may stay. */
  dropped(): Conditions | null {
    const lacking = this.lacking();
    if (lacking.length === 0) return null;
    const marked = lacking.map((mark) => `SELECT id FROM uses WHERE ${MARKS[mark]}`);
    return this.kept().add(`u.id IN (${marked.join(' UNION ')})`);
  }

  /** Can {@link kept} be counted in the index of each owner, which bears the start as well? */
  isCountedBy(owner: Owner): boolean {
    const { machineId, memberId } = this.query;
    const otherId = owner === 'machine' ? memberId : machineId;
    return (
      otherId === undefined &&
      this.borne().length === 0 &&
      (this.query.source === undefined || this.query.source === 'board') &&
      (this.named === 'all' || (this.named.length === 1 && this.named[0] === owner))
    );
  }

  private bearing(reading: Reading, column: OrderColumn): Conditions {
    const { machineId, memberId, from, to, source } = this.query;
    const isPassing = reading === 'inOrder';
    const start = isPassing && column !== 'u.started_at' ? '+u.started_at' : 'u.started_at';
    const id = isPassing && column !== 'u.started_at' ? '+u.' : 'u.';
    const found = new Conditions()
      .filter(`${id}machine_id = ?`, machineId)
      .filter(`${id}member_id = ?`, memberId)
      .filter(`${start} >= ?`, from)
      .filter(`${start} < ?`, to);
    for (const mark of this.borne()) {
      // Open ones come out of their index, whatever they are sorted by.
      if (mark === 'open') found.add(`u.id IN (SELECT id FROM uses WHERE ${MARKS.open})`);
      else found.add(mark === 'unauthorised' ? 'NOT u.authorized' : `u.${mark}`);
    }
    if (source !== undefined && source !== 'board') {
      // The first term says which index.
      found.add(`u.${MARKS.elsewhere}`).filter('u.source = ?', source);
    }
    this.addNames(found, isPassing ? '+u.' : 'u.');
    return found;
  }

  private addNames(found: Conditions, prefix: string): void {
    if (this.named === 'all') return;
    const terms = this.named.map((owner) => `${prefix}${owner}_id IN (${NAMED[owner]})`);
    if (terms.length === 0) found.add('1 = 0');
    else found.add(`(${terms.join(' OR ')})`, ...terms.map(() => this.pattern));
  }

  private borne(): Mark[] {
    return this.flags(true);
  }

  private lacking(): Mark[] {
    const marks = this.flags(false);
    return this.query.source === 'board' ? [...marks, 'elsewhere'] : marks;
  }

  private flags(value: boolean): Mark[] {
    const { open, replayed, estimated, unauthorised } = this.query;
    const flags = { open, replayed, estimated, unauthorised };
    const marks: Mark[] = [];
    for (const mark of ['open', 'replayed', 'estimated', 'unauthorised'] as const) {
      if (flags[mark] === value) marks.push(mark);
    }
    return marks;
  }
}

/** Where the pattern is found. Uses without a member still have a machine. */
async function namedBy(db: ReadDb, pattern: string): Promise<Named> {
  const [found] = await db.query<{ machines: number; machine: number; member: number }>(
    `SELECT (SELECT COUNT(*) FROM machines) AS machines,
       (SELECT COUNT(*) FROM (${NAMED.machine}) AS a) AS machine,
       (SELECT COUNT(*) FROM (${NAMED.member}) AS b) AS member`,
    [pattern, pattern],
  );
  if (found === undefined) throw new Error('a SELECT of counts gave no row');
  if (found.machine === found.machines) return 'all';
  return (['machine', 'member'] as const).filter((owner) => found[owner] > 0);
}
