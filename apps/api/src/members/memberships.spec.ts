import { systemClock, toIso } from '@fabomatic/kernel';
import type { MemberImpact, MemberSummary, MemberView } from '@fabomatic/members';
import { furnish, MACHINES } from '../testing/cast';
import { eachLab } from '../testing/each-lab';
import type { TestBoards } from '../testing/test-boards';

let boards: TestBoards;

eachLab(
  async (lab) => {
    await furnish(lab);
    boards = await lab.boards();
  },
  (scene) => {
    let count = 0;
    const create = async (more: object = {}): Promise<MemberView> => {
      const [role] = await scene.lab.rows<{ id: number }>(
        "SELECT id FROM roles WHERE name = 'Ordinary'",
      );
      const body = { firstName: 'Lea', lastName: `No ${++count}`, roleId: role?.id, ...more };
      return (await scene.api.post('members', body).expect(201)).body as MemberView;
    };
    const get = async (id: number): Promise<MemberView> =>
      (await scene.api.get(`members/${id}`).expect(200)).body as MemberView;
    const mayUse = async (card: string, machine: number = MACHINES.laser): Promise<boolean> =>
      (await boards.ask(machine, { action: 'checkuser', uid: card }))['is_valid'] === true;
    const authorise = (memberId: number) =>
      scene.lab.change((db) =>
        db.insert('authorizations', {
          member_id: memberId,
          machine_id: MACHINES.laser,
          created_at: 1_700_000_000,
        }),
      );
    const addUse = (memberId: number, startedAt: number, durationS: number | null) =>
      scene.lab.change((db) =>
        db.insert('uses', {
          machine_id: durationS === null ? MACHINES.drill : MACHINES.laser,
          member_id: memberId,
          started_at: startedAt,
          last_seen_at: startedAt,
          ended_at: durationS === null ? null : startedAt + durationS,
          duration_s: durationS,
          authorized: true,
        }),
      );

    it('[25] [B20] deleting frees the card, ends access at once, keeps history, and is undone', async () => {
      const { api } = scene;
      const made = await create({ cards: [{ uid: 'cafe0001' }, { uid: 'cafe0002' }] });
      const path = `members/${made.id}`;
      const [lost] = made.cards;
      await api.patch(`${path}/cards/${lost?.id}`, { revoked: true }).expect(200);
      await authorise(made.id);
      await addUse(made.id, 1_700_000_000, 60);
      await addUse(made.id, 1_700_000_100, null);
      expect(await mayUse('cafe0002')).toBe(true);
      const impact = (await api.get(`${path}/impact`).expect(200)).body as MemberImpact;
      expect(impact).toEqual({
        cards: 1,
        authorizations: 1,
        uses: 2,
        interventions: 0,
        inUse: ['drill'],
      });

      await api.delete(path).expect(204);
      expect(await mayUse('cafe0002')).toBe(false);
      const search = `members?q=${encodeURIComponent(made.lastName)}`;
      expect((await api.get(search)).body).toMatchObject({ total: 0 });
      expect((await api.get(`${search}&status=deleted`)).body).toMatchObject({ total: 1 });
      expect(await get(made.id)).toMatchObject({
        deletedAt: expect.any(String),
        authorizations: 0,
      });
      const { body: uses } = await api.get(`uses?memberId=${made.id}`);
      const marked = { memberId: made.id, memberDeleted: true };
      expect(uses).toMatchObject({ total: 2, items: [marked, marked] });
      for (const change of [
        api.delete(path),
        api.patch(path, { version: 2, firstName: 'X' }),
        api.post(`${path}/cards`, { uid: 'cafe0003' }),
      ]) {
        expect((await change.expect(409)).body).toMatchObject({ code: 'member.deleted' });
      }

      const back = (await api.post(`${path}/restore`).expect(200)).body as MemberView;
      expect(back).toMatchObject({ deletedAt: null, authorizations: 1 });
      expect(back.cards.filter((card) => card.revokedAt === null).map(({ uid }) => uid)).toEqual([
        'cafe0002',
      ]);
      expect(await mayUse('cafe0002')).toBe(true);
      expect((await api.post(`${path}/restore`).expect(409)).body).toMatchObject({
        code: 'member.not_deleted',
      });
      const trail = await scene.lab.rows<{ action: string }>(
        "SELECT action FROM audit_entries WHERE subject = 'member' AND subject_id = ? ORDER BY id",
        [made.id],
      );
      expect(trail.map(({ action }) => action)).toEqual([
        'create',
        'revoke-card',
        'delete',
        'restore',
      ]);
    });

    it('[25] what somebody else has by now is not given back', async () => {
      const { api, lab } = scene;
      const made = await create({ cards: [{ uid: 'cafe1001' }] });
      await authorise(made.id);
      const gone = await lab.change((db) =>
        db.insert('machines', { id: 50, name: 'Gone', created_at: 1 }),
      );
      await lab.change((db) =>
        db.insert('authorizations', { member_id: made.id, machine_id: gone, created_at: 1 }),
      );
      await api.delete(`members/${made.id}`).expect(204);
      const heir = await create({ cards: [{ uid: 'cafe1001' }] });
      await lab.change((db) => db.execute('DELETE FROM machines WHERE id = ?', [gone]));
      const back = (await api.post(`members/${made.id}/restore`).expect(200)).body as MemberView;
      expect(back.authorizations).toBe(1);
      expect(back.cards.every((card) => card.revokedAt !== null)).toBe(true);
      expect(scene.lab.lab.memberOfCard('cafe1001')?.id).toBe(heir.id);
    });

    it('[24] disabling acts on boards at once, and enabling too', async () => {
      const made = await create({ cards: [{ uid: 'cafe2001' }] });
      await authorise(made.id);
      expect(await mayUse('cafe2001')).toBe(true);
      await scene.api.patch(`members/${made.id}`, { version: 1, disabled: true }).expect(200);
      expect(await mayUse('cafe2001')).toBe(false);
      await scene.api.patch(`members/${made.id}`, { version: 2, disabled: false }).expect(200);
      expect(await mayUse('cafe2001')).toBe(true);
    });

    it('another role acts on boards at once', async () => {
      const made = await create({ cards: [{ uid: 'cafe3001' }] });
      expect(await mayUse('cafe3001')).toBe(false);
      const [all] = await scene.lab.rows<{ id: number }>(
        "SELECT id FROM roles WHERE name = 'Fab Users'",
      );
      await scene.api.patch(`members/${made.id}`, { version: 1, roleId: all?.id }).expect(200);
      expect(await mayUse('cafe3001')).toBe(true);
    });

    it('cards are labelled, revoked, given back and taken by others in between', async () => {
      const { api } = scene;
      const made = await create();
      await authorise(made.id);
      const path = `members/${made.id}/cards`;
      const added = await api.post(path, { uid: 'CAFE4001', label: ' key ring ' }).expect(201);
      const [card] = (added.body as MemberView).cards;
      expect(card).toMatchObject({ uid: 'cafe4001', label: 'key ring' });
      expect(await mayUse('cafe4001')).toBe(true);
      await api.patch(`${path}/${card?.id}`, { label: null }).expect(200);
      await api.patch(`${path}/${card?.id}`, { revoked: true }).expect(200);
      expect(await mayUse('cafe4001')).toBe(false);
      await api.patch(`${path}/${card?.id}`, { revoked: false }).expect(200);
      expect(await mayUse('cafe4001')).toBe(true);

      await api.patch(`${path}/${card?.id}`, { revoked: true }).expect(200);
      const found = await api.post(path, { uid: 'cafe4001', label: 'found' }).expect(201);
      expect((found.body as MemberView).cards).toMatchObject([
        { id: card?.id, label: 'found', revokedAt: null },
      ]);
      await api.patch(`${path}/${card?.id}`, { revoked: true }).expect(200);
      await create({ firstName: 'New', lastName: 'Holder', cards: [{ uid: 'cafe4001' }] });
      const taken = await api.patch(`${path}/${card?.id}`, { revoked: false }).expect(409);
      expect(taken.body).toMatchObject({
        code: 'member.card_taken',
        params: { holder: 'New Holder' },
      });
      await api.patch(`${path}/999999`, { label: 'x' }).expect(404);
    });

    it('[B5] [S4] whoever is disabled, deleted or loses the role is out at the next request', async () => {
      const { api } = scene;
      for (const change of ['disabled', 'deleted', 'role'] as const) {
        const victim = await scene.as('machines');
        const path = `members/${victim.memberId}`;
        await victim.get('auth/me').expect(200);
        if (change === 'deleted') await api.delete(path).expect(204);
        else if (change === 'disabled') await api.patch(path, { version: 1, disabled: true });
        else await api.patch(path, { version: 1, roleId: (await create()).roleId }).expect(200);
        // Whoever lost the role only is still a member, with a page of their own.
        const isMember = change === 'role';
        await victim.get('auth/me').expect(isMember ? 200 : 401);
        await victim.get('members').expect(isMember ? 403 : 401);
      }
    });

    it('[C24] nobody disables or deletes themselves', async () => {
      const { api } = scene;
      const path = `members/${api.memberId}`;
      const off = await api.patch(path, { version: 1, disabled: true }).expect(409);
      expect(off.body).toMatchObject({ code: 'member.self' });
      expect((await api.delete(path).expect(409)).body).toMatchObject({ code: 'member.self' });
      await api.patch(path, { version: 1, firstName: 'Still here' }).expect(200);
    });

    it('knows hours for each machine, the last use and who may use what', async () => {
      const made = await create();
      await authorise(made.id);
      const nowS = systemClock.nowS();
      const longAgoS = nowS - 40 * 86_400;
      await addUse(made.id, longAgoS, 3600);
      await addUse(made.id, nowS - 600, 300);
      const summary = (await scene.api.get(`members/${made.id}/summary`).expect(200))
        .body as MemberSummary;
      expect(summary).toEqual({
        uses: 2,
        durationS: 3900,
        interventions: 0,
        machines: [
          {
            machineId: MACHINES.laser,
            machineName: 'laser',
            uses: 2,
            durationS: 3900,
            lastUseAt: toIso(nowS - 600),
          },
        ],
        authorizations: [
          {
            machineId: MACHINES.laser,
            machineName: 'laser',
            createdAt: toIso(1_700_000_000),
          },
        ],
      });
      expect(await get(made.id)).toMatchObject({
        authorizations: 1,
        lastUseAt: toIso(nowS - 600),
        recentDurationS: 300,
      });
      const users = await scene.api.get(`members?machineId=${MACHINES.laser}&pageSize=200`);
      expect((users.body as { items: MemberView[] }).items.map(({ id }) => id)).toContain(made.id);
    });
  },
);
