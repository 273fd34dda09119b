import { createRequire } from 'node:module';
import type SqliteDatabase from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { cardOf } from './load';

/** As the product chooses it: docs/decisions/0018-two-releases-of-better-sqlite3.md. */
const sqlitePackage =
  Number(process.versions['napi']) >= 10 ? 'better-sqlite3' : 'better-sqlite3-node20';
export const Sqlite = createRequire(import.meta.url)(sqlitePackage) as typeof SqliteDatabase;

/** As many machines as the greatest number of boards. */
export const MACHINES = 50;
const PLANS_PER_MACHINE = 2;
const MEMBERS = 500;
const YEAR_S = 365 * 86_400;

/**
 * Fills the product's new database with a lab: each machine has one card that may use it, and each
 * member some authorisations, so that a decision is worth as much as in a real lab.
 */
export function writeLab(file: string, nowS: number): void {
  const db = new Sqlite(file);
  db.transaction(() => {
    const roleId = insert(db, 'roles', { name: 'Bench members' });
    const typeId = insert(db, 'machine_types', {
      name: 'Bench machines',
      timeout_min: 480,
      grace_min: 2,
      access: 'authorization',
    });
    db.prepare('DELETE FROM machines').run();
    const memberIds: number[] = [];
    for (let n = 0; n < MEMBERS; n++) {
      memberIds.push(
        insert(db, 'members', {
          first_name: `Member ${n}`,
          last_name: 'Bench',
          role_id: roleId,
          created_at: nowS,
        }),
      );
    }
    for (let id = 1; id <= MACHINES; id++) writeMachine(db, id, typeId, memberIds, nowS);
  })();
  db.close();
}

function writeMachine(
  db: Database,
  id: number,
  typeId: number,
  memberIds: readonly number[],
  nowS: number,
): void {
  insert(db, 'machines', { id, name: `BENCH ${id}`, type_id: typeId, created_at: nowS });
  const owner = memberIds[id - 1] ?? 0;
  insert(db, 'cards', { member_id: owner, uid: cardOf(id), created_at: nowS });
  for (const memberId of memberIds.filter((other) => other % 10 === id % 10 || other === owner)) {
    insert(db, 'authorizations', { member_id: memberId, machine_id: id, created_at: nowS });
  }
  for (let n = 0; n < PLANS_PER_MACHINE; n++) {
    insert(db, 'maintenance_plans', {
      machine_id: id,
      description: `Plan ${n}`,
      lcd_message: 'Oil it',
      // Never due: a board that is told so asks something else.
      interval_s: 1e12,
      created_at: nowS,
    });
  }
}

/** Adds `count` closed uses, spread over machines, members and the last years. */
export function writePastUses(file: string, count: number, nowS: number): void {
  const db = new Sqlite(file);
  const firstMember = db.prepare<[], number>('SELECT MIN(member_id) FROM cards').pluck().get() ?? 0;
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -200000');
  // One statement: SQLite counts faster than anybody can send it rows.
  db.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < @count)
     INSERT INTO uses (machine_id, member_id, card_uid, started_at, last_seen_at, ended_at,
       duration_s, replayed, estimated, authorized, source, closed_by, version)
     SELECT 1 + i % ${MACHINES}, @firstMember + i % ${MACHINES}, printf('be%06x', 1 + i % ${MACHINES}),
       @from + i * @step, @from + i * @step + 300, @from + i * @step + 300,
       300, 0, 0, 1, 'board', 'stop', 1 FROM n`,
  ).run({ count, firstMember, from: nowS - 3 * YEAR_S, step: (3 * YEAR_S - 3600) / count });
  db.pragma('journal_mode = WAL');
  db.close();
}

function insert(db: Database, table: string, row: Record<string, string | number>): number {
  const columns = Object.keys(row);
  const marks = columns.map((column) => `@${column}`).join(', ');
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`;
  return Number(db.prepare(sql).run(row).lastInsertRowid);
}
