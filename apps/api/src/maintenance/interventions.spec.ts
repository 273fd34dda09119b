import { type Page, systemClock, toIso } from '@fabomatic/kernel';
import {
  type InterventionView,
  type MaintenancePlanView,
  secondsSinceIntervention,
} from '@fabomatic/maintenance';
import { eachLab } from '../testing/each-lab';

const HOUR = 3600;
const NOW = Math.floor(systemClock.nowS());
/** Uses of the lathe, hours ago: from, to. */
const USES = [
  [50, 46],
  [30, 27],
  [5, 4],
] as const;
const LATHE = 2;

eachLab(
  async (lab) => {
    await lab.lab.changeUses(async (db) => {
      await db.insert('machines', { id: LATHE, name: 'Lathe', type_id: 1, created_at: 1 });
      await db.insert('members', {
        id: 70,
        first_name: 'Gone',
        last_name: 'Girl',
        role_id: 1,
        deleted_at: NOW,
        created_at: 1,
      });
      for (const [from, to] of USES) {
        await db.insert('uses', {
          machine_id: LATHE,
          started_at: NOW - from * HOUR,
          last_seen_at: NOW - to * HOUR,
          ended_at: NOW - to * HOUR,
          duration_s: (from - to) * HOUR,
          authorized: true,
        });
      }
    });
  },
  (scene) => {
    const ago = (hours: number) => toIso(NOW - hours * HOUR);
    const addPlan = async (description: string): Promise<number> => {
      const body = { machineId: LATHE, description, intervalS: HOUR, lcdMessage: 'X' };
      const made = await scene.api.post('maintenance-plans', body).expect(201);
      return (made.body as MaintenancePlanView).id;
    };
    const add = async (body: object): Promise<InterventionView> =>
      (await scene.api.post('interventions', body).expect(201)).body as InterventionView;
    const elapsedH = async (planId: number) => {
      const plan = (await scene.api.get(`maintenance-plans/${planId}`)).body as MaintenancePlanView;
      return plan.elapsedS / HOUR;
    };
    const list = async (query: string): Promise<Page<InterventionView>> =>
      (await scene.api.get(`interventions?${query}`).expect(200)).body as Page<InterventionView>;

    it('[51] the counter follows adding, changing and deleting, by the rule of boards', async () => {
      const { api } = scene;
      const planId = await addPlan('Belts');
      /** What boards' messages would have counted. */
      const byRule = (doneHoursAgo: number | null) =>
        USES.reduce((sum, [from, to]) => {
          const use = { startedAtS: NOW - from * HOUR, endedAtS: NOW - to * HOUR };
          const doneAtS = doneHoursAgo === null ? null : NOW - doneHoursAgo * HOUR;
          return sum + secondsSinceIntervention(use, doneAtS);
        }, 0) / HOUR;
      expect(await elapsedH(planId)).toBe(byRule(null));
      const early = await add({ planId, doneAt: ago(48) });
      expect(await elapsedH(planId)).toBe(byRule(48)); // amid the first use
      const late = await add({ planId, doneAt: ago(10) });
      expect(await elapsedH(planId)).toBe(byRule(10));
      await api
        .patch(`interventions/${late.id}`, { version: 1, doneAt: ago(28), note: '' })
        .expect(200);
      expect(await elapsedH(planId)).toBe(byRule(28));
      await api.delete(`interventions/${late.id}`).expect(204);
      expect(await elapsedH(planId)).toBe(byRule(48));
      const other = await addPlan('Other');
      await api.patch(`interventions/${early.id}`, { version: 1, planId: other }).expect(200);
      expect([await elapsedH(planId), await elapsedH(other)]).toEqual([byRule(null), byRule(48)]);
      expect([byRule(null), byRule(48), byRule(28), byRule(10)]).toEqual([8, 6, 2, 1]);
    });

    it('each change is in the audit trail, and the second of two editors is warned', async () => {
      const { api, lab } = scene;
      const made = await add({ planId: await addPlan('Trail') });
      await api.patch(`interventions/${made.id}`, { version: 1, note: 'a' }).expect(200);
      await api.patch(`interventions/${made.id}`, { version: 1, note: 'b' }).expect(409);
      await api.delete(`interventions/${made.id}`).expect(204);
      await api.get(`interventions/${made.id}`).expect(404);
      const trail = await lab.rows<{ action: string; details_json: string }>(
        `SELECT action, details_json FROM audit_entries
         WHERE subject = 'intervention' AND subject_id = ? ORDER BY id`,
        [made.id],
      );
      expect(trail.map(({ action }) => action)).toEqual(['create', 'update', 'delete']);
      expect(JSON.parse(trail[1]?.details_json ?? '')).toMatchObject({
        subjectName: 'Trail, Lathe',
        before: { note: null },
        after: { note: 'a' },
      });
    });

    it('[C22] the machine is that of the plan, and only who can have done it is taken', async () => {
      const { api } = scene;
      const planId = await addPlan('Who');
      const made = await add({ planId });
      expect(made.machineId).toBe(LATHE);
      const [anonymous] = await scene.lab.rows<{ id: number }>(
        "SELECT id FROM members WHERE first_name = 'Anonymous'",
      );
      const refused = async (body: object, field: string, code: string) => {
        const answer = await api.post('interventions', { planId, ...body }).expect(422);
        expect(answer.body).toMatchObject({ fields: { [field]: code } });
      };
      await refused({ machineId: 1 }, 'machineId', 'field.unknown');
      await refused({ memberId: 70 }, 'memberId', 'intervention.member_invalid');
      await refused({ memberId: anonymous?.id }, 'memberId', 'intervention.member_invalid');
      await refused({ memberId: 999 }, 'memberId', 'intervention.member_invalid');
      await refused({ planId: 999 }, 'planId', 'plan.not_found');
      await refused({ doneAt: ago(-1) }, 'doneAt', 'intervention.in_future');
      await refused({ doneAt: 'yesterday' }, 'doneAt', 'field.invalid');
      await refused({ note: 'x'.repeat(501) }, 'note', 'field.too_big');

      // [C16] [C12] what an admin corrects is the time that was stored.
      const read = (await api.get(`interventions/${made.id}`)).body as InterventionView;
      expect(read.doneAt).toBe(made.doneAt);
      await api.get('interventions/999').expect(404);
      await api.patch('interventions/999', { version: 1 }).expect(404);
      await api.delete('interventions/999').expect(404);
    });

    it('one by a member who left stays theirs when its note is corrected', async () => {
      const planId = await addPlan('Left');
      const id = await scene.lab.change((db) =>
        db.insert('interventions', {
          plan_id: planId,
          machine_id: LATHE,
          member_id: 70,
          done_at: NOW,
        }),
      );
      const body = { version: 1, memberId: 70, note: 'by hand' };
      const changed = await scene.api.patch(`interventions/${id}`, body).expect(200);
      expect(changed.body).toMatchObject({ memberId: 70, note: 'by hand' });
    });

    it('[C8] [51] [54] lists the newest first, by machine, member, plan, time and replay', async () => {
      const planId = await addPlan('Listed');
      const other = await addPlan('Listed too');
      const old = await add({ planId, doneAt: ago(90), note: 'first 100%' });
      const replayed = await scene.lab.change((db) =>
        db.insert('interventions', {
          plan_id: other,
          machine_id: LATHE,
          done_at: NOW - 80 * HOUR,
          replayed: true,
        }),
      );
      const young = await add({ planId, doneAt: ago(70) });
      const ids = async (query: string) => (await list(query)).items.map(({ id }) => id);
      expect(await ids(`q=listed&machineId=${LATHE}`)).toEqual([young.id, replayed, old.id]);
      expect(await ids('q=listed&sort=doneAt')).toEqual([old.id, replayed, young.id]);
      expect(await ids(`planId=${planId}`)).toEqual([young.id, old.id]);
      expect(await ids(`q=listed&memberId=${scene.api.memberId}`)).toEqual([young.id, old.id]);
      expect(await ids('q=listed&replayed=true')).toEqual([replayed]);
      expect(await ids(`q=listed&from=${ago(85)}&to=${ago(70)}`)).toEqual([replayed]);
      expect(await ids('q=100%25')).toEqual([old.id]);
      expect(await ids('q=listed&machineId=1')).toEqual([]);
      // [C23] a replay is told as one.
      expect((await list('q=listed&replayed=true')).items[0]).toMatchObject({ replayed: true });
      expect(await list('q=listed&pageSize=2&page=2')).toMatchObject({ total: 3, page: 2 });
      for (const wrong of ['sort=colour', 'from=today', 'replayed=maybe', 'colour=red']) {
        await scene.api.get(`interventions?${wrong}`).expect(422);
      }
    });
  },
);
