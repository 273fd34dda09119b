import { Client } from 'pg';
import type { Database } from 'better-sqlite3';
import { Sqlite } from '../sqlite-driver';
import { CARDS, furnish, MACHINES } from '../testing/cast';
import { freshTarget } from '../testing/databases';
import type { TestBoards } from '../testing/test-boards';
import { TestLab, until } from '../testing/test-lab';

/** The danger of a lab in memory is a stale "yes": another program has just said no. */
jest.setTimeout(60_000);

const { laser } = MACHINES;
const REVOKE = `UPDATE cards SET revoked_at = 1 WHERE uid = '${CARDS.ada}'`;
const RETURN = `UPDATE cards SET revoked_at = NULL WHERE uid = '${CARDS.ada}'`;
const BLOCK = `UPDATE machines SET blocked = true WHERE id = ${laser}`;
const UNBLOCK = `UPDATE machines SET blocked = false WHERE id = ${laser}`;

async function isLetIn(boards: TestBoards): Promise<unknown> {
  return (await boards.ask(laser, { action: 'checkuser', uid: CARDS.ada }))['is_valid'];
}

describe('another program writes to the SQLite file', () => {
  let lab: TestLab;
  let boards: TestBoards;
  let other: Database;

  beforeAll(async () => {
    lab = await TestLab.start();
    await furnish(lab);
    boards = await lab.boards();
    const { location } = lab.settings.database;
    if (location.kind !== 'sqlite') throw new Error('SQLite expected');
    other = new Sqlite(location.file);
  });
  afterAll(async () => {
    other.close();
    await lab.remove();
  });

  it('refuses a card at the very next question after it was revoked', async () => {
    for (let round = 0; round < 20; round++) {
      expect(await isLetIn(boards)).toBe(true);
      other.exec(REVOKE);
      expect(await isLetIn(boards)).toBe(false);
      other.exec(RETURN);
    }
  });

  it('shuts a machine at the very next question after it was blocked', async () => {
    for (let round = 0; round < 20; round++) {
      expect(await isLetIn(boards)).toBe(true);
      other.exec(BLOCK);
      expect(await isLetIn(boards)).toBe(false);
      expect(await boards.ask(laser, { action: 'checkmachine' })).toMatchObject({ allowed: false });
      other.exec(UNBLOCK);
    }
  });

  it('refuses a card that was revoked while the lab was being read again', async () => {
    const { units } = lab;
    const run = units.run.bind(units);
    let answer: Promise<unknown> = Promise.resolve();
    other.exec(`UPDATE machines SET name = 'Another' WHERE id = ${laser}`);
    jest.spyOn(units, 'run').mockImplementationOnce(async (unit) => {
      const result = await run(unit);
      // Read and committed, and not yet done: now it changes once more, and a board asks.
      other.exec(REVOKE);
      answer = isLetIn(boards);
      await until(() => lab.counters.received === received + 2);
      return result;
    });
    const { received } = lab.counters;
    await boards.ask(laser, { action: 'checkmachine' });
    expect(await answer).toBe(false);
    other.exec(RETURN);
    jest.restoreAllMocks();
    expect(await isLetIn(boards)).toBe(true);
  });

  it('goes on recording the use that is under way', async () => {
    await boards.ask(laser, { action: 'startuse', uid: CARDS.ada });
    other.exec(`UPDATE machines SET name = 'Renamed' WHERE id = ${laser}`);
    await boards.ask(laser, { action: 'inuse', uid: CARDS.ada, duration: 1 });
    other.exec(REVOKE);
    await boards.ask(laser, { action: 'stopuse', uid: CARDS.ada, duration: 2 });
    other.exec(RETURN);
    const uses = await lab.rows('SELECT duration_s FROM uses WHERE machine_id = ?', [laser]);
    expect(uses).toHaveLength(1);
    expect(await boards.ask(laser, { action: 'checkmachine' })).toMatchObject({ name: 'Renamed' });
  });
});

it('refuses within a second when it was revoked in PostgreSQL', async () => {
  const target = await freshTarget('postgres');
  if (target.kind !== 'postgres') throw new Error('PostgreSQL expected');
  const lab = await TestLab.start({ databaseUrl: target.url });
  const other = new Client({ connectionString: target.url });
  try {
    await other.connect();
    await furnish(lab);
    const boards = await lab.boards();
    for (const [no, yes] of [
      [REVOKE, RETURN],
      [BLOCK, UNBLOCK],
    ] as const) {
      expect(await isLetIn(boards)).toBe(true);
      await other.query(no);
      await until(async () => (await isLetIn(boards)) === false, 1000);
      await other.query(yes);
      await until(async () => (await isLetIn(boards)) === true, 1000);
    }
  } finally {
    await other.end();
    await lab.remove();
  }
});
