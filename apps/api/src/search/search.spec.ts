import { SEARCH_LIMIT, SearchResults } from '@fabomatic/members';
import request from 'supertest';
import { ReadDb } from '../database/db';
import { CARDS, furnish } from '../testing/cast';
import { eachLab } from '../testing/each-lab';

eachLab(
  async (lab) => {
    await furnish(lab);
    await lab.change(async (db) => {
      await db.execute(`UPDATE members SET email = 'ada@lovelace.org' WHERE first_name = 'Ada'`);
      await db.execute(`UPDATE members SET last_name = '100%_\\' WHERE first_name = 'Dan'`);
      await db.execute(`UPDATE members SET deleted_at = 1 WHERE first_name = 'Bob'`);
      const row = { machine_id: 3, description: 'Grease the ways', lcd_message: 'Grease' };
      await db.insert('maintenance_plans', { ...row, interval_s: 3600, created_at: 1 });
    });
  },
  (scene) => {
    const find = async (q: string): Promise<SearchResults> => {
      const { body } = await scene.api.get(`search?q=${encodeURIComponent(q)}`).expect(200);
      return SearchResults.parse(body);
    };
    const namesFor = async (q: string) => (await find(q)).members.map(({ name }) => name);

    it.each([
      ['the beginning of a name', 'ada', ['Ada Test']],
      ['the end of a name', 'EO TES', ['Cleo Test']],
      ['last name first', 'test ev', ['Eve Test']],
      ['an e-mail', 'LOVELACE', ['Ada Test']],
      ['what SQL takes for wildcards', '0%_\\', ['Dan 100%_\\']],
      ['a wildcard alone', '%', ['Dan 100%_\\']],
      ['a deleted member', 'bob', []],
      ['nothing', 'xyzzy', []],
    ])('finds members by %s', async (_what, q, names) => {
      expect(await namesFor(q)).toEqual(names);
    });

    it('finds a card however it is typed, and not one that was lost', async () => {
      for (const typed of [CARDS.ada, 'ADA0', 'ad:a0:00:01']) {
        const { members } = await find(typed);
        expect(members[0]).toMatchObject({ name: 'Ada Test', cardEnding: '0001' });
      }
      expect(await namesFor(CARDS.cleo)).toEqual([]);
      expect((await find('ada')).members[0]).toMatchObject({
        email: 'ada@lovelace.org',
        cardEnding: null,
      });
      // Two digits are in many cards.
      expect(await namesFor('00')).toEqual(['Dan 100%_\\']);
    });

    it('finds machines and plans, what begins with the text first', async () => {
      const { machines, plans } = await find('la');
      expect(machines.map(({ name }) => name)).toEqual(['laser', 'lathe']);
      expect(plans).toEqual([]);
      expect((await find('ways')).plans).toEqual([
        { id: 1, description: 'Grease the ways', machineId: 3, machineName: 'lathe' },
      ]);
    });

    it('answers with a few of each, with one query, however many there are', async () => {
      const query = jest.spyOn(scene.lab.app.get(ReadDb), 'query');
      await find('test');
      const before = query.mock.calls.length;
      await scene.lab.change(async (db) => {
        for (let n = 0; n < 20; n++) {
          const row = { first_name: `Test ${n}`, last_name: 'Test', role_id: 1, created_at: 1 };
          await db.insert('members', row);
        }
      });
      query.mockClear();
      expect((await find('test')).members).toHaveLength(SEARCH_LIMIT);
      // The other one asks who the session belongs to.
      expect(query.mock.calls).toHaveLength(before);
      expect(before).toBe(2);
      query.mockRestore();
    });

    it('refuses what is no search, and who may not', async () => {
      for (const [path, field] of [
        ['search', 'q'],
        ['search?q=%20', 'q'],
        [`search?q=${'x'.repeat(101)}`, 'q'],
        ['search?q=a&page=2', 'page'],
      ] as const) {
        const { body } = await scene.api.get(path).expect(422);
        expect(Object.keys(body.fields)).toEqual([field]);
      }
      await request(scene.lab.app.getHttpServer()).get('/api/v1/search?q=a').expect(401);
      const reader = await scene.as('read-only');
      await reader.get('search?q=a').expect(200);
    });
  },
);
