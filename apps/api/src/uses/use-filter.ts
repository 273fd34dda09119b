import type { UseListQuery } from '@fabomatic/uses';
import type { ReadDb, SqlValue } from '../database/db';
import { Conditions, escapeLike } from '../database/list-sql';
import type { Owner } from './use-owner.queries';
import type { Stretch } from './use-page.queries';

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
/** Those whose name does not. */
const UNNAMED: Readonly<Record<Owner, string>> = {
  machine: NAMED.machine.replace('LIKE', 'NOT LIKE'),
  member: NAMED.member.replace('LIKE', 'NOT LIKE'),
};

/**
 * How a list is read: `found` by the filters, then sorted; or in the order of an index, that of the
 * start, of the length, or of one machine's or member's uses, passing by what does not fit.
 */
export type Reading = 'found' | 'byStart' | 'byLength' | 'byMachine' | 'byMember';

/**
 * What is passed by. SQLite keeps no statistics, so it is told here: no index is used for a column that
 * is written `+column`.
 */
const PASSED: Readonly<Record<Reading, readonly ('start' | 'names' | Owner)[]>> = {
  found: [],
  byStart: ['names'],
  byLength: ['start', 'names', 'machine', 'member'],
  byMachine: ['names', 'member'],
  byMember: ['names', 'machine'],
};

/** In whose names the text was found; `all`: in that of every machine, hence in every use. */
type Named = 'all' | readonly Owner[];

/** SQL with a `?` for each parameter. */
export interface Counting {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

/** The filters of a list of uses, as SQL over `uses u`. */
export class UseFilter {
  private constructor(
    private readonly query: UseListQuery,
    private readonly named: Named,
    private readonly pattern: string,
    /** The range leaves out less than it keeps: what it leaves out is counted sooner. */
    private readonly isWide: boolean,
  ) {}

  /** For uses that are read without being counted; one query when names are searched. */
  static of(db: ReadDb, query: UseListQuery): Promise<UseFilter> {
    return UseFilter.make(db, query, false);
  }

  /** The same for a page of them, and one more query when there is a range. */
  static async forPage(db: ReadDb, query: UseListQuery): Promise<UseFilter> {
    return UseFilter.make(db, query, await isWideRange(db, query));
  }

  private static async make(db: ReadDb, query: UseListQuery, isWide: boolean): Promise<UseFilter> {
    const pattern = query.q === undefined ? '' : `%${escapeLike(query.q)}%`;
    const named = query.q === undefined ? 'all' : await namedBy(db, pattern);
    return new UseFilter(query, named, pattern, isWide);
  }

  /** Everything that is asked for. */
  conditions(reading: Reading = 'found'): Conditions {
    const found = this.kept(reading);
    for (const mark of this.lacking(reading)) {
      found.add(`u.id NOT IN (SELECT id FROM uses WHERE ${MARKS[mark]})`);
    }
    return found;
  }

  /**
   * Number of uses, as an SQL expression: all of {@link kept} less those that are {@link dropped},
   * which are few; the contrary of a mark would read every row.
   */
  count(): Counting {
    const counted = this.counted();
    const all =
      counted === null
        ? countOf(this.kept())
        : {
            sql: `(SELECT COALESCE(SUM(c.uses), 0) FROM use_counts c ${counted.sql})`,
            params: counted.params,
          };
    const dropped = this.dropped();
    const less = [
      ...(counted === null ? [] : this.outside()),
      ...(dropped === null ? [] : [dropped]),
    ].map(countOf);
    return {
      sql: [all, ...less].map(({ sql }) => sql).join(' - '),
      params: [all, ...less].flatMap(({ params }) => params),
    };
  }

  /** What is asked for, and also what bears a mark that it must not bear. */
  kept(reading: Reading = 'found'): Conditions {
    return this.withNames(this.framed(reading), columnsOf(reading)('names'));
  }

  /**
   * What of {@link kept} bears a mark that it must not bear; null: everything may stay. Found by
   * those marks, whatever the way of reading.
   */
  dropped(reading: Reading = 'found'): Conditions | null {
    const lacking = this.lacking(reading);
    if (lacking.length === 0) return null;
    const marked = lacking.map((mark) => `SELECT id FROM uses WHERE ${MARKS[mark]}`);
    return this.kept('byLength').add(`u.id IN (${marked.join(' UNION ')})`);
  }

  /** What a stretch holds that is read in the order of an index, and of which `also` is true. */
  stretch(reading: Reading, also = new Conditions()): Pick<Stretch, 'conditions' | 'leap'> {
    const conditions = this.conditions(reading).addAll(also);
    const dropped = this.dropped(reading);
    const leftOut = [...this.unnamed(), ...(dropped === null ? [] : [dropped])];
    if (leftOut.length === 0) return { conditions };
    const over = this.framed(reading).addAll(also);
    return { conditions, leap: { over, leftOut: leftOut.map((each) => each.addAll(also)) } };
  }

