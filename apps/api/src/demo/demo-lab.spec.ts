import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machineStatus } from '@fabomatic/machines';
import { duePlans, planWear } from '@fabomatic/maintenance';
import { seededRandom } from '@fabomatic/virtual-board';
import { openDatabase, type OpenDatabase } from '../database/open-database';
import { loadLab, loadSession } from '../lab/lab-loader';
import type { LabData } from '../lab/lab-records';
import { demoLab } from './demo-lab';
import { DEMO_EMAIL } from './demo-login';
import { writeDemoLab } from './demo-writer';

/** Sunday night, when the lab is shut; Thursday afternoon; just after midnight on Monday. */
const TIMES = ['2026-11-22T22:00:00Z', '2026-11-26T16:30:00Z', '2026-11-22T23:10:00Z'];

const ipOf = (machineId: number) => `127.0.1.${machineId}`;

describe.each(TIMES)('the demo at %s', (time) => {
  const nowS = Date.parse(time) / 1000;
  const folder = mkdtempSync(join(tmpdir(), 'fabomatic-spec-'));
  let database: OpenDatabase;
  let data: LabData;

  // Hashing the seed's password takes long where others work.
  jest.setTimeout(60_000);

  beforeAll(async () => {
    const log = { log: () => undefined, warn: () => undefined, error: () => undefined };
    database = await openDatabase(
      { target: { kind: 'sqlite', file: join(folder, 'demo.db') }, adminEmail: DEMO_EMAIL },
      { log, onTakenOver: () => undefined },
    );
    const lab = demoLab(nowS, 'Europe/Rome', seededRandom(2026));
    await database.units.run((db) => writeDemoLab(db, lab, { nowS, passwordHash: 'x', ipOf }));
    data = await loadLab(database.reader);
    for (const machine of data.machines.values()) {
      machine.session = await loadSession(database.reader, machine);
    }
  });

  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });

  it('shows every status', () => {
    const statuses = [...data.machines.values()].map((machine) => {
      const { session, blocked, plans, lastSeenAtS } = machine;
      const maintenanceDue = duePlans(plans).length > 0;
      return machineStatus(
        { inUse: session.open !== null, blocked, maintenanceDue, lastSeenAtS },
        nowS,
      );
    });
    expect(new Set(statuses)).toEqual(
      new Set(['in-use', 'blocked', 'maintenance', 'offline', 'free']),
    );
    expect(statuses.filter((status) => status === 'in-use')).toHaveLength(2);
  });

  it('names no computer but this one as a board, since new firmware is sent there', async () => {
    const boards = await database.reader.query<{ machine_id: number; ip: string }>(
      'SELECT machine_id, ip FROM boards ORDER BY machine_id',
    );
    expect(boards.map(({ ip }) => ip)).toEqual(boards.map(({ machine_id }) => ipOf(machine_id)));
  });

  it('has as many hours on its machines as their uses add up to', async () => {
    const wrong = await database.reader.query(
      `SELECT m.id FROM machines m WHERE ABS(m.hours_s - (
         SELECT COALESCE(SUM(duration_s), 0) FROM uses u WHERE u.machine_id = m.id)) > 0.001`,
    );
    expect(wrong).toEqual([]);
  });

  it('has plans that count the uses since their last intervention', async () => {
    const wrong = await database.reader.query(
      `SELECT p.id FROM maintenance_plans p WHERE ABS(p.elapsed_s - (
         SELECT COALESCE(SUM(duration_s), 0) FROM uses u
         WHERE u.machine_id = p.machine_id AND u.started_at >= COALESCE(p.last_done_at, 0)
       )) > 0.001 OR p.last_done_at <> (SELECT MAX(done_at) FROM interventions WHERE plan_id = p.id)`,
    );
    expect(wrong).toEqual([]);
    const wear = [...data.machines.values()].flatMap(({ plans }) => plans.map(planWear));
    expect(wear.filter((value) => value > 1)).toHaveLength(1);
    expect(wear.some((value) => value > 0.88 && value < 0.96)).toBe(true);
  });

  it('has a few thousand uses of a year, none of which overlap or lie in the future', async () => {
    const [total] = await database.reader.query<{ uses: number; marked: number; latest: number }>(
      `SELECT COUNT(*) AS uses, SUM(replayed OR estimated) AS marked, MAX(ended_at) AS latest FROM uses`,
    );
    expect(total?.uses).toBeGreaterThan(2000);
    expect(total?.marked).toBeGreaterThan(20);
    expect(total?.latest).toBeLessThanOrEqual(nowS);
    const overlapping = await database.reader.query(
      `SELECT id FROM (SELECT id, started_at, LAG(ended_at) OVER
         (PARTITION BY machine_id ORDER BY started_at, id) AS before FROM uses)
       WHERE started_at < before`,
    );
    expect(overlapping).toEqual([]);
  });

  it('lets members use only what they may', async () => {
    const forbidden = await database.reader.query(
      `SELECT u.id FROM uses u JOIN members p ON p.id = u.member_id JOIN roles r ON r.id = p.role_id
       JOIN machines m ON m.id = u.machine_id JOIN machine_types t ON t.id = m.type_id
       WHERE p.disabled OR NOT (r.authorize_all OR t.access = 'open' OR EXISTS (
         SELECT 1 FROM authorizations a WHERE a.member_id = p.id AND a.machine_id = m.id))`,
    );
    expect(forbidden).toEqual([]);
  });

  it('has 25 people, whose cards differ and are of the form that boards send', async () => {
    const cards = await database.reader.query<{ uid: string }>('SELECT uid FROM cards');
    expect(new Set(cards.map(({ uid }) => uid)).size).toBeGreaterThanOrEqual(25);
    expect(cards.every(({ uid }) => /^[0-9a-f]{8}$/.test(uid))).toBe(true);
    // 25 and the seed's "Anonymous".
    expect(data.members.size).toBe(26);
  });
});
