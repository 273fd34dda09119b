import { type Page, systemClock, toIso } from '@fabomatic/kernel';
import {
  DashboardView,
  isOnline,
  type MachineImpactView,
  MachineView,
  statusOfView,
} from '@fabomatic/machines';
import type { MaintenancePlanView } from '@fabomatic/maintenance';
import request from 'supertest';
import { LiveService } from '../live/live.service';
import { eachLab } from '../testing/each-lab';

const HOUR = 3600;

eachLab(
  async () => undefined,
  (scene) => {
    const create = async (body: object): Promise<MachineView> =>
      (await scene.api.post('machines', { typeId: 1, ...body }).expect(201)).body as MachineView;
    const list = async (query = ''): Promise<Page<MachineView>> =>
      (await scene.api.get(`machines?${query}`).expect(200)).body as Page<MachineView>;
    const names = async (query: string) => (await list(query)).items.map(({ name }) => name);
    const addUse = (machineId: number, endedAt: number | null) =>
      scene.lab.lab.changeUses((db) =>
        db.insert('uses', {
          machine_id: machineId,
          started_at: systemClock.nowS() - 60,
          last_seen_at: systemClock.nowS(),
          ended_at: endedAt,
          duration_s: endedAt === null ? null : 60,
          authorized: true,
        }),
      );

    it('[31] adds and changes a machine, and each change is in the audit trail', async () => {
      const { api, lab } = scene;
      const made = await create({ name: 'Laser', hoursS: 12.5 * HOUR });
      expect(made).toMatchObject({ typeName: 'Default type', hoursS: 45_000, version: 1 });
      const changed = await api
        .patch(`machines/${made.id}`, { version: 1, name: 'Laser 1', hoursS: 0 })
        .expect(200);
      expect(changed.body).toEqual({ ...made, name: 'Laser 1', hoursS: 0, version: 2 });
      expect((await api.get(`machines/${made.id}`).expect(200)).body).toEqual(changed.body);
      const trail = await lab.rows<{ action: string; details_json: string }>(
        `SELECT action, details_json FROM audit_entries WHERE subject = 'machine' AND subject_id = ?
         ORDER BY id`,
        [made.id],
      );
      expect(trail.map(({ action }) => action)).toEqual(['create', 'update']);
      expect(JSON.parse(trail[1]?.details_json ?? '')).toMatchObject({
        before: { name: 'Laser' },
        after: { name: 'Laser 1' },
      });
    });

    it('blocks with a reason, keeps who and when, and forgets all of it on unblocking', async () => {
      const { api, lab } = scene;
      const made = await create({ name: 'Saw' });
      const blocked = await api
        .patch(`machines/${made.id}`, { version: 1, blocked: true, blockedReason: ' Blade gone ' })
        .expect(200);
      const { blockedAt, ...rest } = blocked.body as MachineView;
      expect(rest).toMatchObject({ blocked: true, blockedReason: 'Blade gone' });
      expect(rest.blockedByName).toBe('Pat admin');
      expect(Date.parse(blockedAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
      expect(lab.lab.machine(made.id)?.blocked).toBe(true);

      const other = await scene.as('machines');
      const reworded = await other
        .patch(`machines/${made.id}`, { version: 2, blockedReason: 'New blade ordered' })
        .expect(200);
      expect(reworded.body).toMatchObject({ blockedReason: 'New blade ordered', blockedAt });
      expect(lab.lab.machine(made.id)?.blockedBy).toBe(api.memberId);

      const free = await api.patch(`machines/${made.id}`, { version: 3, blocked: false });
      expect(free.body).toMatchObject({ blocked: false, blockedReason: null, blockedAt: null });
      // A reason without a block is none.
      const again = await api.patch(`machines/${made.id}`, { version: 4, blockedReason: 'x' });
      expect(again.body).toMatchObject({ blocked: false, blockedReason: null });
    });

    it.each<[string, object, string, string]>([
      ['no name', { typeId: 1 }, 'name', 'field.required'],
      ['no type', { name: 'X' }, 'typeId', 'field.required'],
      [
        'a type that does not exist',
        { name: 'X', typeId: 999 },
        'typeId',
        'machine_type.not_found',
      ],
      [
        '[31] [C14] less than no hours',
        { name: 'X', typeId: 1, hoursS: -1 },
        'hoursS',
        'machine.hours_invalid',
      ],
      [
        '[31] [C14] a text for hours',
        { name: 'X', typeId: 1, hoursS: 'many' },
        'hoursS',
        'field.invalid',
      ],
      [
        '[31] [C14] too many hours',
        { name: 'X', typeId: 1, hoursS: 4e9 },
        'hoursS',
        'machine.hours_invalid',
      ],
      ['an unknown field', { name: 'X', typeId: 1, colour: 'red' }, 'colour', 'field.unknown'],
    ])('refuses %s and names the field', async (_, body, field, code) => {
      const answer = await scene.api.post('machines', body).expect(422);
      expect(answer.body).toMatchObject({ code: 'request.invalid', fields: { [field]: code } });
    });

    it('[C14] refuses hours without end, which only JSON can write', async () => {
      const { lab, api } = scene;
      const answer = await request(lab.app.getHttpServer())
        .post('/api/v1/machines')
        .set('Authorization', `Bearer ${api.token}`)
        .type('json')
        .send('{"name":"X","typeId":1,"hoursS":1e999}')
        .expect(422);
      expect(answer.body).toMatchObject({ fields: { hoursS: 'field.invalid' } });
    });

    it('[31] [C13] refuses a name that is taken, on adding and on renaming', async () => {
      await create({ name: 'Mill' });
      const other = await create({ name: 'Lathe' });
      const taken = { code: 'machine.name_taken', fields: { name: 'machine.name_taken' } };
      const added = scene.api.post('machines', { name: 'Mill', typeId: 1 });
      expect((await added.expect(409)).body).toMatchObject(taken);
      const renamed = scene.api.patch(`machines/${other.id}`, { version: 1, name: 'Mill' });
      expect((await renamed.expect(409)).body).toMatchObject(taken);
    });

    it('[C12] unknown ids are not found; the second of two editors is warned', async () => {
      const { api } = scene;
      for (const id of ['999', '0', 'abc', '1%27']) await api.get(`machines/${id}`).expect(404);
      await api.patch('machines/999', { version: 1 }).expect(404);
      await api.get('machines/999/impact').expect(404);
      await api.delete('machines/999').expect(404);
      const late = await api.patch('machines/1', { version: 7, name: 'Late' }).expect(409);
      expect(late.body).toMatchObject({ code: 'request.outdated', params: { version: 1 } });
    });

    it('[29] [30] lists with filters, search, order and pages', async () => {
      const { lab } = scene;
      const now = systemClock.nowS();
      await lab.change(async (db) => {
        const type = await db.insert('machine_types', {
          name: 'Printers',
          timeout_min: 1,
          grace_min: 1,
        });
        const add = (name: string, more: object) =>
          db.insert('machines', { name, type_id: type, created_at: now, ...more });
        await add('P 10', { hours_s: 30, last_seen_at: now });
        const due = await add('P 9', { hours_s: 10, last_seen_at: now });
        await add('p 11', { hours_s: 20, blocked: true });
        await db.insert('maintenance_plans', {
          machine_id: due,
          description: 'Belts',
          interval_s: HOUR,
          elapsed_s: HOUR + 1,
          created_at: now,
        });
      });
      expect(await names('q=PRINT')).toEqual(['P 9', 'P 10', 'p 11']);
      expect(await names('q=print&sort=-name')).toEqual(['p 11', 'P 10', 'P 9']);
      expect(await names('q=print&sort=-hours')).toEqual(['P 10', 'p 11', 'P 9']);
      expect(await names('q=print&sort=lastSeen')).toEqual(['P 10', 'P 9', 'p 11']);
      expect(await names('q=print&sort=-lastSeen')).toEqual(['P 9', 'P 10', 'p 11']);
      expect(await names('q=print&maintenance=due')).toEqual(['P 9']);
      expect(await names('q=print&maintenance=ok')).toEqual(['P 10', 'p 11']);
      expect(await names('q=print&blocked=true')).toEqual(['p 11']);
      expect(await names('q=print&blocked=false')).toEqual(['P 9', 'P 10']);
      expect(await names('q=print&online=false')).toEqual(['p 11']);
      expect(await names('q=print&status=maintenance')).toEqual(['P 9']);
      expect(await names('q=print&status=free')).toEqual(['P 10']);
      expect(await list('q=print&pageSize=2&page=2')).toMatchObject({ total: 3, page: 2 });
      const [due, , blocked] = (await list('q=print')).items;
      expect(due).toMatchObject({
        id: expect.any(Number),
        name: 'P 9',
        typeName: 'Printers',
        hoursS: 10,
        blocked: false,
        lastSeenAt: toIso(now),
        duePlans: 1,
        nearestPlan: { description: 'Belts', elapsedS: HOUR + 1, intervalS: HOUR, isDue: true },
      });
      expect(blocked).toMatchObject({ blocked: true, lastSeenAt: null, nearestPlan: null });
      for (const wrong of ['sort=colour', 'status=broken', 'online=maybe', 'colour=red']) {
        await scene.api.get(`machines?${wrong}`).expect(422);
      }
    });

    it('[11] [12] [13] [14] [15] each machine has one status, by the one rule', async () => {
      const { lab } = scene;
      const now = systemClock.nowS();
      const add = (name: string, more: object) =>
        lab.change((db) => db.insert('machines', { name, type_id: 1, created_at: now, ...more }));
      const addDue = async (name: string, more: object) => {
        const id = await add(name, more);
        const plan = { description: 'Oil', interval_s: 1, elapsed_s: 2, created_at: now };
        await lab.change((db) => db.insert('maintenance_plans', { machine_id: id, ...plan }));
      };
      await add('State free', { last_seen_at: now - 60 });
      await add('State offline', { last_seen_at: now - 91 });
      await add('State never', {});
      await addDue('State blocked', { blocked: true, last_seen_at: now });
      await addDue('State maintenance', { last_seen_at: null });
      await addUse(await add('State in use', { blocked: true }), null);
      const statuses = ['in-use', 'blocked', 'maintenance', 'offline', 'free'] as const;
      const byStatus = await Promise.all(
        statuses.map((status) => names(`q=state&status=${status}`)),
      );
      expect(byStatus).toEqual([
        ['State in use'],
        ['State blocked'],
        ['State maintenance'],
        ['State never', 'State offline'],
        ['State free'],
      ]);
      const counts = await Promise.all(
        statuses.map(async (status) => (await list(`status=${status}`)).total),
      );
      const all = await list();
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(all.total);
      expect(all.items.every((view) => statuses.includes(statusOfView(view, now)))).toBe(true);
    });

    it('[B18] [C9] machines, plans and dashboard agree on 1.04 h against 1 h', async () => {
      const { api, lab } = scene;
      const made = await create({ name: 'Agreeing' });
      const plan = await api
        .post('maintenance-plans', {
          machineId: made.id,
          description: 'Oil',
          intervalS: HOUR,
          lcdMessage: 'Oil',
        })
        .expect(201);
      const { id } = plan.body as MaintenancePlanView;
      for (const [elapsedS, isDue] of [
        [1.04 * HOUR, true],
        [HOUR, false],
      ] as const) {
        await lab.change((db) =>
          db.execute('UPDATE maintenance_plans SET elapsed_s = ? WHERE id = ?', [elapsedS, id]),
        );
        const machine = (await api.get(`machines/${made.id}`)).body as MachineView;
        const ofPlan = (await api.get(`maintenance-plans/${id}`)).body as MaintenancePlanView;
        const dashboard = (await api.get('dashboard')).body as DashboardView;
        const onDashboard = dashboard.machines.find((view) => view.id === made.id);
        const [inList] = (await list(`q=Agreeing&maintenance=${isDue ? 'due' : 'ok'}`)).items;
        expect([machine.duePlans, onDashboard?.duePlans, inList?.duePlans]).toEqual(
          Array(3).fill(Number(isDue)),
        );
        expect([ofPlan.isDue, machine.nearestPlan?.isDue]).toEqual([isDue, isDue]);
      }
    });

    it('a plan of no hours, as the original lets in, is shown and hides nothing else', async () => {
      const { api, lab } = scene;
      const made = await create({ name: 'Moved in' });
      const plan = { machine_id: made.id, description: 'Odd', interval_s: 0, created_at: 1 };
      for (const elapsed_s of [0, 60]) {
        const id = await lab.change((db) => db.insert('maintenance_plans', { ...plan, elapsed_s }));
        const machine = MachineView.parse((await api.get(`machines/${made.id}`)).body);
        expect(machine.nearestPlan).toMatchObject({ intervalS: 0, isDue: elapsed_s > 0 });
        const dashboard = DashboardView.parse((await api.get('dashboard')).body);
        expect(dashboard.machines.map((view) => view.id)).toContain(made.id);
        await lab.change((db) => db.execute('DELETE FROM maintenance_plans WHERE id = ?', [id]));
      }
    });

    it('[32] [B19] tells what belongs to a machine, and deletes all of it', async () => {
      const { api, lab } = scene;
      const machine = await create({ name: 'Old' });
      const now = systemClock.nowS();
      await lab.change(async (db) => {
        const of = { machine_id: machine.id };
        const seen = { first_seen_at: now, last_seen_at: now };
        const plan = await db.insert('maintenance_plans', {
          ...of,
          description: 'Oil',
          interval_s: 1,
          created_at: now,
        });
        for (const machineId of [machine.id, machine.id, 1]) {
          await db.insert('interventions', { plan_id: plan, machine_id: machineId, done_at: now });
        }
        await db.insert('boards', { ...of, serial: 'a', ip: '1', firmware: '1', ...seen });
        await db.insert('authorizations', { ...of, member_id: api.memberId, created_at: now });
        await db.insert('unrecognised_cards', { ...of, uid: 'aabbccdd', ...seen });
      });
      await addUse(machine.id, now);
      const impact = await api.get(`machines/${machine.id}/impact`).expect(200);
      expect(impact.body).toEqual({
        boards: 1,
        plans: 1,
        interventions: 3,
        authorizations: 1,
        uses: 1,
        unrecognisedCards: 1,
        inUse: false,
      } satisfies MachineImpactView);

      const heard: string[] = [];
      const stop = lab.app.get(LiveService).subscribe(({ type }) => heard.push(type));
      await api.delete(`machines/${machine.id}`).expect(204);
      stop();
      expect(heard).toContain('machine-removed');
      await api.get(`machines/${machine.id}`).expect(404);
      for (const table of [
        'boards',
        'maintenance_plans',
        'interventions',
        'authorizations',
        'uses',
        'unrecognised_cards',
      ]) {
        expect(
          await lab.rows(`SELECT id FROM ${table} WHERE machine_id = ?`, [machine.id]),
        ).toEqual([]);
      }
      const [entry] = await lab.rows<{ details_json: string }>(
        "SELECT details_json FROM audit_entries WHERE subject = 'machine' AND action = 'delete' ORDER BY id DESC",
      );
      expect(JSON.parse(entry?.details_json ?? '')).toMatchObject({
        subjectName: 'Old',
        before: { removed: { interventions: 3 } },
      });
    });

    it('a machine that is in use is deleted only by force', async () => {
      const machine = await create({ name: 'Busy' });
      await addUse(machine.id, null);
      expect((await scene.api.get(`machines/${machine.id}/impact`)).body).toMatchObject({
        inUse: true,
      });
      const refused = await scene.api.delete(`machines/${machine.id}`).expect(409);
      expect(refused.body).toMatchObject({ code: 'machine.in_use' });
      await scene.api.delete(`machines/${machine.id}?force=yes`).expect(422);
      await scene.api.delete(`machines/${machine.id}?force=true`).expect(204);
    });

    it('open pages hear of a new machine and of a change at once', async () => {
      const heard: string[][] = [];
      const stop = scene.lab.app.get(LiveService).subscribe((message) => {
        if (message.type === 'snapshot') heard.push(message.data.machines.map(({ name }) => name));
      });
      const made = await create({ name: 'Live' });
      await scene.api.patch(`machines/${made.id}`, { version: 1, name: 'Live 2' }).expect(200);
      stop();
      expect(heard[0]).toContain('Live');
      expect(heard[1]).toContain('Live 2');
    });

    it('[17] boards: which machine, where, which firmware, and whether they are there', async () => {
      const { api, lab } = scene;
      const machine = await create({ name: 'With board' });
      const boards = await lab.boards();
      const alive = {
        action: 'alive',
        version: 'fw,1.3',
        ip: '10.0.0.9',
        serial: 'abc',
        heap: '7',
      };
      boards.say(machine.id, alive);
      await boards.ask(machine.id, { action: 'checkmachine' });
      const find = async (query: string) =>
        (
          (await api.get(`boards?machineId=${machine.id}&${query}`).expect(200)).body as Page<{
            id: number;
          }>
        ).items;
      const found = async () => (await find('q=10.0.0.9'))[0];
      while ((await found()) === undefined)
        await boards.ask(machine.id, { action: 'checkmachine' });
      expect(await found()).toMatchObject({
        machineId: machine.id,
        machineName: 'With board',
        serial: 'abc',
        firmware: 'fw,1.3',
        heapBytes: 7,
        online: true,
      });
      await lab.change((db) =>
        db.insert('boards', {
          machine_id: machine.id,
          serial: 'old',
          ip: '10.0.0.8',
          firmware: '1',
          first_seen_at: 1,
          last_seen_at: 2,
        }),
      );
      expect(isOnline(2, systemClock.nowS())).toBe(false);
      expect(await find('online=true')).toMatchObject([{ serial: 'abc' }]);
      expect(await find('online=false')).toMatchObject([{ serial: 'old', online: false }]);
      const id = (await found())?.id;
      await api.delete(`boards/${id}`).expect(204);
      await api.delete(`boards/${id}`).expect(404);
      // A board that is still there enters itself again.
      boards.say(machine.id, alive);
      while ((await found()) === undefined)
        await boards.ask(machine.id, { action: 'checkmachine' });
      expect((await found())?.id).not.toBe(id);
    });

    it.each([
      ['read-only', 403],
      ['members', 403],
      ['machines', 201],
    ] as const)('with the access "%s" adding is answered with %i', async (access, status) => {
      const api = await scene.as(access);
      await api.get('machines').expect(200);
      await api.get('boards').expect(200);
      await api.post('machines', { name: `By ${access}`, typeId: 1 }).expect(status);
      await api.delete('boards/999').expect(status === 201 ? 404 : 403);
    });
  },
);
