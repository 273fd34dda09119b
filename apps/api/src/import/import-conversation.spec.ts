import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../database/open-database';
import { TestLab } from '../testing/test-lab';
import { importOriginal } from './import-original';
import { changedOriginal } from './original.fixture';
import { OriginalFile } from './original-file';

jest.setTimeout(60_000);

const QUIET = { log: () => undefined, warn: () => undefined, error: () => undefined };
const LUCA = '0badf00d';

/** A lab that runs today: a board at work, one that is idle, authorisations, unknown cards. */
it('[62] after the move boards go on where they were, also with the use that was under way', async () => {
  const nowS = Date.now() / 1000;
  const { path, remove } = changedOriginal([
    `INSERT INTO uses (use_id, user_id, machine_id, start_timestamp, last_seen, end_timestamp)
     VALUES (1, 4, 1, ${nowS - 600}, ${nowS - 5}, NULL)`,
    `INSERT INTO boards (machine_id, ip_address, fw_version, serial, heap, last_seen) VALUES
      (1, '10.0.0.1', '0.9.2', 'aabbcc', 150000, ${nowS - 5}),
      (2, '10.0.0.2', '0.9.2', 'ddeeff', 150000, ${nowS - 7})`,
    `INSERT INTO unknown_cards (card_UUID, timestamp, machine_id) VALUES ('ffffffff', ${nowS - 30}, 1)`,
    `UPDATE machines SET machine_hours = 12.5, last_seen = ${nowS - 5} WHERE machine_id = 1`,
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'fabomatic-moved-'));
  const database = await openDatabase(
    { target: { kind: 'sqlite', file: join(folder, 'fabomatic.db') }, adminEmail: null },
    { log: QUIET, onTakenOver: () => undefined },
  );
  const original = OriginalFile.open(path);
  await importOriginal(original, database.units);
  original.close();
  await database.close();
  remove();

  const lab = await TestLab.start({ folder });
  try {
    const boards = await lab.boards();
    expect(await boards.ask(1, { action: 'checkmachine' })).toMatchObject({
      request_ok: true,
      is_valid: true,
      allowed: true,
    });
    expect(await boards.ask(1, { action: 'checkuser', uid: LUCA })).toMatchObject({
      is_valid: true,
    });
    expect(await boards.ask(1, { action: 'inuse', uid: LUCA, duration: 605 })).toMatchObject({
      request_ok: true,
    });
    expect(await boards.ask(1, { action: 'stopuse', uid: LUCA, duration: 610 })).toMatchObject({
      request_ok: true,
    });
    const [use] = await lab.rows<{ ended_at: number; duration_s: number; member_id: number }>(
      'SELECT ended_at, duration_s, member_id FROM uses',
    );
    expect(use?.member_id).toBe(4);
    expect(use?.duration_s).toBeCloseTo(610, 0);
    const [machine] = await lab.rows<{ hours_s: number }>(
      'SELECT hours_s FROM machines WHERE id = 1',
    );
    expect(machine?.hours_s).toBeCloseTo(12.5 * 3600 + (use?.duration_s ?? 0), 3);
    boards.say(2, { action: 'alive', version: '0.9.3', ip: '10.0.0.2', serial: 'ddeeff', heap: 1 });
    await boards.ask(2, { action: 'checkmachine' });
    expect(await lab.rows('SELECT serial FROM boards ORDER BY machine_id')).toEqual([
      { serial: 'aabbcc' },
      { serial: 'ddeeff' },
    ]);
  } finally {
    await lab.stop();
    rmSync(folder, { recursive: true });
  }
});
