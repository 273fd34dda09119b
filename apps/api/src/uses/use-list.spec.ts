import type { Page } from '@fabomatic/kernel';
import { USE_SORTS, type UseView } from '@fabomatic/uses';
import { ReadDb } from '../database/db';
import { SqliteReadDb } from '../database/sqlite-db';
import { furnish, MACHINES } from '../testing/cast';
import { eachLab } from '../testing/each-lab';
import type { TestLab } from '../testing/test-lab';

const USES = 24_000;
const PAGE_SIZE = 40;
const FIRST_START_S = 1_600_000_000;
/** Between the last of them and the uses that are open today. */
const LATE_S = 1_750_000_000;
/** Uses by hand and imported ones, replayed, estimated and unauthorised ones, those of nobody. */
const WRITE_USES = `
  INSERT INTO uses (machine_id, member_id, started_at, last_seen_at, ended_at, duration_s,
    replayed, estimated, authorized, source, closed_by, version)
  WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${USES - 1})
  SELECT 2 + i % 4,
    CASE WHEN i % 11 = 0 THEN NULL ELSE (SELECT MIN(id) FROM members) + i % 7 END,
    ${FIRST_START_S} + (i / 3) * 60, ${FIRST_START_S} + i * 20, ${FIRST_START_S} + i * 20,
    (i * 37) % 600, i % 900 = 1, i % 800 = 2, i % 700 <> 3,
    CASE WHEN i % 600 = 4 THEN 'manual' WHEN i % 600 = 5 THEN 'import' ELSE 'board' END, 'stop', 1
  FROM n`;
const DAY_S = 86_400;
const startOf = (share: number) => FIRST_START_S + Math.floor((USES * share) / 3) * 60;
const iso = (epochS: number) => new Date(epochS * 1000).toISOString();

interface Use {
  readonly id: number;
  readonly machineId: number;
  readonly memberId: number | null;
  readonly machine: string;
  readonly member: string | null;
  readonly startedAt: number;
  readonly durationS: number | null;
  readonly replayed: boolean;
  readonly estimated: boolean;
  readonly authorized: boolean;
  readonly source: string;
}

/** Query of the list -> what it leaves. */
const FILTERS: Readonly<Record<string, (use: Use) => boolean>> = {
  '': () => true,
  [`machineId=${MACHINES.lathe}`]: (use) => use.machineId === MACHINES.lathe,
  [`from=${iso(startOf(0.05))}`]: (use) => use.startedAt >= startOf(0.05),
  [`from=${iso(startOf(0.5))}&to=${iso(startOf(0.5) + DAY_S)}`]: (use) =>
    use.startedAt >= startOf(0.5) && use.startedAt < startOf(0.5) + DAY_S,
  'memberId=3': (use) => use.memberId === 3,
  [`machineId=${MACHINES.lathe}&memberId=4&replayed=false`]: (use) =>
    use.machineId === MACHINES.lathe && use.memberId === 4 && !use.replayed,
  // Wide ranges: more time lies in them than outside.
  [`from=${iso(startOf(0.2))}&to=${iso(LATE_S)}&unauthorised=false`]: (use) =>
    use.startedAt >= startOf(0.2) && use.startedAt < LATE_S && use.authorized,
  [`to=${iso(LATE_S)}&memberId=5&q=a`]: (use) =>
    use.startedAt < LATE_S && use.memberId === 5 && named(use, 'a'),
  [`from=${iso(startOf(0.1))}&q=la`]: (use) => use.startedAt >= startOf(0.1) && named(use, 'la'),
  [`memberId=5&q=la`]: (use) => use.memberId === 5 && named(use, 'la'),
  [`memberId=5&from=${iso(startOf(0.5))}`]: (use) =>
    use.memberId === 5 && use.startedAt >= startOf(0.5),
  'replayed=true': (use) => use.replayed,
  'replayed=false': (use) => !use.replayed,
  'replayed=false&estimated=false&unauthorised=false': (use) =>
    !use.replayed && !use.estimated && use.authorized,
  'open=true': (use) => use.durationS === null,
  'open=false&source=board': (use) => use.durationS !== null && use.source === 'board',
  'source=import': (use) => use.source === 'import',
  // In every machine's name, in that of two, of members only, of both, of nobody.
  'q=l': (use) => named(use, 'l'),
  'q=la': (use) => named(use, 'la'),
  'q=test': (use) => named(use, 'test'),
  'q=e': (use) => named(use, 'e'),
  'q=100%': () => false,
};

function named({ machine, member }: Use, text: string): boolean {
  return machine.includes(text) || (member?.includes(text) ?? false);
}

/** Smaller first; what is empty is last either way. */
function compare(a: string | number | null, b: string | number | null, way: number): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return way * (a < b ? -1 : 1);
}

function sorted(uses: readonly Use[], sort: string): Use[] {
  const way = sort.startsWith('-') ? -1 : 1;
  const name = sort.replace('-', '');
  const keys = (use: Use) => {
    if (name === 'machine') return [use.machine, use.machineId, use.startedAt, use.id];
    if (name === 'member') return [use.member, use.memberId, use.startedAt, use.id];
    return [name === 'durationS' ? use.durationS : use.startedAt, use.id];
  };
  return uses
    .map((use) => ({ use, keys: keys(use) }))
    .sort((a, b) => {
      for (const [index, key] of a.keys.entries()) {
        const difference = compare(key, b.keys[index] ?? null, way);
        if (difference !== 0) return difference;
      }
      return 0;
    })
    .map(({ use }) => use);
}

