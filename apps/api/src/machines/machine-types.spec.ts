import type { Page } from '@fabomatic/kernel';
import type { MachineTypeView } from '@fabomatic/machines';
import { AuditService } from '../audit/audit.service';
import { ReadDb } from '../database/db';
import { eachLab } from '../testing/each-lab';

const LASER = { name: 'Laser cutter', timeoutMin: 30, graceMin: 0, access: 'open' };

eachLab(
  async () => undefined,
  (scene) => {
    const create = async (body: object): Promise<MachineTypeView> =>
      (await scene.api.post('machine-types', body).expect(201)).body as MachineTypeView;

    it('[53] adds, changes and deletes a type, and each change is in the audit trail', async () => {
      const { api, lab } = scene;
      const made = await create({ ...LASER, name: 'Plotter' });
      expect(made).toEqual({ ...LASER, name: 'Plotter', id: made.id, machines: 0, version: 1 });

      const changed = await api
        .patch(`machine-types/${made.id}`, { version: 1, timeoutMin: 0, access: 'authorization' })
        .expect(200);
      expect(changed.body).toEqual({
        ...made,
        timeoutMin: 0,
        access: 'authorization',
        version: 2,
      });
      const most = { version: 2, timeoutMin: 65_535, graceMin: 65_535 };
      expect((await api.patch(`machine-types/${made.id}`, most).expect(200)).body).toMatchObject({
        timeoutMin: 65_535,
        graceMin: 65_535,
      });
      await api.delete(`machine-types/${made.id}`).expect(204);
      await api.get(`machine-types/${made.id}`).expect(404);

      const trail = await lab.rows<{ action: string; actor_id: number; details_json: string }>(
        `SELECT action, actor_id, details_json FROM audit_entries
         WHERE subject = 'machine-type' AND subject_id = ? ORDER BY id`,
        [made.id],
      );
      expect(trail.map(({ action }) => action)).toEqual(['create', 'update', 'update', 'delete']);
      expect(trail.every(({ actor_id }) => actor_id === api.memberId)).toBe(true);
      expect(JSON.parse(trail[1]?.details_json ?? '')).toMatchObject({
        subjectName: 'Plotter',
        before: { timeoutMin: 30 },
        after: { timeoutMin: 0 },
      });
    });

    it('boards are answered by what was saved', async () => {
      const made = await create({ ...LASER, name: 'Saw' });
      await scene.lab.change((db) =>
        db.insert('machines', { name: 'Saw 1', type_id: made.id, created_at: 1 }),
      );
      await scene.api.patch(`machine-types/${made.id}`, { version: 1, timeoutMin: 7 }).expect(200);
      const machine = [...scene.lab.lab.machines()].find(({ name }) => name === 'Saw 1');
      expect(machine?.type?.timeoutMin).toBe(7);
    });

    it.each<[string, object, string, string]>([
      ['no name', { timeoutMin: 1 }, 'name', 'field.required'],
      ['an empty name', { ...LASER, name: '  ' }, 'name', 'field.too_small'],
      [
        '[53] more minutes than a board can count',
        { ...LASER, timeoutMin: 65_536 },
        'timeoutMin',
        'field.too_big',
      ],
      ['[53] less than no minutes', { ...LASER, timeoutMin: -1 }, 'timeoutMin', 'field.too_small'],
      ['half a minute', { ...LASER, graceMin: 0.5 }, 'graceMin', 'field.invalid'],
      ['[53] an unknown access', { ...LASER, access: 9 }, 'access', 'field.invalid'],
      ['an unknown field', { ...LASER, colour: 'red' }, 'colour', 'field.unknown'],
    ])('refuses %s and names the field', async (_, body, field, code) => {
      const answer = await scene.api.post('machine-types', body).expect(422);
      expect(answer.body).toMatchObject({ code: 'request.invalid', fields: { [field]: code } });
    });

    it('refuses a name that is taken, on adding and on renaming', async () => {
      const { api } = scene;
      await create({ ...LASER, name: 'Mill' });
      const other = await create({ ...LASER, name: 'Lathe' });
      const taken = {
        code: 'machine_type.name_taken',
        fields: { name: 'machine_type.name_taken' },
      };
      expect(
        (await api.post('machine-types', { ...LASER, name: 'Mill' }).expect(409)).body,
      ).toMatchObject(taken);
      const renamed = api.patch(`machine-types/${other.id}`, { version: 1, name: 'Mill' });
      expect((await renamed.expect(409)).body).toMatchObject(taken);
    });

    it('warns the second of two who edit the same type', async () => {
      const { api } = scene;
      const made = await create({ ...LASER, name: 'Printer' });
      await api.patch(`machine-types/${made.id}`, { version: 1, graceMin: 5 }).expect(200);
      const late = await api
        .patch(`machine-types/${made.id}`, { version: 1, graceMin: 9 })
        .expect(409);
      expect(late.body).toMatchObject({ code: 'request.outdated', params: { version: 2 } });
      expect((await api.get(`machine-types/${made.id}`)).body).toMatchObject({ graceMin: 5 });
    });

    it('keeps a type that machines are of, and says how many', async () => {
      const answer = await scene.api.delete('machine-types/1').expect(409);
      expect(answer.body).toMatchObject({ code: 'machine_type.in_use', params: { machines: 1 } });
    });

    it('lists: searches, filters, sorts and pages', async () => {
      const { api } = scene;
      for (const [index, name] of ['ZÉTA 100%', 'zeta 200', 'Zeta 300'].entries()) {
        await create({ ...LASER, name, timeoutMin: 100 - index });
      }
      const list = async (query: string) =>
        (await api.get(encodeURI(`machine-types?${query}`)).expect(200))
          .body as Page<MachineTypeView>;
      const names = async (query: string) => (await list(query)).items.map(({ name }) => name);
      expect(await names('q=ZETA')).toEqual(['zeta 200', 'Zeta 300']);
      expect(await names('q=Zéta')).toEqual(['ZÉTA 100%']);
      expect(await names('q=0%')).toEqual(['ZÉTA 100%']);
      expect(await names('q=zeta&sort=timeoutMin')).toEqual(['Zeta 300', 'zeta 200']);
      expect(await names('q=zeta&access=authorization')).toEqual([]);
      expect(await list('q=zeta&pageSize=1&page=2')).toMatchObject({
        total: 2,
        page: 2,
        pageSize: 1,
      });
      for (const wrong of ['sort=colour', 'page=0', 'pageSize=201', 'colour=red']) {
        await api.get(`machine-types?${wrong}`).expect(422);
      }
    });

    it.each([
      ['read-only', 403],
      ['members', 403],
      ['machines', 201],
      ['admin', 201],
    ] as const)('with the access "%s" adding is answered with %i', async (access, status) => {
      const api = await scene.as(access);
      await api.get('machine-types').expect(200);
      await api.post('machine-types', { ...LASER, name: `Type of ${access}` }).expect(status);
    });

    it('unknown ids are not found, whatever they look like', async () => {
      for (const id of ['999', '0', '-1', 'abc', '9999999999999', '1%27']) {
        await scene.api.get(`machine-types/${id}`).expect(404);
      }
      await scene.api.patch('machine-types/999', { version: 1 }).expect(404);
      await scene.api.delete('machine-types/999').expect(404);
    });

    it('the audit trail holds, and shows where somebody changed it', async () => {
      const { lab } = scene;
      const audit = lab.app.get(AuditService);
      const check = () => audit.verify(lab.app.get(ReadDb));
      expect(await check()).toMatchObject({ ok: true });
      const [entry] = await lab.rows<{ id: number }>('SELECT MAX(id) AS id FROM audit_entries');
      await lab.change((db) =>
        db.execute('DELETE FROM audit_entries WHERE id = ?', [entry?.id ?? 0]),
      );
      expect(await check()).toMatchObject({ ok: false, brokenAt: entry?.id });
      await lab.change((db) =>
        db.execute("UPDATE audit_entries SET action = 'nothing' WHERE id = 1"),
      );
      expect(await check()).toMatchObject({ ok: false, brokenAt: 1 });
    });
  },
);
