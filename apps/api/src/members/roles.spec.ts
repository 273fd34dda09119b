import type { Page } from '@fabomatic/kernel';
import type { RoleView } from '@fabomatic/members';
import { eachLab } from '../testing/each-lab';

eachLab(
  // The seed's administrator can log in as well; here the one who tests is the only one.
  (lab) =>
    lab.change(async (db) => {
      await db.execute('UPDATE members SET password_hash = NULL WHERE must_change_password = ?', [
        true,
      ]);
    }),
  (scene) => {
    const create = async (body: object): Promise<RoleView> =>
      (await scene.api.post('roles', body).expect(201)).body as RoleView;
    const addMember = (roleId: number, more: object = {}) =>
      scene.lab.change((db) =>
        db.insert('members', {
          first_name: 'Kim',
          last_name: 'Role',
          role_id: roleId,
          created_at: 1,
          ...more,
        }),
      );
    const ownRole = async (): Promise<RoleView> => {
      const { body } = await scene.api.get(`members/${scene.api.memberId}`);
      const { roleId } = body as { roleId: number };
      return (await scene.api.get(`roles/${roleId}`)).body as RoleView;
    };

    it('[52] adds, changes and deletes a role with its flags, audited', async () => {
      const { api } = scene;
      const made = await create({ name: 'Trainers', maintenance: true });
      expect(made).toEqual({
        id: made.id,
        name: 'Trainers',
        authorizeAll: false,
        maintenance: true,
        portalAccess: 'none',
        reserved: false,
        assignable: true,
        members: 0,
        version: 1,
      });
      const change = {
        version: 1,
        authorizeAll: true,
        maintenance: false,
        portalAccess: 'members',
      };
      const changed = await api.patch(`roles/${made.id}`, change).expect(200);
      expect(changed.body).toEqual({ ...made, ...change, version: 2 });
      await api.delete(`roles/${made.id}`).expect(204);
      await api.get(`roles/${made.id}`).expect(404);
      const trail = await scene.lab.rows<{ action: string }>(
        "SELECT action FROM audit_entries WHERE subject = 'role' AND subject_id = ? ORDER BY id",
        [made.id],
      );
      expect(trail.map(({ action }) => action)).toEqual(['create', 'update', 'delete']);
    });

    it('[C6] saving one thing leaves the others', async () => {
      const made = await create({ name: 'Desk', portalAccess: 'members', authorizeAll: true });
      const renamed = await scene.api.patch(`roles/${made.id}`, { version: 1, name: 'Counter' });
      expect(renamed.body).toEqual({ ...made, name: 'Counter', version: 2 });
    });

    it('[52] reserved roles stay as they are', async () => {
      const { items } = (await scene.api.get('roles?pageSize=200')).body as Page<RoleView>;
      const reserved = items.filter((role) => role.reserved);
      expect(reserved.map(({ name, assignable }) => [name, assignable])).toEqual([
        ['admins', true],
        ['Anonymous', false],
      ]);
      for (const { id } of reserved) {
        const renamed = await scene.api.patch(`roles/${id}`, { version: 1, name: 'X' }).expect(409);
        expect(renamed.body).toMatchObject({ code: 'role.reserved' });
        await scene.api.delete(`roles/${id}`).expect(409);
      }
    });

    it('[C11] [B19] a role in use is kept and says how many have it; or all get another one', async () => {
      const { api, lab } = scene;
      const made = await create({ name: 'Busy' });
      const kim = await addMember(made.id);
      const left = await addMember(made.id, { deleted_at: 5 });
      const refused = await api.delete(`roles/${made.id}`).expect(409);
      expect(refused.body).toMatchObject({
        code: 'role.in_use',
        params: { members: 1, deleted: 1 },
      });
      const other = await create({ name: 'Calm' });
      for (const wrong of [made.id, 99_999]) {
        await api.delete(`roles/${made.id}?replacementId=${wrong}`).expect(422);
      }
      await api.delete(`roles/${made.id}?replacementId=${other.id}`).expect(204);
      const rows = await lab.rows<{ role_id: number }>(
        'SELECT role_id FROM members WHERE id = ? OR id = ?',
        [kim, left],
      );
      expect(rows).toEqual([{ role_id: other.id }, { role_id: other.id }]);
      expect(lab.lab.member(kim)?.role.name).toBe('Calm');
    });

    it('[C13] refuses a name that is taken, on adding and on renaming', async () => {
      await create({ name: 'Twice' });
      const other = await create({ name: 'Once' });
      const taken = { code: 'role.name_taken', fields: { name: 'role.name_taken' } };
      expect((await scene.api.post('roles', { name: 'Twice' }).expect(409)).body).toMatchObject(
        taken,
      );
      const renamed = scene.api.patch(`roles/${other.id}`, { version: 1, name: 'Twice' });
      expect((await renamed.expect(409)).body).toMatchObject(taken);
    });

    it('[C18] lists: searches, filters, sorts', async () => {
      const list = async (query: string) =>
        ((await scene.api.get(`roles?${query}`).expect(200)).body as Page<RoleView>).items;
      await create({ name: 'Zz readers', portalAccess: 'read-only' });
      expect((await list('q=zz%20readers')).map(({ name }) => name)).toEqual(['Zz readers']);
      expect((await list('portalAccess=read-only')).map(({ name }) => name)).toContain(
        'Zz readers',
      );
      expect((await list('sort=-name&pageSize=1')).map(({ name }) => name)).toEqual(['Zz readers']);
      await scene.api.get('roles?sort=colour').expect(422);
    });

    it('[B19] [C24] the last administrator stays one, whichever way they could stop being one', async () => {
      const { api } = scene;
      const role = await ownRole();
      const last = { code: 'member.last_administrator' };
      const member = (await api.get(`members/${api.memberId}`)).body as { version: number };
      const plain = await create({ name: 'Plain' });
      const demoted = api.patch(`roles/${role.id}`, { version: 1, portalAccess: 'machines' });
      expect((await demoted.expect(409)).body).toMatchObject(last);
      const moved = api.delete(`roles/${role.id}?replacementId=${plain.id}`);
      expect((await moved.expect(409)).body).toMatchObject(last);
      const given = { version: member.version, roleId: plain.id };
      expect((await api.patch(`members/${api.memberId}`, given).expect(409)).body).toMatchObject(
        last,
      );
      // An administrator without a password does not count: nobody can log in as them.
      await addMember(role.id, { email: 'no.password@example.org' });
      await api.patch(`members/${api.memberId}`, given).expect(409);
      expect(await ownRole()).toEqual({ ...role, members: 2 });

      const second = await scene.as('admin');
      await api.patch(`members/${api.memberId}`, { version: 1, firstName: 'First' }).expect(200);
      await api.delete(`members/${second.memberId}`).expect(204);
      await second.get('auth/me').expect(401);
    });

    it.each([
      ['read-only', 403],
      ['members', 403],
      ['machines', 403],
      ['admin', 201],
    ] as const)('with the access "%s" adding is answered with %i', async (access, status) => {
      const api = await scene.as(access);
      await api.get('roles').expect(200);
      await api.post('roles', { name: `Role of ${access}` }).expect(status);
      if (status === 201) return;
      await api.patch('roles/1', { version: 1 }).expect(403);
      await api.delete('roles/1').expect(403);
    });

    it('[B12] unknown ids are not found, and bad bodies name the field', async () => {
      for (const id of ['999', '0', 'abc']) await scene.api.get(`roles/${id}`).expect(404);
      await scene.api.patch('roles/999', { version: 1 }).expect(404);
      await scene.api.delete('roles/999').expect(404);
      for (const [body, field] of [
        [{}, 'name'],
        [{ name: ' ' }, 'name'],
        [{ name: 'X', portalAccess: 'root' }, 'portalAccess'],
        [{ name: 'X', reserved: true }, 'reserved'],
      ] as const) {
        const answer = await scene.api.post('roles', body).expect(422);
        expect(Object.keys(answer.body.fields as object)).toEqual([field]);
      }
    });
  },
);