async function addUses(lab: TestLab): Promise<void> {
  await furnish(lab);
  await lab.lab.changeUses(async (db) => {
    await db.execute(WRITE_USES);
    const now = Date.now() / 1000;
    for (const machine of [MACHINES.laser, MACHINES.drill, MACHINES.lathe]) {
      await db.insert('uses', {
        machine_id: machine,
        member_id: null,
        started_at: now,
        last_seen_at: now,
        authorized: true,
      });
    }
  });
}

interface Step {
  readonly parent: number;
  readonly detail: string;
}

/** The rows of uses one by one, or a sorter filled with them (that of a page's rows is outermost). */
function goesThroughAll({ parent, detail }: Step): boolean {
  return (
    /^SCAN u(ses)?\b(?!.* USING )/.test(detail) ||
    (parent > 0 && /TEMP B-TREE FOR ORDER BY/.test(detail))
  );
}

const SORTS = ['', '-'].flatMap((way) => USE_SORTS.map((name) => `${way}${name}`));

eachLab(addUses, (scene) => {
  let uses: Use[];
  beforeAll(async () => {
    uses = await scene.lab.rows<Use>(
      `SELECT u.id, u.machine_id AS "machineId", u.member_id AS "memberId",
         LOWER(m.name) AS machine, LOWER(p.first_name || ' ' || p.last_name) AS member,
         u.started_at AS "startedAt", u.duration_s AS "durationS", u.replayed, u.estimated,
         u.authorized, u.source
       FROM uses u JOIN machines m ON m.id = u.machine_id LEFT JOIN members p ON p.id = u.member_id`,
    );
  });

  it.each(SORTS)(
    'sorted by %s: every filter gives what it should, from either end',
    async (sort) => {
      const all = sorted(uses, sort);
      for (const [query, isLeft] of Object.entries(FILTERS)) {
        const expected = all.filter(isLeft).map(({ id }) => id);
        expect([query, expected.length > 0]).toEqual([query, query !== 'q=100%']);
        const pages = Math.max(1, Math.ceil(expected.length / PAGE_SIZE));
        for (const page of new Set([1, Math.ceil(pages * 0.7), pages])) {
          const path = `uses?sort=${sort}&pageSize=${PAGE_SIZE}&page=${page}&${query}`;
          const { items, total } = (await scene.api.get(path).expect(200)).body as Page<UseView>;
          const start = (page - 1) * PAGE_SIZE;
          expect({ path, total, ids: items.map(({ id }) => id) }).toEqual({
            path,
            total: expected.length,
            ids: expected.slice(start, start + PAGE_SIZE),
          });
        }
      }
    },
  );

  it('the page on which the closed uses end and the open ones begin', async () => {
    const order = sorted(uses, '-durationS').map(({ id }) => id);
    for (const pageSize of [1, 2, 7]) {
      const pages = Math.ceil(order.length / pageSize);
      const read: number[] = [];
      for (let page = pages - 4; page <= pages; page++) {
        const path = `uses?sort=-durationS&pageSize=${pageSize}&page=${page}`;
        const { items } = (await scene.api.get(path).expect(200)).body as Page<UseView>;
        read.push(...items.map(({ id }) => id));
      }
      expect(read).toEqual(order.slice((pages - 5) * pageSize));
    }
  });

  it('no sort of all uses goes through the table', async () => {
    const db = scene.lab.app.get(ReadDb);
    const isSqlite = db instanceof SqliteReadDb;
    for (const sort of SORTS) {
      for (const page of [1, 300, 600]) {
        const query = jest.spyOn(db, 'query');
        await scene.api.get(`uses?sort=${sort}&pageSize=${PAGE_SIZE}&page=${page}`).expect(200);
        const asked = query.mock.calls.filter(([sql]) => /\buse(s u|_counts c)\b/.test(sql));
        query.mockRestore();
        expect(asked).toHaveLength(3);
        if (!isSqlite) continue;
        for (const [sql, params] of asked) {
          const plan = await db.query<Step>(`EXPLAIN QUERY PLAN ${sql}`, params);
          expect([sql, plan.filter(goesThroughAll)]).toEqual([sql, []]);
        }
      }
    }
  });

  it('the few uses with a rare mark are not looked for in the order of length', async () => {
    const db = scene.lab.app.get(ReadDb);
    if (!(db instanceof SqliteReadDb)) return;
    for (const mark of ['replayed', 'estimated', 'unauthorised']) {
      const query = jest.spyOn(db, 'query');
      await scene.api.get(`uses?sort=durationS&${mark}=true`).expect(200);
      const [, page] = query.mock.calls.filter(([sql]) => /\buse(s u|_counts c)\b/.test(sql));
      query.mockRestore();
      const [sql = '', params = []] = page ?? [];
      const plan = await db.query<Step>(`EXPLAIN QUERY PLAN ${sql}`, params);
      expect(plan.map(({ detail }) => detail).join('\n')).toContain(`INDEX ix_uses_${mark}`);
    }
  });
});
