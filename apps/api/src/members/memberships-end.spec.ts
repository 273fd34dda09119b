import { addDays, LabZone, type Page } from '@fabomatic/kernel';
import type { ErasureView, MemberView } from '@fabomatic/members';
import type { SystemView } from '@fabomatic/system';
import { CARDS, furnish, MACHINES } from '../testing/cast';
import { eachLab } from '../testing/each-lab';
import { TestApi } from '../testing/test-api';
import { TestLab, until } from '../testing/test-lab';

/** On the calendar of the test's lab. */
const TODAY = new LabZone('Europe/Rome').day(Date.now() / 1000);
const DAY_S = 86_400;

eachLab(furnish, (scene) => {
  let count = 0;
  const create = async (more: object): Promise<MemberView> => {
    const [role] = await scene.lab.rows<{ id: number }>(
      "SELECT id FROM roles WHERE name = 'Ordinary'",
    );
    const body = { firstName: 'Ends', lastName: `Test ${++count}`, roleId: role?.id, ...more };
    return (await scene.api.post('members', body).expect(201)).body as MemberView;
  };
  const ids = async (query: string) =>
    (
      (await scene.api.get(`members?q=Ends&${query}`).expect(200)).body as Page<MemberView>
    ).items.map(({ id }) => id);

  it('[18] the days of consent and of the end are kept, changed, taken away and audited', async () => {
    const made = await create({ consentAt: '2026-01-02', membershipEndsOn: TODAY });
    expect(made).toMatchObject({
      consentAt: '2026-01-02',
      membershipEndsOn: TODAY,
      membership: 'current',
      hasSecondFactor: false,
    });
    const change = { version: made.version, consentAt: null, membershipEndsOn: '2020-02-29' };
    const { body } = await scene.api.patch(`members/${made.id}`, change).expect(200);
    expect(body).toMatchObject({
      consentAt: null,
      membershipEndsOn: '2020-02-29',
      membership: 'erasable',
    });
    const [entry] = await scene.lab.rows<{ details_json: string }>(
      "SELECT details_json FROM audit_entries WHERE subject = 'member' AND subject_id = ? ORDER BY id DESC",
      [made.id],
    );
    expect(JSON.parse(entry?.details_json ?? '')).toMatchObject({
      before: { consentAt: '2026-01-02', membershipEndsOn: TODAY },
      after: { consentAt: null, membershipEndsOn: '2020-02-29' },
    });
    const wrong = { version: made.version + 1, membershipEndsOn: '2026-02-30' };
    await scene.api.patch(`members/${made.id}`, wrong).expect(422);
    await scene.api.patch(`members/${made.id}`, { version: 2, consentAt: 'soon' }).expect(422);
    await scene.lab.change((db) => db.execute('DELETE FROM members WHERE id = ?', [made.id]));
  });

  it('[S21] whose membership ended a year ago is proposed for erasure, and nobody is erased', async () => {
    const current = await create({ consentAt: TODAY });
    const last = await create({ membershipEndsOn: addDays(TODAY, -365) });
    const old = await create({ membershipEndsOn: addDays(TODAY, -366) });
    const deleted = await create({});
    const gone = await create({});
    for (const { id } of [deleted, gone]) await scene.api.delete(`members/${id}`).expect(204);
    await scene.lab.change((db) =>
      db.execute('UPDATE members SET deleted_at = ? WHERE id = ?', [
        Date.now() / 1000 - 367 * DAY_S,
        gone.id,
      ]),
    );
    expect(await ids('membership=erasable')).toEqual([old.id, gone.id]);
    expect(await ids('membership=erasable&status=deleted')).toEqual([gone.id]);
    expect(await ids('membership=ended')).toEqual([last.id, old.id]);
    expect(await ids('membership=ended&status=deleted')).toEqual([deleted.id, gone.id]);
    expect(await ids('membership=current')).toEqual([current.id]);
    expect(await ids('hasConsent=true')).toEqual([current.id]);
    expect(await ids('hasConsent=false')).toEqual([last.id, old.id]);

    const { body } = await scene.api.get('members/erasure').expect(200);
    expect(body).toEqual({
      erasable: 2,
      afterDays: 365,
      backupDays: 35,
      logMb: 55,
    } satisfies ErasureView);
    await (await scene.as('members')).get('members/erasure').expect(403);
    const system = (await scene.api.get('system').expect(200)).body as SystemView;
    expect(system.attention).toContainEqual({ code: 'members_erasable', params: { n: 2 } });

    // The night's purge leaves them, too.
    await scene.api.post('jobs/purge/run', { dryRun: false }).expect(202);
    const outcome = async () =>
      (
        await scene.lab.rows<{ outcome: string }>(
          "SELECT outcome FROM job_runs WHERE job = 'purge'",
        )
      )[0]?.outcome;
    await until(async () => (await outcome()) === 'done');
    expect(await ids('membership=erasable')).toEqual([old.id, gone.id]);
    for (const id of [old.id, gone.id]) await scene.api.post(`members/${id}/erase`).expect(204);
    expect(await ids('membership=erasable')).toEqual([]);
  });

  it('[65] an ended membership opens the same machines as before', async () => {
    const { lab } = scene;
    await lab.change((db) =>
      db.execute("UPDATE members SET membership_ends_on = '2020-01-01' WHERE first_name = 'Ada'"),
    );
    const boards = await lab.boards();
    const answer = await boards.ask(MACHINES.laser, { action: 'checkuser', uid: CARDS.ada });
    expect(answer['is_valid']).toBe(true);
  });
});

it('[S21] a lab that keeps everybody is proposed nobody', async () => {
  const lab = await TestLab.start({
    environment: { FABOMATIC_RETENTION_MEMBERS_DAYS: '0', FABOMATIC_BACKUP_SCHEDULE: '' },
  });
  try {
    await furnish(lab);
    await lab.change((db) =>
      db.execute("UPDATE members SET membership_ends_on = '2001-01-01' WHERE first_name = 'Ada'"),
    );
    const api = await TestApi.as(lab, 'admin');
    const { body } = await api.get('members/erasure').expect(200);
    expect(body).toMatchObject({ erasable: 0, afterDays: null, backupDays: null });
    const found = (await api.get('members?membership=erasable').expect(200))
      .body as Page<MemberView>;
    expect(found.total).toBe(0);
    const ended = (await api.get('members?membership=ended').expect(200)).body as Page<MemberView>;
    expect(ended.items).toMatchObject([{ firstName: 'Ada', membership: 'ended' }]);
  } finally {
    await lab.remove();
  }
}, 30_000);