  /** {@link kept}, whatever the names. */
  private framed(reading: Reading): Conditions {
    const { from, to } = this.query;
    const start = `${columnsOf(reading)('start')}started_at`;
    return this.ofAnyTime(reading).filter(`${start} >= ?`, from).filter(`${start} < ?`, to);
  }

  private ofAnyTime(reading: Reading): Conditions {
    const { machineId, memberId, source } = this.query;
    const plus = columnsOf(reading);
    const found = new Conditions()
      .filter(`${plus('machine')}machine_id = ?`, machineId)
      .filter(`${plus('member')}member_id = ?`, memberId);
    for (const mark of this.borne()) {
      // Open ones come out of their index, whatever they are sorted by.
      if (mark === 'open') found.add(`u.id IN (SELECT id FROM uses WHERE ${MARKS.open})`);
      else found.add(mark === 'unauthorised' ? 'NOT u.authorized' : `u.${mark}`);
    }
    if (source !== undefined && source !== 'board') {
      // The first term says which index.
      found.add(`u.${MARKS.elsewhere}`).filter('u.source = ?', source);
    }
    return found;
  }

  private withNames(found: Conditions, prefix: string): Conditions {
    if (this.named === 'all') return found;
    const terms = this.named.map((owner) => `${prefix}${owner}_id IN (${NAMED[owner]})`);
    if (terms.length === 0) return found.add('1 = 0');
    return found.add(`(${terms.join(' OR ')})`, ...terms.map(() => this.pattern));
  }

  /** What of {@link framed} is left out for its names, in parts of which each is in one index. */
  private unnamed(): Conditions[] {
    if (this.named === 'all' || this.named.length === 0) return [];
    if (!this.named.includes('member')) {
      const machines = `u.machine_id IN (${UNNAMED.machine})`;
      return [this.framed('byMachine').add(machines, this.pattern)];
    }
    const byMember = () => {
      const found = this.framed('byMember');
      if (!this.named.includes('machine')) return found;
      return found.add(`+u.machine_id IN (${UNNAMED.machine})`, this.pattern);
    };
    return [
      byMember().add('u.member_id IS NULL'),
      byMember().add(`u.member_id IN (${UNNAMED.member})`, this.pattern),
    ];
  }

  /**
   * {@link kept}, and what of it is {@link outside} the range, over `use_counts c`; null when those
   * counts do not tell what is asked for.
   */
  counted(): Conditions | null {
    const { machineId, memberId, from, to, source } = this.query;
    const isByMark = this.borne().length > 0 || (source !== undefined && source !== 'board');
    const isNarrow = (from !== undefined || to !== undefined) && !this.isWide;
    if (isByMark || isNarrow) return null;
    const found = new Conditions()
      .filter('c.machine_id = ?', machineId)
      .filter('c.member_id = ?', memberId);
    return this.withNames(found, 'c.');
  }

  /** What lies before a wide range, and what lies after it. */
  outside(reading: Reading = 'found'): Conditions[] {
    const { from, to } = this.query;
    if (!this.isWide) return [];
    const side = (term: string, time: number) =>
      this.withNames(this.ofAnyTime(reading).add(term, time), columnsOf(reading)('names'));
    return [
      ...(from === undefined ? [] : [side('u.started_at < ?', from)]),
      ...(to === undefined ? [] : [side('u.started_at >= ?', to)]),
    ];
  }

  /** Can {@link kept} be counted in the index of each owner, which bears the start as well? */
  isCountedInIndexOf(owner: Owner): boolean {
    const { machineId, memberId } = this.query;
    const otherId = owner === 'machine' ? memberId : machineId;
    return (
      otherId === undefined &&
      this.borne().length === 0 &&
      (this.query.source === undefined || this.query.source === 'board') &&
      (this.named === 'all' || (this.named.length === 1 && this.named[0] === owner))
    );
  }

  private borne(): Mark[] {
    return this.flags(true);
  }

  private lacking(reading: Reading): Mark[] {
    // What is open has no length.
    const marks = this.flags(false).filter((mark) => mark !== 'open' || reading !== 'byLength');
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

function countOf({ sql, params }: Conditions): Counting {
  return { sql: `(SELECT COUNT(*) FROM uses u ${sql})`, params };
}

/** What stands before the name of a column, which has a way of reading. */
function columnsOf(reading: Reading): (name: 'start' | 'names' | Owner) => 'u.' | '+u.' {
  return (name) => (PASSED[reading].includes(name) ? '+u.' : 'u.');
}

/** By the time that it spans: how many uses lie in it is what is to be found out. */
async function isWideRange(db: ReadDb, { from, to }: UseListQuery): Promise<boolean> {
  if (from === undefined && to === undefined) return false;
  const [ends] = await db.query<{ first: number | null; last: number | null }>(
    `SELECT (SELECT MIN(started_at) FROM uses) AS first, (SELECT MAX(started_at) FROM uses) AS last`,
  );
  const { first = null, last = null } = ends ?? {};
  if (first === null || last === null) return false;
  const spanS = Math.min(to ?? last, last) - Math.max(from ?? first, first);
  return spanS > (last - first) / 2;
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
