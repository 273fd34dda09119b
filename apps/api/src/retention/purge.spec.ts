import { AuditService } from '../audit/audit.service';
import { ReadDb } from '../database/db';
import { eachLab } from '../testing/each-lab';
import { TestApi } from '../testing/test-api';
import { TestLab, until } from '../testing/test-lab';

const DAY_S = 86_400;

eachLab(
  async () => undefined,
  (scene) => {
    it('[64] uses and interventions of more than a year lose their member, newer ones keep it', async () => {
      const { lab, api } = scene;
      const nowS = Date.now() / 1000;
      const [old, fresh] = [nowS - 366 * DAY_S, nowS - 364 * DAY_S];
      const use = (endedAtS: number | null, startedAtS = endedAtS ?? old) => ({
        machine_id: 1,
        member_id: 2,
        card_uid: '12345678',
        started_at: startedAtS - 60,
        last_seen_at: startedAtS,
        ended_at: endedAtS,
        duration_s: endedAtS === null ? null : endedAtS - startedAtS + 60,
        authorized: true,
      });
      await lab.change(async (db) => {
        await db.insert('uses', use(old));
        await db.insert('uses', use(fresh));
        // Began before, ended after.
        await db.insert('uses', use(fresh, old));
        await db.insert('uses', use(null));
        const plan = await db.insert('maintenance_plans', {
          machine_id: 1,
          description: 'Grease',
          interval_s: 3600,
          created_at: old,
        });
        for (const doneAtS of [old, fresh]) {
          await db.insert('interventions', {
            plan_id: plan,
            machine_id: 1,
            member_id: 2,
            done_at: doneAtS,
          });
        }
        for (const [uid, days] of [
          ['aaaaaaaa', 31],
          ['bbbbbbbb', 29],
        ] as const) {
          await db.insert('unrecognised_cards', {
            uid,
            machine_id: 1,
            first_seen_at: nowS - 400 * DAY_S,
            last_seen_at: nowS - days * DAY_S,
          });
        }
        const mail = { kind: 'test', recipient: 'ann@example.org', sealed_content: null };
        for (const [days, isWaiting] of [
          [91, false],
          [89, false],
          [91, true],
        ] as const) {
          await db.insert('outgoing_mails', {
            ...mail,
            created_at: nowS - days * DAY_S,
            sent_at: isWaiting ? null : nowS - days * DAY_S,
            next_try_at: isWaiting ? nowS + DAY_S : null,
          });
        }
      });
      const hours = () => lab.rows('SELECT hours_s FROM machines ORDER BY id');
      const before = await hours();

      const run = async (dryRun: boolean) => {
        const { id } = (await api.post('jobs/purge/run', { dryRun }).expect(202)).body as {
          id: number;
        };
        const stored = async () =>
          (
            await lab.rows<{ outcome: string; summary_json: string }>(
              'SELECT outcome, summary_json FROM job_runs WHERE id = ?',
              [id],
            )
          )[0];
        await until(async () => (await stored())?.outcome === 'done');
        return JSON.parse((await stored())?.summary_json ?? '') as unknown;
      };
      const expected = { uses: 1, interventions: 1, unrecognisedCards: 1, mails: 1 };
      expect(await run(true)).toEqual(expected);
      expect(await lab.rows('SELECT id FROM outgoing_mails')).toHaveLength(3);
      expect(await lab.rows('SELECT id FROM uses WHERE member_id IS NULL')).toEqual([]);
      expect(await run(false)).toEqual(expected);
      const nothing = { uses: 0, interventions: 0, unrecognisedCards: 0, mails: 0 };
      expect(await run(false)).toEqual(nothing);

      expect(await lab.rows('SELECT member_id, card_uid FROM uses ORDER BY id')).toEqual([
        { member_id: null, card_uid: null },
        ...Array.from({ length: 3 }, () => ({ member_id: 2, card_uid: '12345678' })),
      ]);
      expect(await lab.rows('SELECT member_id FROM interventions ORDER BY id')).toEqual([
        { member_id: null },
        { member_id: 2 },
      ]);
      expect(await lab.rows('SELECT uid FROM unrecognised_cards')).toEqual([{ uid: 'bbbbbbbb' }]);
      expect(await lab.rows('SELECT created_at FROM outgoing_mails ORDER BY id')).toEqual([
        { created_at: nowS - 89 * DAY_S },
        { created_at: nowS - 91 * DAY_S },
      ]);
      expect(await hours()).toEqual(before);
      const trail = await lab.rows(
        "SELECT actor_kind, actor_id FROM audit_entries WHERE action = 'purge'",
      );
      expect(trail[0]).toEqual({ actor_kind: 'member', actor_id: api.memberId });
      const audit = lab.app.get(AuditService);
      expect(await audit.verify(lab.app.get(ReadDb))).toMatchObject({ ok: true });
    });
  },
);

it('[64] goes by the days of the settings, and 0 keeps for ever', async () => {
  const lab = await TestLab.start({
    environment: {
      FABOMATIC_RETENTION_USES_DAYS: '10',
      FABOMATIC_RETENTION_UNRECOGNISED_CARDS_DAYS: '0',
      FABOMATIC_RETENTION_SCHEDULE: 'daily 04:15',
    },
  });
  try {
    const api = await TestApi.as(lab, 'admin');
    const nowS = Date.now() / 1000;
    await lab.change(async (db) => {
      for (const days of [9, 11]) {
        const at = nowS - days * DAY_S;
        await db.insert('uses', {
          machine_id: 1,
          member_id: 2,
          started_at: at - 60,
          last_seen_at: at,
          ended_at: at,
          duration_s: 60,
          authorized: true,
        });
      }
      await db.insert('unrecognised_cards', {
        uid: 'aaaaaaaa',
        machine_id: 1,
        first_seen_at: nowS - 4000 * DAY_S,
        last_seen_at: nowS - 4000 * DAY_S,
      });
    });
    const { body } = await api.get('jobs').expect(200);
    expect((body as { items: object[] }).items).toContainEqual(
      expect.objectContaining({ name: 'purge', schedule: 'daily 04:15' }),
    );
    await api.post('jobs/purge/run', { dryRun: false }).expect(202);
    await until(
      async () => (await lab.rows("SELECT id FROM job_runs WHERE outcome = 'done'")).length === 1,
    );
    expect(await lab.rows('SELECT member_id FROM uses ORDER BY started_at')).toEqual([
      { member_id: null },
      { member_id: 2 },
    ]);
    expect(await lab.rows('SELECT uid FROM unrecognised_cards')).toHaveLength(1);
  } finally {
    await lab.remove();
  }
}, 30_000);
