import type { BoardAccountView, BoardView, NewBoardAccountView } from '@fabomatic/boards';
import { furnish, MACHINES } from '../testing/cast';
import { eachLab } from '../testing/each-lab';

const { laser, lathe } = MACHINES;

eachLab(
  furnish,
  (scene) => {
    const create = async (machineId: number): Promise<NewBoardAccountView> =>
      (await scene.api.post('board-accounts', { machineId }).expect(201))
        .body as NewBoardAccountView;
    const list = async (query = ''): Promise<BoardAccountView[]> =>
      (
        (await scene.api.get(`board-accounts${query}`).expect(200)).body as {
          items: BoardAccountView[];
        }
      ).items;

    it('[B8] shows the password once, keeps it as a hash, and tells the trail nothing of it', async () => {
      const made = await create(laser);
      expect(made).toMatchObject({
        id: laser,
        user: `board-${laser}`,
        password: expect.stringMatching(/^[a-km-np-z2-9]{20}$/),
        state: 'waiting',
        lastUsedAt: null,
      });
      const renewed = (await scene.api.post(`board-accounts/${laser}/password`).expect(201))
        .body as NewBoardAccountView;
      expect(renewed.password).not.toBe(made.password);
      const stored = JSON.stringify([
        await scene.lab.rows('SELECT * FROM board_accounts'),
        await scene.lab.rows('SELECT * FROM audit_entries'),
        await list(),
      ]);
      for (const { password } of [made, renewed]) expect(stored).not.toContain(password);
      expect(stored).toContain('$7$');
      const [trail] = await scene.lab.rows<{ n: number }>(
        "SELECT COUNT(*) AS n FROM audit_entries WHERE subject = 'board-account'",
      );
      expect(Number(trail?.n)).toBe(2);
    });

    it('gives a machine one account, and none to a machine that is not there', async () => {
      await scene.api.post('board-accounts', { machineId: laser }).expect(409);
      await scene.api.post('board-accounts', { machineId: 60_000 }).expect(404);
      await scene.api.post(`board-accounts/${lathe}/password`).expect(404);
      await scene.api.delete(`board-accounts/${lathe}`).expect(404);
      expect((await list('?state=waiting')).map(({ id }) => id)).toEqual([laser]);
      expect(await list('?state=used')).toEqual([]);
    });

    it.each([
      'machine',
      `machine/${lathe}`,
      `machine/${lathe}/reply`,
      'stats/fabomatic',
      '#',
      'a/+/b',
      '$SYS/x',
      'has blank',
      'x'.repeat(41),
    ])('takes no switch topic %j', async (switchTopic) => {
      const answer = await scene.api
        .post('board-accounts', { machineId: lathe, switchTopic })
        .expect(422);
      expect(Object.keys((answer.body as { fields: object }).fields)).toEqual(['switchTopic']);
    });

    it('[B1] is for those who manage machines', async () => {
      const reader = await scene.as('read-only');
      await reader.get('board-accounts').expect(200);
      await reader.post('board-accounts', { machineId: lathe }).expect(403);
      await reader.post(`board-accounts/${laser}/password`).expect(403);
      await (await scene.as('members')).delete(`board-accounts/${laser}`).expect(403);
    });

    it('says on the list of boards whether theirs has one, and goes with its machine', async () => {
      await scene.lab.change((db) =>
        db.insert('boards', {
          machine_id: laser,
          serial: 's',
          ip: '10.0.0.7',
          firmware: 'f',
          first_seen_at: 1,
          last_seen_at: 2,
        }),
      );
      const { body } = await scene.api.get(`boards?machineId=${laser}`).expect(200);
      expect((body as { items: BoardView[] }).items[0]?.account).toBe('waiting');
      await scene.api.delete(`board-accounts/${laser}`).expect(204);
      await create(laser);
      await scene.api.delete(`machines/${laser}`, { force: true }).expect(204);
      expect(await list()).toEqual([]);
    });
  },
  async () => ({ environment: { FABOMATIC_MQTT_BOARD_ACCOUNTS: 'optional' } }),
);
