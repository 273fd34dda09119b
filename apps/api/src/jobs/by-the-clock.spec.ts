import { TestMailServer } from '../testing/mail-server';
import { TestLab, until } from '../testing/test-lab';

/** A Sunday. */
const clock = { now: Date.parse('2026-11-22T12:00:00Z') / 1000, nowS: () => clock.now };
const READER = 'ada@example.org';
const TWO_DAYS_S = 2 * 24 * 3600;

jest.setTimeout(60_000);

test('[63] [64] purge, backup, summary of the week and alerts happen by themselves', async () => {
  const server = await TestMailServer.start();
  const timers: { look: () => unknown; everyMs: number }[] = [];
  const setTimer = setInterval;
  jest.spyOn(globalThis, 'setInterval').mockImplementation((look, everyMs) => {
    timers.push({ look, everyMs: everyMs ?? 0 });
    return setTimer(look, everyMs);
  });
  const lab = await TestLab.start({ clock, environment: server.environment });
  jest.restoreAllMocks();
  try {
    await lab.change(async (db) => {
      const role = await db.insert('roles', { name: 'Wardens', maintenance: true });
      await db.insert('members', {
        first_name: 'Ada',
        last_name: '',
        email: READER,
        role_id: role,
        created_at: 1,
        weekly_summary: true,
        maintenance_due_mails: true,
      });
      await db.insert('maintenance_plans', {
        machine_id: 1,
        description: 'Oil',
        interval_s: 3600,
        elapsed_s: 9000,
        created_at: 1,
      });
    });
    clock.now += TWO_DAYS_S;
    // Whoever looks does so once a minute at least: nobody calls them by name here.
    for (const { look, everyMs } of timers) if (everyMs <= 60_000) look();
    await until(async () => {
      const runs = await lab.rows<{ job: string }>(
        `SELECT job FROM job_runs
         WHERE triggered_by = 'schedule' AND outcome = 'done' ORDER BY job`,
      );
      return runs.map(({ job }) => job).join() === 'backup,purge,weekly-summary';
    });
    const mails = () => server.mails.filter(({ to }) => to.includes(READER));
    await until(() => mails().length === 2);
    const summary = /the week of 16\s?–\s?22\sNovember\s2026/;
    const said = mails().map(({ text }) => text);
    expect(said.filter((text) => summary.test(text))).toHaveLength(1);
    expect(said.filter((text) => !summary.test(text) && text.includes('Oil'))).toHaveLength(1);
  } finally {
    await lab.remove();
    await server.stop();
  }
});
