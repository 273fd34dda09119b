import type { StatisticsView } from '@fabomatic/uses';
import { furnish, MACHINES } from '../testing/cast';
import { eachLab } from '../testing/each-lab';
import { queriesOf } from '../testing/query-count';

const { laser, lathe } = MACHINES;
const HOUR = 3600;

/** [machine, start, hours, member's first name]; the lab is in Rome. */
const USES: [number, string, number, string | null][] = [
  [laser, '2026-03-10T08:00:00Z', 2, 'Ada'],
  [laser, '2026-03-10T22:30:00Z', 1, 'Eve'],
  [lathe, '2026-03-10T09:00:00Z', 1, 'Ada'],
  [lathe, '2026-04-02T09:00:00Z', 4, null],
  [laser, '2025-02-01T09:00:00Z', 8, 'Ada'],
];

eachLab(
  async (lab) => {
    await furnish(lab);
    await lab.lab.changeUses(async (db) => {
      for (const [machine_id, start, hours, name] of USES) {
        const [member] = await db.query<{ id: number }>(
          'SELECT id FROM members WHERE first_name = ?',
          [name],
        );
        const started_at = Date.parse(start) / 1000;
        const ended_at = started_at + hours * HOUR;
        await db.insert('uses', {
          machine_id,
          member_id: member?.id ?? null,
          started_at,
          last_seen_at: ended_at,
          ended_at,
          duration_s: hours * HOUR,
          authorized: true,
        });
      }
      await db.insert('uses', {
        machine_id: laser,
        started_at: Date.parse('2026-03-11T09:00:00Z') / 1000,
        last_seen_at: Date.parse('2026-03-11T09:00:00Z') / 1000,
        authorized: true,
      });
    });
  },
  (scene) => {
    const ask = async (query: string) =>
      (await scene.api.get(`statistics?${query}`).expect(200)).body as StatisticsView;
    const SPRING = 'from=2026-03-01&to=2026-04-30';

    it('adds up ended uses by machine, member, weekday, hour, day, week and month', async () => {
      const found = await ask(SPRING);
      expect(found).toMatchObject({
        from: '2026-03-01',
        to: '2026-04-30',
        timezone: 'Europe/Rome',
        seconds: 8 * HOUR,
        uses: 4,
        medianS: 1.5 * HOUR,
        secondsBefore: 0,
        members: 2,
      });
      expect(found.byMachine).toEqual([
        { id: lathe, name: 'lathe', seconds: 5 * HOUR, uses: 2 },
        { id: laser, name: 'laser', seconds: 3 * HOUR, uses: 2 },
      ]);
      expect(found.byMember.map(({ name, seconds, uses }) => [name, seconds, uses])).toEqual([
        ['Ada Test', 3 * HOUR, 2],
        ['Eve Test', HOUR, 1],
      ]);
      // 23:30 to 00:30 in Rome lies on a Tuesday and on a Wednesday.
      expect(found.byWeekday).toEqual([0, 3.5 * HOUR, HOUR / 2, 4 * HOUR, 0, 0, 0]);
      expect([found.byHour[23], found.byHour[0], found.byHour[10]]).toEqual([
        HOUR / 2,
        HOUR / 2,
        2 * HOUR,
      ]);
      expect(found.days).toHaveLength(61);
      expect(found.days[9]).toEqual({ from: '2026-03-10', seconds: 3.5 * HOUR, uses: 3 });
      expect(found.months.map(({ from, seconds }) => [from, seconds])).toEqual([
        ['2026-03-01', 4 * HOUR],
        ['2026-04-01', 4 * HOUR],
      ]);
      expect(found.weeks.reduce((total, { uses }) => total + uses, 0)).toBe(4);
      // Nine Tuesdays, two hours of the laser and one of the lathe from ten on.
      expect(found.busy[1]?.[10]).toBeCloseTo(2 / 9, 5);
    });

    it('of one machine, one type, one member; and the time before', async () => {
      expect(await ask(`${SPRING}&machineId=${laser}`)).toMatchObject({ seconds: 3 * HOUR });
      expect(await ask(`${SPRING}&typeId=1`)).toMatchObject({ seconds: 8 * HOUR });
      expect(await ask(`${SPRING}&typeId=99`)).toMatchObject({ uses: 0, medianS: null });
      const [ada] = (await ask(SPRING)).byMember;
      expect(await ask(`${SPRING}&memberId=${ada?.id}`)).toMatchObject({ uses: 2 });
      const year = await ask('from=2026-02-01&to=2027-01-31');
      expect(year.secondsBefore).toBe(8 * HOUR);
      // The first use of the lab came eight months into the year before.
      const younger = await ask('from=2025-06-01&to=2026-05-31');
      expect([younger.seconds, younger.secondsBefore]).toEqual([8 * HOUR, null]);
    });

    it('is the last twelve months unless it is told otherwise', async () => {
      const { from, to, days } = await ask('');
      expect(days.length).toBeGreaterThanOrEqual(365);
      expect(days.length).toBeLessThanOrEqual(366);
      expect(Date.parse(to) - Date.parse(from)).toBeGreaterThan(0);
    });

    it.each([
      ['from=2026-13-01', 'from'],
      ['to=1764000000', 'to'],
      ['from=2026-05-01&to=2026-04-01', 'to'],
      ['from=1990-01-01', 'from'],
      ['colour=red', 'colour'],
    ])('refuses %s', async (query, field) => {
      const { body } = await scene.api.get(`statistics?${query}`).expect(422);
      expect((body as { fields: object }).fields).toHaveProperty(field);
    });

    it('[B14] asks the database three times, whatever the range', async () => {
      const day = await queriesOf(scene.lab, () => ask('from=2026-03-10&to=2026-03-10'));
      expect(await queriesOf(scene.lab, () => ask('from=2020-01-01&to=2026-12-31'))).toBe(day);
      expect(day).toBeLessThanOrEqual(4);
    });
  },
);
