import type { Page } from '@fabomatic/kernel';
import { MachineView, statusOfView } from '@fabomatic/machines';
import { USE_SORTS, type UseView } from '@fabomatic/uses';
import { CARDS, furnish, MACHINES } from '../testing/cast';
import { eachLab } from '../testing/each-lab';
import { queriesOf } from '../testing/query-count';

const { laser, lathe, drill } = MACHINES;
const iso = (epochS: number) => new Date(epochS * 1000).toISOString();
const HOUR = 3600;
const SILENT_S = 700;

eachLab(furnish, (scene) => {
  const now = () => Math.floor(Date.now() / 1000);
  const memberId = async (name: string) =>
    (await scene.lab.rows<{ id: number }>('SELECT id FROM members WHERE first_name = ?', [name]))[0]
      ?.id ?? 0;
  const hoursOf = async (machine: number) => {
    const [row] = await scene.lab.rows<{ hours_s: number }>(
      'SELECT hours_s FROM machines WHERE id = ?',
      [machine],
    );
    expect(scene.lab.lab.machine(machine)?.hoursS).toBeCloseTo(row?.hours_s ?? -1, 3);
    return row?.hours_s ?? -1;
  };
  const summed = async (machine: number) =>
    (
      await scene.lab.rows<{ s: number }>(
        'SELECT COALESCE(SUM(duration_s), 0) AS s FROM uses WHERE machine_id = ?',
        [machine],
      )
    )[0]?.s ?? -1;
  const list = async (query: string) =>
    (await scene.api.get(encodeURI(`uses?${query}`)).expect(200)).body as Page<UseView>;
  const add = async (machine: number, agoS: number, durationS: number, name = 'Ada') => {
    const startedAtS = now() - agoS;
    const body = {
      machineId: machine,
      memberId: await memberId(name),
      startedAt: iso(startedAtS),
      endedAt: iso(startedAtS + durationS),
    };
    return (await scene.api.post('uses', body).expect(201)).body as UseView;
  };
  /** A use that a board began, and the board then fell silent. */
  const leaveOpen = async (machine: number) => {
    const boards = await scene.lab.boards();
    await boards.ask(machine, { action: 'startuse', uid: CARDS.ada });
    const quietSince = now() - SILENT_S;
    await scene.lab.lab.changeUses(async (db) => {
      await db.execute(
        'UPDATE uses SET started_at = ?, last_seen_at = ? WHERE ended_at IS NULL AND machine_id = ?',
        [quietSince - HOUR, quietSince, machine],
      );
    });
    const record = scene.lab.lab.machine(machine);
    if (record) record.lastSeenAtS = quietSince;
    const [open] = (await list(`machineId=${machine}&open=true`)).items;
    if (!open) throw new Error('no open use');
    return open;
  };

  it('[40][B17][C20] a use by hand adds its hours once, and bears its end as last sign', async () => {
    const before = await hoursOf(laser);
    const made = await add(laser, 5 * HOUR, HOUR);
    expect(made).toMatchObject({
      machineName: 'laser',
      memberName: 'Ada Test',
      durationS: HOUR,
      source: 'manual',
      closedBy: 'manual',
      lastSeenAt: made.endedAt,
      authorized: true,
      estimated: false,
    });
    expect((await hoursOf(laser)) - before).toBeCloseTo(HOUR, 3);
    expect(await hoursOf(laser)).toBeCloseTo(await summed(laser), 3);
    expect((await scene.api.get(`uses/${made.id}`).expect(200)).body).toEqual(made);
  });

  it.each<[string, object, string, string]>([
    ['[41] no start', { startedAt: undefined }, 'startedAt', 'field.required'],
    ['[41] an end before the start', { endedAt: iso(1000) }, 'endedAt', 'use.end_before_start'],
    ['[C3] no end', { endedAt: undefined }, 'endedAt', 'field.required'],
    ['an end that is no time', { endedAt: 'today' }, 'endedAt', 'field.invalid'],
    ['an end in the future', { endedAt: iso(4e9) }, 'endedAt', 'use.in_future'],
    [
      'two days',
      { startedAt: iso(1_763_000_000), endedAt: iso(1_763_172_800) },
      'endedAt',
      'use.long_unconfirmed',
    ],
    [
      'a month',
      { startedAt: iso(1_760_000_000), confirmLong: true, endedAt: iso(1_762_600_000) },
      'endedAt',
      'use.too_long',
    ],
    ['an unknown machine', { machineId: 999 }, 'machineId', 'machine.not_found'],
    ['an unknown member', { memberId: 999 }, 'memberId', 'member.not_found'],
  ])('refuses %s', async (_, change, field, code) => {
    const body = {
      machineId: laser,
      memberId: await memberId('Ada'),
      startedAt: iso(1_763_000_000),
      endedAt: iso(1_763_003_600),
      ...change,
    };
    const before = await hoursOf(laser);
    const answer = await scene.api.post('uses', body).expect(422);
    expect(answer.body).toMatchObject({ fields: { [field]: code } });
    expect(await hoursOf(laser)).toBe(before);
  });

  it('more than a day is believed when it is confirmed', async () => {
    const body = {
      machineId: drill,
      memberId: await memberId('Ada'),
      startedAt: iso(1_700_000_000),
      endedAt: iso(1_700_000_000 + 30 * HOUR),
      confirmLong: true,
    };
    await scene.api.post('uses', body).expect(201);
  });

  it('two uses of one machine may touch, never overlap', async () => {
    const made = await add(lathe, 30 * HOUR, HOUR);
    const body = { machineId: lathe, memberId: await memberId('Eve') };
    const start = Date.parse(made.startedAt) / 1000;
    for (const [from, to] of [
      [-600, 1],
      [HOUR - 1, 2 * HOUR],
      [60, 120],
      [-600, 2 * HOUR],
    ] as const) {
      const answer = await scene.api
        .post('uses', { ...body, startedAt: iso(start + from), endedAt: iso(start + to) })
        .expect(409);
      expect(answer.body).toMatchObject({
        code: 'use.overlaps',
        params: { id: made.id },
        fields: { startedAt: 'use.overlaps' },
      });
    }
    const after = { ...body, startedAt: iso(start + HOUR), endedAt: iso(start + 2 * HOUR) };
    await scene.api.post('uses', after).expect(201);
    // Another machine has its own time.
    await scene.api.post('uses', { ...after, machineId: drill }).expect(201);
  });

  it('[42][C21] deleting takes the hours away, or leaves them, and never goes below 0', async () => {
    const taken = await add(laser, 50 * HOUR, HOUR);
    const kept = await add(laser, 60 * HOUR, HOUR);
    const before = await hoursOf(laser);
    await scene.api.delete(`uses/${taken.id}?hours=subtract`).expect(204);
    expect(await hoursOf(laser)).toBeCloseTo(before - HOUR, 3);
    await scene.api.delete(`uses/${kept.id}?hours=keep`).expect(204);
    expect(await hoursOf(laser)).toBeCloseTo(before - HOUR, 3);
    await scene.api.get(`uses/${kept.id}`).expect(404);
    await scene.api.delete(`uses/${kept.id}`).expect(404);

    const last = await add(laser, 70 * HOUR, HOUR);
    await scene.lab.change((db) =>
      db.execute('UPDATE machines SET hours_s = 60 WHERE id = ?', [laser]),
    );
    await scene.api.delete(`uses/${last.id}`).expect(204);
    expect(await hoursOf(laser)).toBe(0);
  });

  it('plans count what was written down, corrected and deleted', async () => {
    const doneAt = now() - 100 * HOUR;
    const plan = await scene.lab.change((db) =>
      db.insert('maintenance_plans', {
        machine_id: drill,
        description: 'Oil',
        interval_s: HOUR,
        last_done_at: doneAt,
        created_at: 1,
      }),
    );
    const elapsed = async () =>
      (
        await scene.lab.rows<{ elapsed_s: number }>(
          'SELECT elapsed_s FROM maintenance_plans WHERE id = ?',
          [plan],
        )
      )[0]?.elapsed_s;
    const made = await add(drill, 90 * HOUR, 2 * HOUR);
    expect(await elapsed()).toBeCloseTo(2 * HOUR, 3);
    const start = Date.parse(made.startedAt) / 1000;
    const body = {
      version: made.version,
      reason: 'the clock was wrong',
      endedAt: iso(start + HOUR),
    };
    await scene.api.patch(`uses/${made.id}`, body).expect(200);
    expect(await elapsed()).toBeCloseTo(HOUR, 3);
    await scene.api.delete(`uses/${made.id}`).expect(204);
    expect(await elapsed()).toBeCloseTo(0, 3);
    await add(drill, 120 * HOUR, HOUR);
    expect(await elapsed()).toBeCloseTo(0, 3);
  });

  it('[12] an open use shows in the list and as such', async () => {
    const boards = await scene.lab.boards();
    await boards.ask(drill, { action: 'startuse', uid: CARDS.ada });
    const [open] = (await list(`machineId=${drill}&open=true`)).items;
    expect(open).toMatchObject({ endedAt: null, durationS: null, memberName: 'Ada Test' });
    expect(open?.boardSeenAt).not.toBeNull();
    await scene.lab.change((db) =>
      db.execute('UPDATE machines SET blocked = ? WHERE id = ?', [true, drill]),
    );
    const machine = MachineView.parse((await scene.api.get(`machines/${drill}`)).body);
    expect(machine).toMatchObject({ blocked: true, currentUse: { memberName: 'Ada Test' } });
    expect(statusOfView(machine, now())).toBe('in-use');
    await scene.lab.change((db) =>
      db.execute('UPDATE machines SET blocked = ? WHERE id = ?', [false, drill]),
    );

    const spoken = await scene.api.post(`uses/${open?.id}/close`).expect(409);
    expect(spoken.body).toMatchObject({ code: 'use.board_speaks', params: { minutes: 10 } });
    await scene.api.delete(`uses/${open?.id}`).expect(409);
    const fix = { version: open?.version, reason: 'because', endedAt: iso(now()) };
    expect((await scene.api.patch(`uses/${open?.id}`, fix).expect(409)).body).toMatchObject({
      code: 'use.still_open',
    });
    await boards.ask(drill, { action: 'stopuse', uid: CARDS.ada, duration: 1 });
    expect((await list(`machineId=${drill}&open=true`)).total).toBe(0);
  });

  it('[C4] closes the use of a silent board; the late stop of the board gives the true end', async () => {
    const open = await leaveOpen(lathe);
    const before = await hoursOf(lathe);
    const { body } = await scene.api.post(`uses/${open.id}/close`).expect(200);
    expect(body).toMatchObject({ endedAt: open.lastSeenAt, closedBy: 'manual', estimated: true });
    expect((await hoursOf(lathe)) - before).toBeCloseTo(HOUR, 1);
    await scene.api.post(`uses/${open.id}/close`).expect(409);

    const boards = await scene.lab.boards();
    await boards.ask(lathe, {
      action: 'stopuse',
      uid: CARDS.ada,
      duration: HOUR + 300,
      replay: true,
    });
    expect((await scene.api.get(`uses/${open.id}`)).body).toMatchObject({
      durationS: HOUR + 300,
      closedBy: 'stop',
      replayed: true,
    });
    expect((await hoursOf(lathe)) - before).toBeCloseTo(HOUR + 300, 1);
  });

  it('[C4] deletes an open use whose board is silent', async () => {
    const open = await leaveOpen(lathe);
    const before = await hoursOf(lathe);
    await scene.api.delete(`uses/${open.id}`).expect(204);
    expect(await hoursOf(lathe)).toBe(before);
    expect(scene.lab.lab.machine(lathe)?.session.open).toBeNull();
  });

  it('[B17][B20] a correction moves the hours by the difference, and says why', async () => {
    const made = await add(lathe, 200 * HOUR, HOUR, 'Ada');
    const before = await hoursOf(lathe);
    const start = Date.parse(made.startedAt) / 1000;
    const patch = (body: object) => scene.api.patch(`uses/${made.id}`, body);
    const good = { version: 1, reason: 'It was Eve, and longer', endedAt: iso(start + 2 * HOUR) };
    for (const [wrong, field, code] of [
      [{ ...good, reason: undefined }, 'reason', 'field.required'],
      [{ ...good, reason: ' ' }, 'reason', 'field.too_small'],
      [{ ...good, endedAt: iso(start - 1) }, 'endedAt', 'use.end_before_start'],
    ] as const) {
      expect((await patch(wrong).expect(422)).body).toMatchObject({ fields: { [field]: code } });
    }
    const { body } = await patch({ ...good, memberId: await memberId('Eve') }).expect(200);
    expect(body).toMatchObject({ memberName: 'Eve Test', durationS: 2 * HOUR, version: 2 });
    expect((await hoursOf(lathe)) - before).toBeCloseTo(HOUR, 3);
    expect((await patch(good).expect(409)).body).toMatchObject({ code: 'request.outdated' });

    const [entry] = await scene.lab.rows<{ details_json: string; actor_id: number }>(
      `SELECT details_json, actor_id FROM audit_entries
       WHERE subject = 'use' AND action = 'correct' AND subject_id = ?`,
      [made.id],
    );
    expect(entry?.actor_id).toBe(scene.api.memberId);
    expect(JSON.parse(entry?.details_json ?? '')).toMatchObject({
      before: { memberName: 'Ada Test', durationS: HOUR },
      after: { memberName: 'Eve Test', durationS: 2 * HOUR, reason: 'It was Eve, and longer' },
    });
  });

  it('only those who may change machines write uses', async () => {
    for (const [access, status] of [
      ['read-only', 403],
      ['members', 403],
      ['machines', 404],
    ] as const) {
      const api = await scene.as(access);
      await api.delete('uses/99999').expect(status);
      await api.get('uses').expect(200);
    }
  });

  it('[C1][B13][39] filters alone and together, by the start, to the second', async () => {
    const made = await add(drill, 400 * HOUR, HOUR, 'Dan');
    const dan = await memberId('Dan');
    const start = made.startedAt;
    const late = iso(Date.parse(start) / 1000 + 1);
    for (const [query, total] of [
      [`memberId=${dan}`, 1],
      [`memberId=${dan}&machineId=${drill}`, 1],
      [`memberId=${dan}&machineId=${laser}`, 0],
      [`memberId=${dan}&from=${start}`, 1],
      [`memberId=${dan}&from=${late}`, 0],
      [`memberId=${dan}&to=${start}`, 0],
      [`memberId=${dan}&from=${start}&to=${late}`, 1],
      [`memberId=${dan}&source=manual&open=false&replayed=false&unauthorised=false`, 1],
      [`memberId=${dan}&source=board`, 0],
      ['q=dan te', 1],
      ['q=DRILL&memberId=' + dan, 1],
      ['q=nobody', 0],
    ] as const) {
      expect([query, (await list(query)).total]).toEqual([query, total]);
    }
    for (const wrong of [
      'from=yesterday',
      'from=1764000000',
      'machineId=x',
      'open=maybe',
      'sort=id',
    ]) {
      await scene.api.get(`uses?${wrong}`).expect(422);
    }
  });

  it('[54] marks what boards sent later', async () => {
    const boards = await scene.lab.boards();
    const stop = { action: 'stopuse', uid: CARDS.eve, duration: 77, replay: true };
    await boards.ask(laser, stop);
    const { items } = await list('replayed=true&q=eve');
    expect(items.map(({ durationS, replayed }) => [durationS, replayed])).toEqual([[77, true]]);
  });

  it('[33][38] a machine’s history begins with its newest use, and says all of each', async () => {
    const older = await add(laser, 2 * HOUR, HOUR, 'Ada');
    const newer = await add(laser, HOUR - 60, 600, 'Eve');
    const boards = await scene.lab.boards();
    await boards.ask(laser, { action: 'startuse', uid: CARDS.ada });
    const { items } = await list(`machineId=${laser}&pageSize=200`);
    expect(items[0]).toMatchObject({ memberName: 'Ada Test', endedAt: null, durationS: null });
    expect(items.filter(({ id }) => [older.id, newer.id].includes(id))).toEqual([newer, older]);
    const starts = items.map(({ startedAt }) => startedAt);
    expect(starts).toEqual([...starts].sort().reverse());
    expect(items.every(({ machineId }) => machineId === laser)).toBe(true);
    expect(newer).toMatchObject({
      machineName: 'laser',
      memberName: 'Eve Test',
      endedAt: iso(Date.parse(newer.startedAt) / 1000 + 600),
      durationS: 600,
      lastSeenAt: newer.endedAt,
    });
    await boards.ask(laser, { action: 'stopuse', uid: CARDS.ada, duration: 1 });
  });

  it('[38][B15] every sort gives each use once, over all pages', async () => {
    const { total } = await list('pageSize=1');
    for (const sort of ['startedAt', '-startedAt', 'durationS', '-machine', 'member', '-member']) {
      const ids = new Set<number>();
      for (let page = 1; (page - 1) * 4 < total; page++) {
        for (const { id } of (await list(`sort=${sort}&pageSize=4&page=${page}`)).items)
          ids.add(id);
      }
      expect([sort, ids.size]).toEqual([sort, total]);
    }
    const machines = (await list('sort=machine&pageSize=200')).items.map((use) => use.machineName);
    expect(machines).toEqual([...machines].sort());
  });

  it.each(['machine', '-machine', 'member', '-member'])(
    'sorted by %s: the same order with a filter as without, uses of nobody last',
    async (sort) => {
      await scene.lab.lab.changeUses(async (db) => {
        for (const [machine, startedAt] of [
          [laser, 1_600_007_200],
          [drill, 1_600_000_000],
          [drill, 1_600_000_000],
        ] as const) {
          await db.insert('uses', {
            machine_id: machine,
            member_id: null,
            started_at: startedAt,
            last_seen_at: startedAt,
            ended_at: startedAt,
            duration_s: 0,
            authorized: true,
            source: 'board',
          });
        }
      });
      const all = await list(`sort=${sort}&pageSize=200`);
      // A filter that holds for all of them: sorted by the database as a whole.
      const filtered = await list(`sort=${sort}&pageSize=200&from=1970-01-02T00:00:00Z`);
      expect(all.items.length).toBeGreaterThan(10);
      expect(all).toEqual(filtered);
      const paged: UseView[] = [];
      for (let page = 1; (page - 1) * 3 < all.total; page++) {
        paged.push(...(await list(`sort=${sort}&pageSize=3&page=${page}`)).items);
      }
      expect(paged).toEqual(all.items);
      if (sort.endsWith('member')) expect(paged.at(-1)?.memberId).toBeNull();
    },
  );

  it('[B14] every sort asks as often, on the first page and on the last', async () => {
    const { total } = await list('pageSize=1');
    const ways = ['', '-'].flatMap((way) => USE_SORTS.map((name) => `${way}${name}`));
    for (const sort of ways) {
      for (const page of [1, Math.ceil(total / 2), total]) {
        const asked = () => list(`sort=${sort}&pageSize=1&page=${page}`);
        expect([sort, page, await queriesOf(scene.lab, asked)]).toEqual([sort, page, 4]);
      }
    }
  });

  it('[B14] asks the database as often for one use as for many', async () => {
    for (const [search, most] of [
      // The three of the list, and the session of who asks.
      ['', 4],
      // And which names the text is in.
      ['&q=a', 5],
      ['&q=e', 5],
      ['&replayed=false&source=board', 4],
    ] as const) {
      const small = await queriesOf(scene.lab, () => list(`pageSize=1${search}`));
      const asked = () => list(`pageSize=200&sort=member${search}`);
      expect([search, await queriesOf(scene.lab, asked)]).toEqual([search, small]);
      expect(small).toBe(most);
    }
  });
});
