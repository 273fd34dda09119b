import request from 'supertest';
import { eachLab } from '../testing/each-lab';
import { queriesOf } from '../testing/query-count';
import type { TestLab } from '../testing/test-lab';

/** More than one of everything that lists are made of. */
const ROWS = 12;
/** Lists that this spec puts nothing into. */
const MAY_BE_EMPTY = /^me\/|api-keys|board-accounts|rollouts|runs|mails/;

interface Parameter {
  readonly name: string;
  readonly schema?: { readonly enum?: readonly string[]; readonly default?: unknown };
}
interface Description {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { parameters?: readonly Parameter[] }>>>
  >;
}
/** Path below /api/v1 -> what it sorts by. */
type Lists = ReadonlyMap<string, readonly string[]>;

/** Every route that answers with a page, as the API describes itself: a new list is among them. */
async function listsOf(lab: TestLab): Promise<Lists> {
  const { body } = await request(lab.app.getHttpServer()).get('/api/openapi.json').expect(200);
  const lists = new Map<string, readonly string[]>();
  for (const [path, { get }] of Object.entries((body as Description).paths)) {
    const parameters = get?.parameters ?? [];
    const isList = parameters.some(({ name }) => name === 'pageSize');
    if (!isList || /[{]|\/exports\//.test(path)) continue;
    const sort = parameters.find(({ name }) => name === 'sort');
    lists.set(path.replace('/api/v1/', ''), sort?.schema?.enum ?? []);
  }
  return lists;
}

async function fill(lab: TestLab): Promise<void> {
  await lab.lab.changeUses(async (db) => {
    for (let n = 1; n <= ROWS; n++) {
      const seen = { first_seen_at: n, last_seen_at: n };
      const type = await db.insert('machine_types', {
        name: `Type ${n}`,
        timeout_min: n,
        grace_min: 1,
      });
      const machine = await db.insert('machines', {
        name: `Machine ${n}`,
        type_id: type,
        created_at: 1,
      });
      const role = await db.insert('roles', { name: `Role ${n}` });
      const member = await db.insert('members', {
        first_name: 'Member',
        last_name: String(n),
        role_id: role,
        created_at: 1,
      });
      const of = { machine_id: machine };
      await db.insert('cards', { member_id: member, uid: `c0de00${10 + n}`, created_at: 1 });
      await db.insert('authorizations', { ...of, member_id: member, created_at: 1 });
      await db.insert('boards', { ...of, serial: `s${n}`, ip: '10.0.0.1', firmware: '1', ...seen });
      await db.insert('unrecognised_cards', { ...of, uid: `beef00${10 + n}`, ...seen });
      const plan = await db.insert('maintenance_plans', {
        ...of,
        description: `Plan ${n}`,
        interval_s: 3600,
        created_at: 1,
      });
      await db.insert('interventions', { ...of, plan_id: plan, member_id: member, done_at: n });
      await db.insert('uses', {
        ...of,
        member_id: member,
        started_at: 1000 * n,
        last_seen_at: 1000 * n + 60,
        ended_at: 1000 * n + 60,
        duration_s: 60,
        authorized: true,
      });
    }
  });
}

eachLab(fill, (scene) => {
  let lists: Lists;
  beforeAll(async () => {
    lists = await listsOf(scene.lab);
    // So that the audit trail has some entries too.
    for (let n = 1; n <= ROWS; n++) await scene.api.post('machine-types', { name: `Made ${n}` });
  });
  const get = async (path: string) => (await scene.api.get(path).expect(200)).body as object;

  it('the lists of the portal are among them', () => {
    expect([...lists.keys()]).toEqual(
      expect.arrayContaining([
        'authorizations',
        'authorizations/matrix',
        'boards',
        'interventions',
        'machine-types',
        'machines',
        'maintenance-plans',
        'members',
        'roles',
        'unrecognized-cards',
        'uses',
      ]),
    );
  });

  it('[B15] each is a page of at most 200, and refuses what it does not know', async () => {
    for (const path of lists.keys()) {
      const page = (await get(`${path}?page=1&pageSize=3`)) as { items: unknown[]; total: number };
      expect(page).toMatchObject({ page: 1, pageSize: 3, total: expect.any(Number) });
      expect([path, page.items.length]).toEqual([path, Math.min(3, page.total)]);
      if (!MAY_BE_EMPTY.test(path)) expect([path, page.total >= ROWS]).toEqual([path, true]);
      await get(`${path}?pageSize=200`);
      for (const [query, field] of [
        ['pageSize=201', 'pageSize'],
        ['pageSize=0', 'pageSize'],
        ['page=0', 'page'],
        ['sort=nonsense', 'sort'],
        ['colour=red', 'colour'],
      ] as const) {
        const { body } = await scene.api.get(`${path}?${query}`).expect(422);
        expect([path, Object.keys((body as { fields: object }).fields)]).toEqual([path, [field]]);
      }
    }
  });

  it('[B14] each asks the database as often for many as for one, in whatever order', async () => {
    for (const [path, sorts] of lists) {
      const one = await queriesOf(scene.lab, () => get(`${path}?pageSize=1`));
      expect([path, one <= 5]).toEqual([path, true]);
      for (const sort of [undefined, ...sorts]) {
        const query = sort === undefined ? '' : `&sort=${encodeURIComponent(sort)}`;
        const many = await queriesOf(scene.lab, () => get(`${path}?pageSize=200${query}`));
        expect([path, sort, many]).toEqual([path, sort, one]);
      }
    }
  });
});
