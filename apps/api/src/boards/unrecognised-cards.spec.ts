import type { Page } from '@fabomatic/kernel';
import type { MemberView, UnrecognizedCardView } from '@fabomatic/members';
import { furnish, MACHINES } from '../testing/cast';
import { eachLab } from '../testing/each-lab';
import type { TestBoards } from '../testing/test-boards';
import { until } from '../testing/test-lab';

let boards: TestBoards;

eachLab(
  async (lab) => {
    await furnish(lab);
    boards = await lab.boards();
  },
  (scene) => {
    const list = async (query = ''): Promise<Page<UnrecognizedCardView>> =>
      (await scene.api.get(`unrecognized-cards?${query}`).expect(200))
        .body as Page<UnrecognizedCardView>;
    const find = async (uid: string): Promise<UnrecognizedCardView | undefined> =>
      (await list('pageSize=200')).items.find((card) => card.uid === uid);
    const tap = async (uid: string, machine: number): Promise<void> => {
      const before = (await find(uid))?.times ?? 0;
      await boards.ask(machine, { action: 'checkuser', uid });
      await until(async () => ((await find(uid))?.times ?? 0) > before);
    };
    const newMember = async (cards: object[]): Promise<MemberView> => {
      const [role] = await scene.lab.rows<{ id: number }>(
        "SELECT id FROM roles WHERE name = 'Ordinary'",
      );
      const body = { firstName: 'Noa', lastName: 'New', roleId: role?.id, cards };
      return (await scene.api.post('members', body).expect(201)).body as MemberView;
    };

    it('[26] lists each card once, newest first, with machines and times', async () => {
      await tap('feed0001', MACHINES.laser);
      await tap('feed0002', MACHINES.laser);
      await tap('feed0001', MACHINES.lathe);
      await tap('feed0001', MACHINES.lathe);
      const { items, total } = await list();
      expect(total).toBe(2);
      expect(items.map(({ uid, times }) => [uid, times])).toEqual([
        ['feed0001', 3],
        ['feed0002', 1],
      ]);
      expect(items[0]?.machines.map(({ name, times }) => [name, times])).toEqual([
        ['lathe', 2],
        ['laser', 1],
      ]);
      expect((await list('sort=times')).items.map(({ uid }) => uid)).toEqual([
        'feed0002',
        'feed0001',
      ]);
      expect((await list('q=FEED0002')).items.map(({ uid }) => uid)).toEqual(['feed0002']);
      expect((await list(`machineId=${MACHINES.lathe}`)).items.map(({ uid }) => uid)).toEqual([
        'feed0001',
      ]);
      expect(await list('pageSize=1&page=2')).toMatchObject({ total: 2, page: 2 });
    });

    it('[27] [C25] adding a member with the card, or the card to a member, clears its records', async () => {
      await tap('feed1001', MACHINES.laser);
      await tap('feed1001', MACHINES.lathe);
      const made = await newMember([{ uid: 'FEED1001' }]);
      expect(await find('feed1001')).toBeUndefined();
      await tap('feed1002', MACHINES.laser);
      await tap('feed1003', MACHINES.laser);
      await scene.api.post(`members/${made.id}/cards`, { uid: 'feed1002' }).expect(201);
      expect(await find('feed1002')).toBeUndefined();
      expect(await find('feed1003')).toBeDefined();
    });

    it('a refused member keeps the records', async () => {
      await tap('feed2001', MACHINES.laser);
      await newMember([{ uid: 'feed2002' }]);
      const body = { firstName: 'X', roleId: 1, email: 'x@example.org' };
      const cards = [{ uid: 'feed2001' }, { uid: 'feed2002' }];
      await scene.api.post('members', { ...body, cards }).expect(409);
      expect(await find('feed2001')).toBeDefined();
      expect(scene.lab.lab.memberOfCard('feed2001')).toBeUndefined();
    });

    it('is taken off the list by hand, and comes back with the next tap', async () => {
      await tap('feed3001', MACHINES.laser);
      await scene.api.delete('unrecognized-cards/feed3001').expect(204);
      expect(await find('feed3001')).toBeUndefined();
      await scene.api.delete('unrecognized-cards/feed3001').expect(404);
      await tap('feed3001', MACHINES.laser);
      expect(await find('feed3001')).toMatchObject({ times: 1 });
    });

    it('is seen by all who read, taken off only by those who manage members', async () => {
      const [reader, manager] = [await scene.as('read-only'), await scene.as('members')];
      await tap('feed4001', MACHINES.laser);
      await reader.get('unrecognized-cards').expect(200);
      await reader.delete('unrecognized-cards/feed4001').expect(403);
      await manager.delete('unrecognized-cards/feed4001').expect(204);
    });
  },
);
