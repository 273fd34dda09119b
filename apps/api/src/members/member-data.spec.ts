import type { MemberData } from '@fabomatic/members';
import ExcelJS from 'exceljs';
import request from 'supertest';
import { AuditService } from '../audit/audit.service';
import { ReadDb } from '../database/db';
import { furnish, MACHINES } from '../testing/cast';
import { LiveService } from '../live/live.service';
import { eachLab } from '../testing/each-lab';

const NAME = 'Zebediah Quillfeather';
const EMAIL = 'zebediah@quillfeather.example';
const FORMER_EMAIL = 'former@quillfeather.example';
const CARDS = ['5ec4e701', '5ec4e702'];

eachLab(furnish, (scene) => {
  const everything = async (): Promise<string> => {
    const { lab } = scene;
    const isPostgres = lab.settings.database.location.kind === 'postgres';
    const tables = await lab.rows<{ name: string }>(
      isPostgres
        ? "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
        : "SELECT name FROM sqlite_master WHERE type = 'table'",
    );
    expect(tables.length).toBeGreaterThan(15);
    const rows = [];
    for (const { name } of tables) rows.push([name, await lab.rows(`SELECT * FROM "${name}"`)]);
    return JSON.stringify(rows);
  };
  const totals = () =>
    scene.lab.rows(
      `SELECT m.id, m.hours_s, (SELECT COUNT(*) FROM uses u WHERE u.machine_id = m.id) AS uses,
         (SELECT SUM(u.duration_s) FROM uses u WHERE u.machine_id = m.id) AS duration
       FROM machines m ORDER BY m.id`,
    );
  const addUse = (memberId: number | null, uid: string, startedAt: number, durationS = 600) =>
    scene.lab.lab.changeUses((db) =>
      db.insert('uses', {
        machine_id: MACHINES.laser,
        member_id: memberId,
        card_uid: uid,
        started_at: startedAt,
        last_seen_at: startedAt,
        ended_at: durationS === 0 ? null : startedAt + durationS,
        duration_s: durationS === 0 ? null : durationS,
        authorized: true,
      }),
    );
  let id = 0;

  beforeAll(async () => {
    const { api, lab } = scene;
    const [role] = await lab.rows<{ id: number }>("SELECT id FROM roles WHERE name = 'Ordinary'");
    const cards = CARDS.map((uid) => ({ uid }));
    const [firstName, lastName] = NAME.split(' ');
    const body = { firstName, lastName, email: FORMER_EMAIL, roleId: role?.id, cards };
    const made = (await api.post('members', body).expect(201)).body as { id: number };
    id = made.id;
    const days = { consentAt: '2024-01-15', membershipEndsOn: '2025-01-31' };
    await api.patch(`members/${id}`, { version: 1, email: EMAIL, ...days }).expect(200);
    await api.post('authorizations', { memberId: id, machineId: MACHINES.laser }).expect(201);
    await addUse(id, CARDS[0] ?? '', 1_700_000_000);
    await addUse(null, CARDS[1] ?? '', 1_700_001_000);
    await lab.change(async (db) => {
      const plan = {
        machine_id: MACHINES.laser,
        description: 'Oil',
        interval_s: 3600,
        created_at: 1,
      };
      const planId = await db.insert('maintenance_plans', plan);
      const done = { plan_id: planId, machine_id: MACHINES.laser, member_id: id, done_at: 5 };
      await db.insert('interventions', done);
      await db.insert('outgoing_mails', {
        kind: 'x',
        recipient: EMAIL,
        member_id: id,
        created_at: 1,
      });
      // To an address of before, sent when nobody knew whose it is.
      await db.insert('outgoing_mails', { kind: 'y', recipient: FORMER_EMAIL, created_at: 1 });
      await db.execute('UPDATE machines SET hours_s = 1200, blocked_by = ? WHERE id = ?', [
        id,
        MACHINES.laser,
      ]);
    });
  });

  it('[S21] all that is known about a member is one download, as JSON and as a workbook', async () => {
    const { api } = scene;
    const data = (await api.get(`members/${id}/data`).expect(200)).body as MemberData;
    expect(data).toMatchObject({
      member: {
        email: EMAIL,
        hasPassword: false,
        consentAt: '2024-01-15',
        membershipEndsOn: '2025-01-31',
      },
      authorizations: [{ machineName: 'laser', isRemoved: false }],
      uses: [{ machineName: 'laser', cardUid: CARDS[0], durationS: 600 }],
      interventions: [{ plan: 'Oil' }],
      mails: [{ recipient: EMAIL }],
    });
    expect(data.cards.map(({ uid }) => uid)).toEqual(CARDS);
    expect(data.changes.map(({ action }) => action)).toEqual(['create', 'update']);
    // What the trail still knows of before: the law asks for it as well.
    expect(data.changes[1]?.fields).toContainEqual({
      field: 'email',
      before: FORMER_EMAIL,
      after: EMAIL,
    });
    const file = await api
      .get(`members/${id}/data.xlsx?lang=it`)
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(null, Buffer.concat(chunks)));
      })
      .expect(200);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(file.body as ExcelJS.Buffer);
    expect(book.worksheets).toHaveLength(8);
    expect(book.worksheets[0]?.getRow(2).values).toContain(EMAIL);
    expect(book.worksheets[0]?.getRow(2).values).toContainEqual(new Date('2025-01-31'));
    const changed = String(book.worksheets[7]?.getRow(3).values);
    expect(changed).toContain(`ha modificato il socio ${NAME}`);
    expect(changed).toContain(`${FORMER_EMAIL} → ${EMAIL}`);
    const anybody = await scene.as('none');
    const own = (await anybody.get('me/data').expect(200)).body as MemberData;
    expect(own.member.id).toBe(anybody.memberId);
    expect(JSON.stringify(own)).not.toContain('argon2');
    await anybody.get(`members/${id}/data`).expect(403);
    // Whoever manages members does not read an administrator's sessions.
    await (await scene.as('members')).get(`members/${api.memberId}/data`).expect(403);
  });

  it('[S21] an erasure leaves nothing of the member, and the machines as they were', async () => {
    const { api, lab } = scene;
    const before = await totals();
    const known = await everything();
    for (const text of [NAME, EMAIL, FORMER_EMAIL, ...CARDS]) expect(known).toContain(text);
    await (await scene.as('members')).post(`members/${id}/erase`).expect(403);

    // The dashboard remembers the latest events without the database.
    const live = lab.app.get(LiveService);
    const [laser, person] = [lab.lab.machine(MACHINES.laser), lab.lab.member(id)];
    if (!laser || !person) throw new Error('not in memory');
    live.cardRefused(laser, person, 'not-authorised', 1_700_003_000);
    live.cardUnrecognised(laser, CARDS[1] ?? '', 1_700_003_001);
    expect(JSON.stringify(live.dashboard().events)).toContain(NAME);

    await api.post(`members/${id}/erase`).expect(204);
    const events = JSON.stringify(live.dashboard().events);
    for (const text of [NAME, ...CARDS, `"memberId":${id}`]) expect(events).not.toContain(text);
    expect(await totals()).toEqual(before);
    const left = (await everything()).toLowerCase();
    const [first = '', last = ''] = NAME.toLowerCase().split(' ');
    for (const text of [first, last, EMAIL, FORMER_EMAIL, ...CARDS]) {
      expect(left).not.toContain(text);
    }
    expect(lab.lab.member(id)).toBeUndefined();
    expect(lab.lab.memberOfCard(CARDS[0] ?? '')).toBeUndefined();
    await api.get(`members/${id}`).expect(404);
    const check = await lab.app.get(AuditService).verify(lab.app.get(ReadDb));
    expect(check.ok).toBe(true);
    const trail = await lab.rows<{ action: string; details_json: string | null }>(
      "SELECT action, details_json FROM audit_entries WHERE subject = 'member' AND subject_id = ? ORDER BY id",
      [id],
    );
    expect(trail.map(({ action, details_json }) => [action, details_json === null])).toEqual([
      ['create', true],
      ['update', true],
      ['erase', false],
    ]);
  });

  it('[S21] not oneself, not the last administrator, not Anonymous, not in the midst of a use', async () => {
    const { api, lab } = scene;
    const refused = await api.post(`members/${api.memberId}/erase`).expect(409);
    expect(refused.body).toMatchObject({ code: 'member.self' });
    const [anonymous] = await lab.rows<{ id: number }>(
      'SELECT MIN(m.id) AS id FROM members m JOIN roles r ON r.id = m.role_id WHERE r.reserved = ?',
      [true],
    );
    await api.post(`members/${anonymous?.id}/erase`).expect(404);
    const [ada] = await lab.rows<{ id: number }>("SELECT id FROM members WHERE first_name = 'Ada'");
    const useId = await addUse(ada?.id ?? 0, 'ada00001', 1_700_002_000, 0);
    const busy = await api.post(`members/${ada?.id}/erase`).expect(409);
    expect(busy.body).toMatchObject({ code: 'member.in_use', params: { machines: 'laser' } });
    await lab.lab.changeUses((db) => db.execute('DELETE FROM uses WHERE id = ?', [useId]));

    // Whoever is logged in loses the role meanwhile: the other is the last one.
    const other = await scene.as('admin');
    await lab.change((db) =>
      db.execute(
        `UPDATE members SET password_hash = NULL WHERE id <> ?
           AND role_id IN (SELECT id FROM roles WHERE portal_access = 'admin')`,
        [other.memberId],
      ),
    );
    const last = await api.post(`members/${other.memberId}/erase`).expect(409);
    expect(last.body).toMatchObject({ code: 'member.last_administrator' });
    const answer = await request(lab.app.getHttpServer()).post(`/api/v1/members/1/erase`);
    expect(answer.status).toBe(401);
  });
});
