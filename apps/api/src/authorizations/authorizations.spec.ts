import type { Page } from '@fabomatic/kernel';
import type { AuthorizationMatrix, AuthorizationView } from '@fabomatic/members';
import { CARDS, furnish, MACHINES } from '../testing/cast';
import { eachLab } from '../testing/each-lab';
import { queriesOf } from '../testing/query-count';

const { laser, lathe, drill } = MACHINES;

eachLab(furnish, (scene) => {
  const memberId = async (name: string) =>
    (await scene.lab.rows<{ id: number }>('SELECT id FROM members WHERE first_name = ?', [name]))[0]
      ?.id ?? 0;
  const list = async (query = '') =>
    (await scene.api.get(`authorizations?${query}`).expect(200)).body as Page<AuthorizationView>;
  const matrix = async (query = '') =>
    (await scene.api.get(`authorizations/matrix?${query}`).expect(200)).body as AuthorizationMatrix;
  const mayUse = async (machine: number, uid: string) => {
    const boards = await scene.lab.boards();
    return (await boards.ask(machine, { action: 'checkuser', uid }))['is_valid'];
  };

  it('[44] gives and takes away one, and boards obey at once', async () => {
    const dan = await memberId('Dan');
    expect(await mayUse(drill, CARDS.dan)).toBe(false);
    const made = (
      await scene.api.post('authorizations', { memberId: dan, machineId: drill }).expect(201)
    ).body as AuthorizationView;
    expect(made).toMatchObject({ memberName: 'Dan Test', machineName: 'drill' });
    expect(await mayUse(drill, CARDS.dan)).toBe(true);
    expect((await list(`memberId=${dan}`)).items).toEqual([made]);
    expect((await list(`memberId=${dan}&machineId=${laser}`)).items).toEqual([]);
    expect((await list('q=DRI&sort=-member')).items[0]).toMatchObject({ memberName: 'Eve Test' });

    await scene.api.delete(`authorizations/${made.id}`).expect(204);
    expect(await mayUse(drill, CARDS.dan)).toBe(false);
    await scene.api.get(`authorizations/${made.id}`).expect(404);
    await scene.api.delete(`authorizations/${made.id}`).expect(404);
    const trail = await scene.lab.rows<{ action: string }>(
      "SELECT action FROM audit_entries WHERE subject = 'authorization' ORDER BY id",
    );
    expect(trail.map(({ action }) => action)).toEqual(['create', 'delete']);
  });

  it('[45][S19] refuses the same pair twice with words, not with SQL', async () => {
    const body = { memberId: await memberId('Ada'), machineId: laser };
    const answer = await scene.api.post('authorizations', body).expect(409);
    expect(answer.body).toMatchObject({
      code: 'authorization.taken',
      fields: { machineId: 'authorization.taken' },
    });
    expect(JSON.stringify(answer.body)).not.toMatch(/sql|constraint|unique/i);
  });

  it.each([
    ['an unknown member', { memberId: 999, machineId: laser }, 'memberId', 'member.not_found'],
    ['an unknown machine', { memberId: 1, machineId: 999 }, 'machineId', 'machine.not_found'],
    ['no machine', { memberId: 1 }, 'machineId', 'field.required'],
    ['half a member', { memberId: 1.5, machineId: laser }, 'memberId', 'field.invalid'],
    ['more', { memberId: 1, machineId: laser, until: 5 }, 'until', 'field.unknown'],
  ])('refuses %s', async (_, body, field, code) => {
    const answer = await scene.api.post('authorizations', body).expect(422);
    expect(answer.body).toMatchObject({ fields: { [field]: code } });
  });

  it('[46] many at once: what is so already is skipped, nobody else loses anything', async () => {
    const [ada, dan, cleo] = [await memberId('Ada'), await memberId('Dan'), await memberId('Cleo')];
    const before = (await list()).total;
    const grant = [ada, dan, cleo].map((id) => ({ memberId: id, machineId: lathe }));
    const bulk = async (body: object) =>
      (await scene.api.post('authorizations/bulk', body).expect(200)).body as object;
    expect(await bulk({ grant })).toEqual({ granted: 2, revoked: 0, skipped: 1 });
    expect((await list()).total).toBe(before + 2);
    expect(await bulk({ grant })).toEqual({ granted: 0, revoked: 0, skipped: 3 });
    expect(await mayUse(lathe, CARDS.dan)).toBe(true);

    const revoke = [...grant.slice(1), { memberId: dan, machineId: drill }];
    expect(await bulk({ grant: [{ memberId: dan, machineId: laser }], revoke })).toEqual({
      granted: 1,
      revoked: 2,
      skipped: 1,
    });
    expect(await mayUse(lathe, CARDS.dan)).toBe(false);
    expect(await mayUse(laser, CARDS.dan)).toBe(true);
    expect((await list()).total).toBe(before + 1);
  });

  it('many at once: one wrong pair, and nothing is changed', async () => {
    const before = (await list()).total;
    const grant = [
      { memberId: await memberId('Dan'), machineId: lathe },
      { memberId: 999, machineId: lathe },
    ];
    const answer = await scene.api.post('authorizations/bulk', { grant }).expect(422);
    expect(answer.body).toMatchObject({ fields: { 'grant.1.memberId': 'member.not_found' } });
    expect((await list()).total).toBe(before);
    const tooMany = Array.from({ length: 5001 }, () => grant[0] ?? {});
    await scene.api.post('authorizations/bulk', { revoke: tooMany }).expect(422);
    await scene.api
      .post('authorizations/bulk', { grant: tooMany.slice(1), revoke: [grant[0]] })
      .expect(422);
  });

  it('five thousand pairs in one change', async () => {
    const memberIds = await scene.lab.change(async (db) => {
      const ids: number[] = [];
      for (let n = 0; n < 1000; n++) {
        ids.push(
          await db.insert('members', {
            first_name: `Bulk${n}`,
            last_name: 'Test',
            role_id: 1,
            created_at: 1,
          }),
        );
      }
      return ids;
    });
    const machineIds = [1, laser, lathe, drill, MACHINES.blocked];
    const pairs = memberIds.flatMap((member) =>
      machineIds.map((machine) => ({ memberId: member, machineId: machine })),
    );
    const granted = await scene.api.post('authorizations/bulk', { grant: pairs }).expect(200);
    expect(granted.body).toEqual({ granted: 5000, revoked: 0, skipped: 0 });
    expect((await list('q=bulk')).total).toBe(5000);
    const revoked = await scene.api.post('authorizations/bulk', { revoke: pairs }).expect(200);
    expect(revoked.body).toEqual({ granted: 0, revoked: 5000, skipped: 0 });
  });

  it('the matrix shows members, machines, and who needs no authorisation', async () => {
    const all = await matrix('q=test&pageSize=200');
    const ada = all.items.find(({ name }) => name === 'Ada Test');
    expect(ada).toMatchObject({ authorizeAll: false, roleName: 'Ordinary', disabled: false });
    expect(ada?.machineIds).toEqual(Object.values(MACHINES).sort());
    expect(all.machines.map(({ name }) => name)).toEqual([
      'blocked',
      'drill',
      'laser',
      'lathe',
      'MACHINE1',
    ]);
    expect(all.machines.find(({ id }) => id === drill)).toMatchObject({
      name: 'drill',
      access: 'authorization',
      authorized: 2,
    });
    const admin = (await matrix('q=pat')).items[0];
    expect(admin).toMatchObject({ machineIds: [] });

    const one = await matrix(`machineId=${laser}&authorized=true&sort=-name`);
    expect(one.machines).toHaveLength(1);
    expect(one.items.map(({ name }) => name)).toEqual(['Eve Test', 'Dan Test', 'Ada Test']);
    expect((await matrix(`q=bob&authorized=false`)).total).toBe(1);
    expect(await matrix('pageSize=1&page=2')).toMatchObject({ page: 2, pageSize: 1 });
    for (const wrong of ['roleId=x', 'authorized=maybe', 'page=0', 'colour=red']) {
      await scene.api.get(`authorizations/matrix?${wrong}`).expect(422);
    }
  });

  it('[25] deleted members are in neither', async () => {
    const cleo = await memberId('Cleo');
    await scene.api.post('authorizations', { memberId: cleo, machineId: drill }).expect(201);
    await scene.lab.change((db) =>
      db.execute('UPDATE members SET deleted_at = 5 WHERE id = ?', [cleo]),
    );
    expect((await list(`memberId=${cleo}`)).total).toBe(0);
    expect((await matrix('q=cleo')).total).toBe(0);
    expect((await matrix(`machineId=${drill}`)).machines[0]?.authorized).toBe(2);
    await scene.api.post('authorizations', { memberId: cleo, machineId: laser }).expect(422);
  });

  it('asks the database as often for one as for many', async () => {
    const few = await queriesOf(scene.lab, () => list('pageSize=1'));
    expect(await queriesOf(scene.lab, () => list('pageSize=200&q=test'))).toBe(few);
    const small = await queriesOf(scene.lab, () => matrix('pageSize=1'));
    expect(await queriesOf(scene.lab, () => matrix('pageSize=200'))).toBe(small);
    expect(small).toBeLessThanOrEqual(5);
  });

  it('only those who may change members give and take away', async () => {
    for (const [access, status] of [
      ['read-only', 403],
      ['machines', 403],
      ['members', 200],
    ] as const) {
      const api = await scene.as(access);
      await api.get('authorizations/matrix').expect(200);
      await api.post('authorizations/bulk', {}).expect(status);
    }
  });
});
