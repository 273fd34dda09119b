import type { Page } from '@fabomatic/kernel';
import type { MemberView } from '@fabomatic/members';
import type { TestApi } from '../testing/test-api';
import { eachLab } from '../testing/each-lab';

const ROLE = { user: 0 };

eachLab(
  async (lab) => {
    ROLE.user = await lab.change((db) => db.insert('roles', { name: 'Users' }));
  },
  (scene) => {
    let count = 0;
    const uid = () => (0xca000000 + ++count).toString(16);
    const person = (more: object = {}) => ({
      firstName: 'Ada',
      lastName: `Test ${++count}`,
      roleId: ROLE.user,
      ...more,
    });
    const create = async (more: object = {}): Promise<MemberView> =>
      (await scene.api.post('members', person(more)).expect(201)).body as MemberView;
    const get = async (id: number): Promise<MemberView> =>
      (await scene.api.get(`members/${id}`).expect(200)).body as MemberView;
    const list = async (query: string) =>
      (await scene.api.get(encodeURI(`members?${query}`)).expect(200)).body as Page<MemberView>;
    const ids = async (query: string) => (await list(query)).items.map(({ id }) => id);
    const role = (portalAccess: string) =>
      scene.lab.change((db) =>
        db.insert('roles', { name: `Role ${++count}`, portal_access: portalAccess }),
      );

    it('[18] a member has a number, names, role, card, address and state', async () => {
      const card = uid();
      const made = await create({ email: 'Ada@Example.org', cards: [{ uid: card }] });
      expect(made).toMatchObject({
        firstName: 'Ada',
        roleId: ROLE.user,
        roleName: 'Users',
        email: 'Ada@Example.org',
        disabled: false,
        deletedAt: null,
        portalAccess: 'none',
        hasPassword: false,
        authorizations: 0,
        lastUseAt: null,
        recentDurationS: 0,
        language: null,
        cards: [{ uid: card, label: null, revokedAt: null }],
        version: 1,
      });
      expect(await get(made.id)).toEqual(made);
      expect((await list('pageSize=200')).items).toContainEqual(made);
    });

    it('[19] finds by name, address and card, and filters combine', async () => {
      const card = uid();
      const staff = await role('none');
      const zora = await create({ firstName: 'Zora', lastName: 'Neale', cards: [{ uid: card }] });
      const zed = await create({
        firstName: 'Zed',
        lastName: 'Neale',
        email: 'zed.n@example.org',
        roleId: staff,
        disabled: true,
      });
      expect(await ids('q=neale')).toEqual([zed.id, zora.id]);
      expect(await ids('q=neale&sort=-name')).toEqual([zora.id, zed.id]);
      expect(await ids('q=zora neale')).toEqual([zora.id]);
      expect(await ids('q=Neale Zora')).toEqual([zora.id]);
      expect(await ids('q=zed.n@')).toEqual([zed.id]);
      expect(await ids(`q=${card.toUpperCase()}`)).toEqual([zora.id]);
      expect(await ids(`q=neale&roleId=${staff}`)).toEqual([zed.id]);
      expect(await ids('q=neale&status=active')).toEqual([zora.id]);
      expect(await ids('q=neale&status=disabled')).toEqual([zed.id]);
      expect(await ids(`q=neale&status=active&roleId=${staff}`)).toEqual([]);
      expect(await ids('q=neale&hasCard=true')).toEqual([zora.id]);
      expect(await ids('q=neale&hasCard=false')).toEqual([zed.id]);
      expect(await ids('q=neale&hasPortalAccess=true')).toEqual([]);
      expect(await list('q=neale&pageSize=1&page=2')).toMatchObject({ total: 2, page: 2 });
      for (const wrong of ['sort=colour', 'status=gone', 'roleId=x', 'colour=red']) {
        await scene.api.get(`members?${wrong}`).expect(422);
      }
      for (const sort of ['role', 'email', 'createdAt', 'lastUse', '-lastUse', 'status']) {
        expect(await ids(`q=neale&sort=${sort}`)).toHaveLength(2);
      }
    });

    it.each<[string, object, string, string]>([
      ['no name', { firstName: undefined }, 'firstName', 'field.required'],
      ['an empty name', { firstName: ' ' }, 'firstName', 'field.too_small'],
      ['a bad address', { email: 'ada' }, 'email', 'field.invalid'],
      ['a role that is not there', { roleId: 99_999 }, 'roleId', 'role.not_found'],
      [
        '[22] a summary without address',
        { weeklySummary: true },
        'email',
        'member.email_for_summary',
      ],
      ['[20] 7 digits', { cards: [{ uid: 'abcdef1' }] }, 'cards.0.uid', 'member.card_uid_invalid'],
      [
        '[20] no digits',
        { cards: [{ uid: 'abcdefgh' }] },
        'cards.0.uid',
        'member.card_uid_invalid',
      ],
      [
        '[C15] the text None',
        { cards: [{ uid: 'None' }] },
        'cards.0.uid',
        'member.card_uid_invalid',
      ],
      ['an unknown language', { language: 'xx' }, 'language', 'field.invalid'],
      ['a password', { password: 'secret' }, 'password', 'field.unknown'],
    ])('refuses %s and names the field', async (_, more, field, code) => {
      const answer = await scene.api.post('members', person(more)).expect(422);
      expect(answer.body).toMatchObject({ code: 'request.invalid', fields: { [field]: code } });
    });

    it('[20] [C15] adds a member without a card: empty is empty', async () => {
      const made = await create({ email: null });
      expect(made).toMatchObject({ email: null, cards: [] });
      expect(JSON.stringify(made)).not.toContain('None');
    });

    it('[21] [C19] refuses the card of another member, naming them, in any spelling', async () => {
      const card = 'abcdef12';
      const first = await create({ firstName: 'Grace', lastName: 'H', cards: [{ uid: card }] });
      const other = await create();
      for (const spelling of ['ABCDEF12', 'AB:CD:EF:12', '12:EF:CD:AB:01:02:03']) {
        const onCreate = await scene.api
          .post('members', person({ cards: [{ uid: spelling }] }))
          .expect(409);
        expect(onCreate.body).toMatchObject({
          code: 'member.card_taken',
          params: { holder: 'Grace H' },
          fields: { 'cards.0.uid': 'member.card_taken' },
        });
        const onEdit = await scene.api
          .post(`members/${other.id}/cards`, { uid: spelling })
          .expect(409);
        expect(onEdit.body).toMatchObject({ params: { holder: 'Grace H' } });
      }
      expect((await get(first.id)).cards).toHaveLength(1);
    });

    it('[22] refuses a summary without an address on edit, and losing the address', async () => {
      const made = await create();
      const summary = scene.api.patch(`members/${made.id}`, { version: 1, weeklySummary: true });
      expect((await summary.expect(422)).body).toMatchObject({
        fields: { email: 'member.email_for_summary' },
      });
      const address = { version: 1, weeklySummary: true, email: 'summary@example.org' };
      await scene.api.patch(`members/${made.id}`, address).expect(200);
      await scene.api.patch(`members/${made.id}`, { version: 2, email: null }).expect(422);
      const both = { version: 2, email: null, weeklySummary: false };
      await scene.api.patch(`members/${made.id}`, both).expect(200);
    });

    it('[23] refuses a portal role without an address', async () => {
      const admins = await role('admin');
      const answer = await scene.api.post('members', person({ roleId: admins })).expect(422);
      expect(answer.body).toMatchObject({ fields: { email: 'member.email_for_portal' } });
      const made = await create();
      await scene.api.patch(`members/${made.id}`, { version: 1, roleId: admins }).expect(422);
    });

    it('[24] disables and enables', async () => {
      const made = await create();
      const off = await scene.api.patch(`members/${made.id}`, { version: 1, disabled: true });
      expect(off.body).toMatchObject({ disabled: true, version: 2 });
      const on = await scene.api.patch(`members/${made.id}`, { version: 2, disabled: false });
      expect(on.body).toMatchObject({ disabled: false, version: 3 });
    });

    it('[C19] an address is one member’s, whatever the letter case', async () => {
      const first = await create({ firstName: 'Rosa', lastName: 'P', email: 'Rosa@example.org' });
      const taken = {
        code: 'member.email_taken',
        params: { holder: 'Rosa P' },
        fields: { email: 'member.email_taken' },
      };
      const again = scene.api.post('members', person({ email: 'ROSA@example.org' }));
      expect((await again.expect(409)).body).toMatchObject(taken);
      const other = await create({ email: 'other.rosa@example.org' });
      const change = scene.api.patch(`members/${other.id}`, {
        version: 1,
        email: 'rosa@EXAMPLE.org',
      });
      expect((await change.expect(409)).body).toMatchObject(taken);
      const own = { version: 1, email: 'ROSA@example.org' };
      await scene.api.patch(`members/${first.id}`, own).expect(200);
      await scene.api.delete(`members/${first.id}`).expect(204);
      await create({ email: 'rosa@example.org' });
      const back = await scene.api.post(`members/${first.id}/restore`).expect(409);
      expect(back.body).toMatchObject({ code: 'member.email_taken' });
    });

    it('[C19] the database refuses a second one when nobody asked first', async () => {
      await create({ email: 'only@example.org' });
      const write = scene.lab.change((db) =>
        db.insert('members', {
          first_name: 'X',
          last_name: '',
          email_key: 'only@example.org',
          role_id: ROLE.user,
          created_at: 1,
        }),
      );
      // An error of SQLite's addon, which knows only the classes of the first spec of its process.
      const why: unknown = await write.then(
        () => 'written',
        (error: unknown) => error,
      );
      expect(String((why as Error).message)).toMatch(/unique/i);
    });

    it('members whom an import gave one address can be changed all the same', async () => {
      const twin = (name: string) =>
        scene.lab.change((db) =>
          db.insert('members', {
            first_name: name,
            last_name: 'Twin',
            email: 'twin@example.org',
            role_id: ROLE.user,
            created_at: 1,
          }),
        );
      const [one, two] = [await twin('One'), await twin('Two')];
      const renamed = { version: 1, firstName: 'Uno', email: 'twin@example.org' };
      await scene.api.patch(`members/${one}`, renamed).expect(200);
      await scene.api.post('members', person({ email: 'twin@example.org' })).expect(409);
      await scene.api.patch(`members/${two}`, { version: 1, email: 'two@example.org' }).expect(200);
      await scene.api
        .patch(`members/${two}`, { version: 2, email: 'twin@example.org' })
        .expect(409);
    });

    it('[B25] warns the second of two who edit the same member', async () => {
      const made = await create();
      await scene.api.patch(`members/${made.id}`, { version: 1, firstName: 'A' }).expect(200);
      const late = await scene.api.patch(`members/${made.id}`, { version: 1, firstName: 'B' });
      expect(late.status).toBe(409);
      expect(late.body).toMatchObject({ code: 'request.outdated', params: { version: 2 } });
    });

    it('[B12] unknown ids are not found, whatever they look like', async () => {
      for (const id of ['999999', '0', '-1', 'abc', '9999999999999', '1%27']) {
        for (const path of ['', '/summary', '/impact']) {
          await scene.api.get(`members/${id}${path}`).expect(404);
        }
      }
      await scene.api.patch('members/999999', { version: 1 }).expect(404);
      await scene.api.delete('members/999999').expect(404);
      await scene.api.post('members/999999/restore').expect(404);
      await scene.api.post('members/999999/cards', { uid: uid() }).expect(404);
      await scene.api.patch('members/999999/cards/1', { label: 'x' }).expect(404);
    });

    it('[B19] [C24] whoever stands for nobody is in no list and cannot be touched', async () => {
      const [anonymous] = await scene.lab.rows<{ id: number; role: number }>(
        `SELECT m.id, m.role_id AS role FROM members m JOIN roles r ON r.id = m.role_id
         WHERE r.name = 'Anonymous' ORDER BY m.id`,
      );
      const path = `members/${anonymous?.id}`;
      expect(await ids('q=anonymous')).toEqual([]);
      await scene.api.get(path).expect(404);
      await scene.api.patch(path, { version: 1, firstName: 'X' }).expect(404);
      await scene.api.delete(path).expect(404);
      await scene.api.post(`${path}/cards`, { uid: uid() }).expect(404);
      const answer = await scene.api.post('members', person({ roleId: anonymous?.role }));
      expect(answer.body).toMatchObject({ fields: { roleId: 'role.reserved' } });
    });

    it('[B8] shows neither hash nor password, and neither does the audit trail', async () => {
      const admin = await scene.api.get(`members/${scene.api.memberId}`).expect(200);
      expect(admin.body).toMatchObject({ hasPassword: true });
      await scene.api
        .patch(`members/${scene.api.memberId}`, { version: 1, language: 'it' })
        .expect(200);
      const [entry] = await scene.lab.rows<{ details_json: string }>(
        `SELECT details_json FROM audit_entries WHERE subject = 'member' AND subject_id = ? AND action = 'update'`,
        [scene.api.memberId],
      );
      expect(entry?.details_json).toContain('"language":"it"');
      for (const text of [JSON.stringify(admin.body), entry?.details_json ?? '']) {
        expect(text).not.toMatch(/argon2|scrypt|pbkdf2|passwordHash|password_hash/i);
      }
    });

    it.each([
      ['read-only', 403],
      ['machines', 403],
      ['members', 201],
      ['admin', 201],
    ] as const)('with the access "%s" adding is answered with %i', async (access, status) => {
      const api = await scene.as(access);
      await api.get('members').expect(200);
      await api.post('members', person()).expect(status);
      if (status === 201) return;
      await api.get('members/1/impact').expect(403);
      await api.patch('members/1', { version: 1 }).expect(403);
      await api.delete('members/1').expect(403);
      await api.post('members/1/restore').expect(403);
      await api.post('members/1/cards', { uid: uid() }).expect(403);
      await api.patch('members/1/cards/1', { label: 'x' }).expect(403);
    });

    describe('[S3] whoever manages members', () => {
      let manager: TestApi;
      beforeAll(async () => {
        manager = await scene.as('members');
      });
      const refused = { code: 'member.needs_administrator' };

      it('gives nobody access to the portal', async () => {
        for (const access of ['read-only', 'members', 'machines', 'admin']) {
          const roleId = await role(access);
          const body = person({ roleId, email: `${access}.${++count}@example.org` });
          expect((await manager.post('members', body).expect(403)).body).toMatchObject(refused);
          const made = await create({ email: `up.${++count}@example.org` });
          const lift = manager.patch(`members/${made.id}`, { version: 1, roleId });
          expect((await lift.expect(403)).body).toMatchObject(refused);
        }
      });

      it('touches nobody who has it, not even themselves', async () => {
        for (const id of [scene.api.memberId, manager.memberId]) {
          const before = await get(id);
          const path = `members/${id}`;
          await manager.patch(path, { version: 1, email: 'mine@example.org' }).expect(403);
          await manager.post(`${path}/cards`, { uid: uid() }).expect(403);
          await manager.delete(path).expect(id === manager.memberId ? 409 : 403);
          expect(await get(id)).toEqual(before);
        }
        const victim = await create({
          email: `p${++count}@example.org`,
          roleId: await role('machines'),
        });
        await scene.api.delete(`members/${victim.id}`).expect(204);
        await manager.post(`members/${victim.id}/restore`).expect(403);
      });

      it('manages everybody else', async () => {
        const made = await create();
        await manager.patch(`members/${made.id}`, { version: 1, disabled: true }).expect(200);
        await manager.post(`members/${made.id}/cards`, { uid: uid() }).expect(201);
        await manager.delete(`members/${made.id}`).expect(204);
        await manager.post(`members/${made.id}/restore`).expect(200);
      });
    });
  },
);
