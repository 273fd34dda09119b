import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type Clock, fromIso } from '@fabomatic/kernel';
import type { BackupList } from '@fabomatic/system';
import { MemoryLink, VirtualBoard, VirtualClock } from '@fabomatic/virtual-board';
import { openDatabase } from '../database/open-database';
import { importOriginal } from '../import/import-original';
import { changedOriginal, fixturePath } from '../import/original.fixture';
import { OriginalFile } from '../import/original-file';
import { JobsService } from '../jobs/jobs.service';
import { TestApi } from '../testing/test-api';
import type { TestBoards } from '../testing/test-boards';
import { TestLab } from '../testing/test-lab';
import { BackupFolder } from './backup-folder';
import { restore } from './restore';

jest.setTimeout(300_000);

const MONDAY = '2026-11-23T00:00:00Z';
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const MACHINES = [1, 2] as const;
/** Members 3 and 4 of the fixture. */
const CARDS = ['11111111', '22222222'] as const;
const USES_A_DAY = 4;
const QUIET = { log: () => undefined, warn: () => undefined, error: () => undefined };

/** One clock for boards and product: simulated milliseconds since Monday. */
class WeekClock extends VirtualClock implements Clock {
  nowS(): number {
    return fromIso(MONDAY) + this.now() / 1000;
  }
}

/** A board whose messages go to the real product over its real broker, in no simulated time. */
class BoardAtLab {
  readonly durationsS: number[] = [];
  readonly board: VirtualBoard;
  lab: { boards: TestBoards; product: TestLab } | null = null;

  constructor(
    readonly machineId: number,
    clock: WeekClock,
  ) {
    const link: MemoryLink = new MemoryLink({
      clock,
      onPublish: async (topic, payload) => {
        const answer = await this.send(payload);
        if (answer !== null) link.deliver(`${topic}/reply`, answer);
      },
    });
    this.board = new VirtualBoard({ machineId, clock, link, random: () => 0.5 });
    this.board.on((event) => {
      if (event.kind === 'stopped') this.durationsS.push(event.durationS);
    });
  }

  private async send(payload: string): Promise<string | null> {
    if (this.lab === null) throw new Error('the board speaks to nobody');
    const { boards, product } = this.lab;
    const { received } = product.counters;
    if ((JSON.parse(payload) as { action: string }).action === 'alive') {
      boards.say(this.machineId, payload);
      // Thousands of them: each turn of the event loop is looked at, not each hundredth of a second.
      while (product.counters.received === received) await setImmediate();
      return null;
    }
    boards.heard.length = 0;
    const answer = boards.next(this.machineId);
    boards.say(this.machineId, payload);
    return (await answer).text;
  }
}

/** What must be the same before and after, to the second. */
async function totalsOf(lab: TestLab) {
  const [uses] = await lab.rows<{ n: number; seconds: number; open: number }>(
    `SELECT COUNT(*) AS n, SUM(duration_s) AS seconds,
       SUM(CASE WHEN ended_at IS NULL THEN 1 ELSE 0 END) AS open FROM uses`,
  );
  const machines = await lab.rows('SELECT id, hours_s FROM machines ORDER BY id');
  const plans = await lab.rows(
    'SELECT id, elapsed_s, last_done_at FROM maintenance_plans ORDER BY id',
  );
  const [people] = await lab.rows('SELECT COUNT(*) AS n FROM members');
  return { uses, machines, plans, people };
}

async function moveIn(folder: string, nowS: number): Promise<void> {
  const grants = CARDS.flatMap((_, index) =>
    MACHINES.map((machineId) => `(${index + 3}, ${machineId})`),
  );
  const { path, remove } = changedOriginal(
    [
      `INSERT INTO authorizations (user_id, machine_id) VALUES ${grants.join(', ')}`,
      'UPDATE maintenances SET hours_between = 1000000',
      'UPDATE machines SET machine_hours = 12.5',
    ],
    fixturePath('0.1.7'),
  );
  const database = await openDatabase(
    { target: { kind: 'sqlite', file: join(folder, 'fabomatic.db') }, adminEmail: null },
    { log: QUIET, onTakenOver: () => undefined },
  );
  const original = OriginalFile.open(path);
  await importOriginal(original, database.units, { nowS });
  original.close();
  await database.close();
  remove();
}

