import { FIRST_RUN_STEPS, FirstRunView } from '@fabomatic/machines';
import { eachLab } from '../testing/each-lab';
import { until } from '../testing/test-lab';

const CARD = 'f00dcafe';

eachLab(
  async () => undefined,
  (scene) => {
    const view = async () =>
      FirstRunView.parse((await scene.api.get('first-run').expect(200)).body);
    const done = async () => {
      const { done: ticks } = await view();
      return FIRST_RUN_STEPS.filter((step) => ticks[step]);
    };

    it('ticks each step off when it has happened, and not before', async () => {
      const { lab } = scene;
      const boards = await lab.boards();
      const before = await view();
      expect(before).toMatchObject({ isNew: true, machine: { id: 1, name: 'MACHINE1' } });
      expect(before.broker).toMatchObject({ port: lab.settings.mqtt.port, topic: 'machine/1' });
      expect(await done()).toEqual(['password']);

      await boards.ask(7, { action: 'checkmachine' });
      expect((await view()).strangers).toEqual([7]);
      expect(await done()).toEqual(['password']);

      await lab.change((db) => db.execute(`UPDATE machines SET name = 'Laser' WHERE id = 1`));
      expect(await done()).toEqual(['password', 'machine']);

      await boards.ask(1, { action: 'checkmachine' });
      expect(await done()).toEqual(['password', 'machine', 'board']);

      await boards.ask(1, { action: 'checkuser', uid: CARD });
      // The board is answered first, and then the card is written down.
      await until(async () => (await done()).includes('card'));
      expect(await done()).toEqual(['password', 'machine', 'board', 'card']);
      expect((await view()).card).toEqual({ uid: CARD, machineName: 'Laser' });

      const member = await lab.change(async (db) => {
        const role = await db.insert('roles', { name: 'Ordinary' });
        const row = { first_name: 'Ada', last_name: 'Lovelace', role_id: role, created_at: 1 };
        const id = await db.insert('members', row);
        await db.insert('cards', { member_id: id, uid: CARD, created_at: 1 });
        return id;
      });
      expect(await done()).toEqual(['password', 'machine', 'board', 'card', 'member']);
      expect((await view()).member).toEqual({ id: member, name: 'Ada Lovelace' });

      await lab.change((db) =>
        db.insert('authorizations', { member_id: member, machine_id: 1, created_at: 1 }),
      );
      expect(await done()).toEqual(['password', 'machine', 'board', 'card', 'member', 'access']);
      expect((await view()).isNew).toBe(true);

      await boards.ask(1, { action: 'startuse', uid: CARD });
      expect((await view()).isNew).toBe(false);
    });

    it('is for administrators', async () => {
      for (const access of ['read-only', 'members', 'machines'] as const) {
        await (await scene.as(access)).get('first-run').expect(403);
      }
    });
  },
);
