import { type Page, systemClock } from '@fabomatic/kernel';
import type { DashboardView } from '@fabomatic/machines';
import type { InterventionView, MaintenancePlanView } from '@fabomatic/maintenance';
import { eachLab } from '../testing/each-lab';

const HOUR = 3600;
const OIL = { description: 'Oil the axes', intervalS: 10 * HOUR, lcdMessage: 'Olio però' };

eachLab(
  (lab) =>
    lab
      .change(async (db) => {
        await db.insert('machines', { id: 2, name: 'Lathe', type_id: 1, created_at: 1 });
        await db.insert('machines', { id: 3, name: 'Mill', type_id: 1, created_at: 1 });
      })
      .then(() => undefined),
  (scene) => {
    const add = async (body: object): Promise<MaintenancePlanView> =>
      (await scene.api.post('maintenance-plans', { ...OIL, machineId: 1, ...body }).expect(201))
        .body as MaintenancePlanView;
    const list = async (query: string): Promise<Page<MaintenancePlanView>> =>
      (await scene.api.get(`maintenance-plans?${query}`).expect(200))
        .body as Page<MaintenancePlanView>;
    const addUse = (machineId: number, startedAt: number, durationS: number) =>
      scene.lab.lab.changeUses((db) =>
        db.insert('uses', {
          machine_id: machineId,
          started_at: startedAt,
          last_seen_at: startedAt + durationS,
          ended_at: startedAt + durationS,
          duration_s: durationS,
          authorized: true,
        }),
      );

    it('[48] adds, changes and deletes a plan; boards are answered by it at once', async () => {
      const { api, lab } = scene;
      const made = await add({ instructionsUrl: 'https://wiki.example.org/oil' });
      expect(made).toMatchObject({ ...OIL, machineName: 'MACHINE1', elapsedS: 0, isDue: false });
      const plans = () => [...(lab.lab.machine(1)?.plans ?? [])];
      expect(plans()).toMatchObject([{ id: made.id, lcdMessage: OIL.lcdMessage }]);

      // [C17] the address can be emptied.
      const changed = await api
        .patch(`maintenance-plans/${made.id}`, { version: 1, instructionsUrl: '', intervalS: 60 })
        .expect(200);
      expect(changed.body).toEqual({ ...made, instructionsUrl: null, intervalS: 60, version: 2 });
      await api.patch(`maintenance-plans/${made.id}`, { version: 1, intervalS: 9 }).expect(409);

      await api.post('interventions', { planId: made.id }).expect(201);
      const impact = await api.get(`maintenance-plans/${made.id}/impact`).expect(200);
      expect(impact.body).toEqual({ interventions: 1 });
      await api.delete(`maintenance-plans/${made.id}`).expect(204);
      expect(plans()).toEqual([]);
      expect(await lab.rows('SELECT id FROM interventions')).toEqual([]);
      for (const path of [`maintenance-plans/${made.id}`, 'maintenance-plans/999/impact']) {
        await api.get(path).expect(404);
      }
      const trail = await lab.rows<{ action: string }>(
        "SELECT action FROM audit_entries WHERE subject = 'maintenance-plan' ORDER BY id",
      );
      expect(trail.map(({ action }) => action)).toEqual(['create', 'update', 'delete']);
    });

    it.each<[string, object, string, string]>([
      ['no hours', { intervalS: 0 }, 'intervalS', 'plan.interval_invalid'],
      ['hours before zero', { intervalS: -1 }, 'intervalS', 'plan.interval_invalid'],
      ['17 letters for the display', { lcdMessage: 'x'.repeat(17) }, 'lcdMessage', 'field.too_big'],
      ['what no board shows', { lcdMessage: '油' }, 'lcdMessage', 'plan.message_not_showable'],
      ['no description', { description: ' ' }, 'description', 'field.too_small'],
      ['no machine', { machineId: undefined }, 'machineId', 'field.required'],
      ['a machine that does not exist', { machineId: 999 }, 'machineId', 'machine.not_found'],
      [
        '[B11] [S16] a script for an address',
        { instructionsUrl: 'javascript:alert(1)' },
        'instructionsUrl',
        'plan.link_invalid',
      ],
      ['half an address', { instructionsUrl: 'wiki' }, 'instructionsUrl', 'plan.link_invalid'],
    ])('[48] refuses %s and names the field', async (_, body, field, code) => {
      const answer = await scene.api
        .post('maintenance-plans', { ...OIL, machineId: 1, ...body })
        .expect(422);
      expect(answer.body).toMatchObject({ code: 'request.invalid', fields: { [field]: code } });
    });

    it('a new plan counts the uses that its machine has had', async () => {
      await addUse(3, systemClock.nowS() - 5 * HOUR, 2 * HOUR);
      const made = await add({ machineId: 3, intervalS: HOUR });
      expect(made).toMatchObject({ elapsedS: 2 * HOUR, isDue: true, forecastAt: null });
    });

    it('[49] lists by machine, text, state and wear, and foretells when each is due', async () => {
      const now = systemClock.nowS();
      const worn = await add({ machineId: 2, description: 'Belts', intervalS: 8 * HOUR });
      const fresh = await add({ machineId: 2, description: 'Filter', intervalS: 100 * HOUR });
      const over = await add({ machineId: 2, description: 'Grease', intervalS: HOUR });
      await addUse(2, now - 40 * 86_400, HOUR);
      await addUse(2, now - 10 * HOUR, 4 * HOUR);
      await scene.lab.change((db) =>
        db.execute('UPDATE maintenance_plans SET elapsed_s = ? WHERE machine_id = 2', [4 * HOUR]),
      );
      const ids = async (query: string) => (await list(query)).items.map(({ id }) => id);
      expect(await ids('machineId=2')).toEqual([over.id, worn.id, fresh.id]);
      expect(await ids('machineId=2&sort=wear')).toEqual([fresh.id, worn.id, over.id]);
      expect(await ids('machineId=2&sort=interval&pageSize=1&page=2')).toEqual([worn.id]);
      expect(await ids('machineId=2&due=true')).toEqual([over.id]);
      expect(await ids('q=BELT')).toEqual([worn.id]);
      expect(await ids('q=lathe&due=false&sort=description')).toEqual([worn.id, fresh.id]);
      expect(await list('machineId=2&pageSize=2')).toMatchObject({ total: 3, pageSize: 2 });
      for (const wrong of ['sort=colour', 'due=maybe', 'machineId=x']) {
        await scene.api.get(`maintenance-plans?${wrong}`).expect(422);
      }
      // Four hours in four weeks: an hour a week, and four hours are left.
      const [forecast] = (await list('q=belt')).items;
      const days = (Date.parse(forecast?.forecastAt ?? '') / 1000 - now) / 86_400;
      expect(days).toBeCloseTo(28, 1);
    });

    it('[50] an intervention sets the plan back, on the list and on the machine', async () => {
      const { api, lab } = scene;
      const plan = await add({ machineId: 3, description: 'Blade', intervalS: HOUR });
      expect(plan.isDue).toBe(true);
      const dueOnDashboard = async () => {
        const { machines } = (await api.get('dashboard')).body as DashboardView;
        return machines.find(({ id }) => id === 3)?.duePlans ?? 0;
      };
      const dueBefore = await dueOnDashboard();
      const made = await api.post('interventions', { planId: plan.id, note: ' New blade ' });
      expect(made.body).toMatchObject({
        planDescription: 'Blade',
        machineId: 3,
        machineName: 'Mill',
        memberId: api.memberId,
        memberName: 'Pat admin',
        note: 'New blade',
        replayed: false,
      });
      const after = (await api.get(`maintenance-plans/${plan.id}`)).body as MaintenancePlanView;
      expect(after).toMatchObject({ elapsedS: 0, isDue: false, version: 1 });
      expect(after.lastDoneByName).toBe('Pat admin');
      expect(after.lastDoneAt).toBe((made.body as InterventionView).doneAt);
      expect(lab.lab.machine(3)?.plans.find(({ id }) => id === plan.id)?.elapsedS).toBe(0);
      expect((await list(`machineId=3&due=true`)).items.map(({ id }) => id)).not.toContain(plan.id);
      expect(await dueOnDashboard()).toBe(dueBefore - 1);
    });

    it.each([
      ['read-only', 403],
      ['members', 403],
      ['machines', 201],
    ] as const)('with the access "%s" adding is answered with %i', async (access, status) => {
      const api = await scene.as(access);
      await api.get('maintenance-plans').expect(200);
      await api.get('interventions').expect(200);
      await api.post('maintenance-plans', { ...OIL, machineId: 1 }).expect(status);
      await api.delete('interventions/999').expect(status === 201 ? 404 : 403);
    });
  },
);