/** An afternoon at two machines: each hour somebody works for half of it. */
async function workDay(
  clock: WeekClock,
  places: readonly BoardAtLab[],
  day: number,
): Promise<void> {
  const opensMs = day * DAY_MS + 9 * 60 * MINUTE_MS;
  await clock.runUntil(opensMs);
  for (const { board } of places) board.boot();
  for (let hour = 0; hour < USES_A_DAY; hour++) {
    places.forEach(({ board }, place) => {
      const card = CARDS[(hour + place + day) % CARDS.length] ?? '';
      const startMs = opensMs + hour * 60 * MINUTE_MS + (5 + place) * MINUTE_MS;
      clock.at(startMs, () => board.tap(card, 2000));
      clock.at(startMs + (20 + hour) * MINUTE_MS, () => board.tap(card, 2000));
    });
  }
  await clock.runUntil(opensMs + (USES_A_DAY + 1) * 60 * MINUTE_MS);
  for (const { board } of places) await board.powerCut();
}

/** Stopped also when an expectation fails: jest would wait for its ports for ever. */
let running: TestLab | null = null;
afterAll(() => running?.stop());

it('[57] [62] a lab moves in, works for a week, loses its disk, restores, and goes on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fabomatic-rehearsal-'));
  const backupFolder = mkdtempSync(join(tmpdir(), 'fabomatic-other-disk-'));
  const environment = { FABOMATIC_BACKUP_FOLDER: backupFolder };
  const clock = new WeekClock();
  const places = MACHINES.map((machineId) => new BoardAtLab(machineId, clock));
  const start = async () => {
    const product = await TestLab.start({ folder, environment, clock });
    const boards = await product.boards();
    for (const place of places) place.lab = { boards, product };
    running = product;
    return product;
  };

  await moveIn(folder, clock.nowS());
  let lab = await start();
  const imported = await totalsOf(lab);
  expect(imported.uses?.n).toBe(21_989);

  for (let day = 0; day < 7; day++) {
    await clock.runUntil(day * DAY_MS + 4 * 60 * MINUTE_MS);
    // At four in the morning the backup of three o'clock is due, and the purge.
    await lab.app.get(JobsService).look();
    await workDay(clock, places, day);
  }
  const worked = await totalsOf(lab);
  const durationsS = places.flatMap((place) => place.durationsS);
  expect(durationsS).toHaveLength(7 * USES_A_DAY * MACHINES.length);
  expect(worked.uses).toMatchObject({ n: 21_989 + durationsS.length, open: 0 });
  const workedS = (worked.uses?.seconds ?? 0) - (imported.uses?.seconds ?? 0);
  const toldS = durationsS.reduce((sum, each) => sum + each, 0);
  expect(workedS).toBeCloseTo(toldS, 3);

  await clock.runUntil(7 * DAY_MS + 4 * 60 * MINUTE_MS);
  await lab.app.get(JobsService).look();
  const admin = await TestApi.as(lab, 'admin');
  const { items } = (await admin.get('backups').expect(200)).body as BackupList;
  const [newest] = items;
  expect(newest?.createdAt.slice(0, 13)).toBe('2026-11-30T04');
  expect(items.filter(({ kind }) => kind === 'scheduled')).toHaveLength(8);
  await lab.stop();
  running = null;

  rmSync(folder, { recursive: true });
  const backups = new BackupFolder(backupFolder);
  const location = lab.settings.database.location;
  const file = backups.pathOf({ name: newest?.name ?? '' });
  const order = { database: location, file, version: '1.0.0', nowS: clock.nowS() };
  expect(await restore(backups, order)).toMatchObject({ wayBack: null });

  lab = await start();
  expect(await totalsOf(lab)).toEqual(worked);

  const before = places.flatMap((place) => place.durationsS).length;
  await workDay(clock, places, 7);
  const later = await totalsOf(lab);
  const newS =
    places.flatMap((place) => place.durationsS).reduce((sum, each) => sum + each, 0) - toldS;
  expect(places.flatMap((place) => place.durationsS)).toHaveLength(
    before + USES_A_DAY * MACHINES.length,
  );
  expect(later.uses?.n).toBe((worked.uses?.n ?? 0) + USES_A_DAY * MACHINES.length);
  expect((later.uses?.seconds ?? 0) - (worked.uses?.seconds ?? 0)).toBeCloseTo(newS, 3);
  const hoursOf = ({ machines }: typeof later) =>
    machines.reduce((sum, { hours_s }) => sum + Number(hours_s), 0);
  expect(hoursOf(later) - hoursOf(imported)).toBeCloseTo(toldS + newS, 3);
  await lab.stop();
  running = null;
  rmSync(folder, { recursive: true });
  rmSync(backupFolder, { recursive: true });
});
