import { setTimeout as sleep } from 'node:timers/promises';
import { CARDS, furnish, MACHINES } from '../testing/cast';
import { eachBroker } from '../testing/each-broker';
import { until } from '../testing/test-lab';

/** Rules 2 and 4 of docs/board-protocol.md: a board takes whatever arrives for what it waits for. */
const { laser, lathe, drill } = MACHINES;
const START = { action: 'startuse', uid: CARDS.ada };
const CHECK_CARD = { action: 'checkuser', uid: CARDS.ada };

eachBroker(furnish, (scene) => {
  const usesOf = (machine: number) =>
    scene.lab.rows<{ card_uid: string; ended_at: number | null; duration_s: number | null }>(
      'SELECT card_uid, ended_at, duration_s FROM uses WHERE machine_id = ? ORDER BY id',
      [machine],
    );

  describe('rule 2: in time or not at all', () => {
    it('answers far within 1.5 s, fifty boards at once', async () => {
      const machines = Array.from({ length: 50 }, (_, n) => 10_000 + n);
      await scene.lab.change(async (db) => {
        for (const id of machines) {
          await db.insert('machines', { id, name: `m${id}`, type_id: 1, created_at: 0 });
        }
      });
      const sentAtMs = performance.now();
      const answers = machines.map((machine) => scene.boards.next(machine));
      for (const machine of machines) scene.boards.say(machine, { ...START, uid: '12345678' });
      const slowest = Math.max(...(await Promise.all(answers)).map(({ atMs }) => atMs - sentAtMs));
      expect(slowest).toBeLessThan(1500);
    });

    it('sends no answer after 1.8 s, and keeps what was recorded', async () => {
      const { dropped } = scene.lab.counters;
      scene.lab.slowDown(1900);
      scene.boards.say(laser, START);
      await until(async () => (await usesOf(laser)).length === 1);
      await until(() => scene.lab.counters.dropped > dropped);
      scene.lab.slowDown(0);
      // A board says again what was not answered, before anything else; with a late answer still
      // under way it would take that one for this.
      const answers = await scene.boards.hears(laser, { ...START, replay: true });
      expect(answers.map(({ text }) => JSON.parse(text).request_ok)).toEqual([true]);
      await scene.boards.ask(laser, { action: 'inuse', uid: CARDS.ada, duration: 3 });
      await scene.boards.ask(laser, { action: 'stopuse', uid: CARDS.ada, duration: 3 });
      expect(await usesOf(laser)).toHaveLength(1);
    });

    it('sends none once the machine has said something newer', async () => {
      scene.lab.slowDown(400, (call) => call === 0);
      const before = scene.boards.answers(lathe).length;
      scene.boards.say(lathe, START);
      await sleep(50);
      scene.boards.say(lathe, { action: 'checkuser', uid: CARDS.stranger });
      await until(() => scene.boards.answers(lathe).length > before);
      await sleep(100);
      const answers = scene.boards.answers(lathe).slice(before);
      expect(answers.map(({ text }) => JSON.parse(text).is_valid)).toEqual([false]);
      expect(await usesOf(lathe)).toHaveLength(1);
      await scene.boards.ask(lathe, { action: 'stopuse', uid: CARDS.ada, duration: 1 });
    });
  });

  describe('rule 4: in order for each machine, and none for another', () => {
    it('has done a slow start before the stop behind it', async () => {
      scene.lab.slowDown(500, (call) => call === 0);
      const count = (await usesOf(drill)).length;
      const stopped = scene.boards.next(drill);
      scene.boards.say(drill, START);
      scene.boards.say(drill, { action: 'stopuse', uid: CARDS.ada, duration: 0.4 });
      const other = await scene.boards.ask(lathe, CHECK_CARD);
      expect(other).toMatchObject({ is_valid: true });
      expect(await usesOf(drill)).toHaveLength(count);

      expect(JSON.parse((await stopped).text)).toMatchObject({ message: 'Duration 0.4 seconds' });
      const uses = (await usesOf(drill)).slice(count);
      expect(uses).toHaveLength(1);
      expect(uses[0]?.ended_at).not.toBeNull();
    });

    it('answers other machines while one waits for the disk', async () => {
      scene.lab.slowDown(700, (call) => call === 0);
      const slow = scene.boards.next(drill);
      scene.boards.say(drill, { ...START, uid: CARDS.eve });
      await sleep(20);
      const startMs = performance.now();
      await scene.boards.ask(laser, { ...START, uid: CARDS.eve });
      await scene.boards.ask(lathe, CHECK_CARD);
      const othersMs = performance.now() - startMs;
      const slowMs = (await slow).atMs - startMs;
      expect(othersMs).toBeLessThan(slowMs);
      expect(othersMs).toBeLessThan(500);
    });
  });
});
