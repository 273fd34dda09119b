import { LANGUAGES, loadWords } from '@fabomatic/i18n';
import { lastWeek } from '@fabomatic/system';
import request from 'supertest';
import { eachLab } from '../testing/each-lab';
import { TestMailServer } from '../testing/mail-server';
import { until } from '../testing/test-lab';
import { WeeklySummaries } from './weekly-summaries.service';

const HOUR_S = 3600;
const BASE_URL = 'https://fab.example.org';
let server: TestMailServer;

const SUBSCRIBER = {
  last_name: 'Reader',
  weekly_summary: true,
  created_at: 1_700_000_000,
};

eachLab(
  async (lab) => {
    const { fromS, toS } = lastWeek(Date.now() / 1000, 'Europe/Rome');
    await lab.change(async (db) => {
      const role = async (name: string, portal: string, maintenance: boolean) =>
        db.insert('roles', { name, portal_access: portal, maintenance });
      const [plain, staff] = [
        await role('Plain', 'none', false),
        await role('Staff', 'admin', true),
      ];
      for (const { code } of LANGUAGES) {
        for (const [kind, roleId] of [
          ['plain', plain],
          ['staff', staff],
        ] as const) {
          const email = `${kind}-${code}@example.org`;
          const person = { first_name: `${kind} ${code}`, language: code, email, email_key: email };
          await db.insert('members', { ...SUBSCRIBER, ...person, role_id: roleId });
        }
      }
      const others: Record<string, string | number | boolean | null>[] = [
        { first_name: 'Disabled', email: 'disabled@example.org', disabled: true },
        { first_name: 'Deleted', email: 'deleted@example.org', deleted_at: 1_700_000_000 },
        { first_name: 'Never', email: 'never@example.org', weekly_summary: false },
        { first_name: 'Nowhere', email: null },
        { first_name: 'Lab language', email: 'lab@example.com' },
      ];
      for (const each of others) {
        await db.insert('members', { ...SUBSCRIBER, role_id: plain, ...each });
      }
      const [reader] = await db.query<{ id: number }>(
        "SELECT id FROM members WHERE email = 'plain-en@example.org'",
      );
      const machine = await db.insert('machines', {
        name: 'Laser <b>cutter</b>',
        created_at: 1,
      });
      const plan = { machine_id: machine, interval_s: 36_000, created_at: 1 };
      await db.insert('maintenance_plans', {
        ...plan,
        description: 'Clean the lens',
        elapsed_s: 36_000 + 9000,
        instructions_url: 'https://wiki.example.org/lens',
      });
      await db.insert('maintenance_plans', { ...plan, description: 'Not due', elapsed_s: 36_000 });
      const use = (startedAtS: number, hours: number | null, memberId: number | null) => ({
        machine_id: machine,
        member_id: memberId,
        started_at: startedAtS,
        last_seen_at: startedAtS,
        ended_at: hours === null ? null : startedAtS + hours * HOUR_S,
        duration_s: hours === null ? null : hours * HOUR_S,
        authorized: true,
      });
      // The first and the last second belong to the week, the ones before and after do not.
      await db.insert('uses', use(fromS - 1, 100, reader?.id ?? null));
      await db.insert('uses', use(fromS, 1.5, reader?.id ?? null));
      await db.insert('uses', use(toS - 1, 2, null));
      await db.insert('uses', use(toS, 100, reader?.id ?? null));
      await db.insert('unrecognised_cards', {
        uid: 'deadbeef',
        machine_id: machine,
        first_seen_at: toS - HOUR_S,
        last_seen_at: toS + 60,
        times: 3,
      });
    });
  },
  (scene) => {
    afterAll(() => server.stop());

    it('[63] [B25] a dry run says how many, and the plan says whom', async () => {
      const { api } = scene;
      const { body } = await api.get('system/weekly-summary').expect(200);
      const plan = body as { recipients: { email: string; language: string; isSent: boolean }[] };
      expect(plan.recipients.map(({ email }) => email).sort()).toEqual(
        [
          'lab@example.com',
          ...LANGUAGES.flatMap(({ code }) => [
            `plain-${code}@example.org`,
            `staff-${code}@example.org`,
          ]),
        ].sort(),
      );
      // Who has chosen none gets the one of the settings for the summary, not the lab's.
      expect(plan.recipients.find(({ email }) => email === 'lab@example.com')?.language).toBe('fr');
      await api.post('jobs/weekly-summary/run', { dryRun: true }).expect(202);
      await until(async () => {
        const [run] = await scene.lab.rows<{ summary_json: string | null }>(
          "SELECT summary_json FROM job_runs WHERE job = 'weekly-summary'",
        );
        return run?.summary_json === JSON.stringify({ mails: 11, alreadySent: 0 });
      });
      expect(await scene.lab.rows('SELECT id FROM weekly_summaries')).toEqual([]);
      await (await scene.as('members')).post('system/weekly-summary/send').expect(403);
    });

    it('[63] [C26] [C27] each gets the seven days in their language, and each week once', async () => {
      const { api, lab } = scene;
      const sent = await api.post('system/weekly-summary/send').expect(200);
      expect(sent.body).toEqual({ mails: 11, alreadySent: 0 });
      for (const { code } of LANGUAGES) {
        const words = (await loadWords(code)).mails;
        const plain = await server.mailTo(`plain-${code}@example.org`);
        const staff = await server.mailTo(`staff-${code}@example.org`);
        for (const mail of [plain, staff]) {
          expect(mail.html).toContain(`<html lang="${code}">`);
          expect(mail.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m);
          // Nothing is fetched when it is opened, and nothing runs.
          expect(mail.html).not.toMatch(/<(?:img|link|script)|url\(/i);
          for (const body of [mail.text, mail.html]) expect(body).toContain(words.weekly.own);
        }
        // A plain member reads about nobody and nothing else.
        expect(plain.text).not.toContain(words.weekly.lab);
        expect(plain.text).not.toContain('Clean the lens');
        expect(plain.text).not.toContain('BEEF');
        expect(staff.text).toContain(words.weekly.lab);
        expect(staff.text).toMatch(/3[.,]5\u00a0h/);
        expect(staff.text).toContain('Clean the lens');
        expect(staff.text).toMatch(/2[.,]5\u00a0h/);
        expect(staff.text).not.toContain('Not due');
        expect(staff.text).toContain('··BEEF');
        expect(staff.text).not.toContain('deadbeef');
        expect(staff.text).toContain(words.weekly.own_none);
        expect(staff.html).toContain('Laser &lt;b&gt;cutter&lt;/b&gt;');
        expect(staff.html).not.toContain('<b>cutter');
      }
      expect((await server.mailTo('plain-en@example.org')).text).toContain('1.5\u00a0h');
      const again = await api.post('system/weekly-summary/send').expect(200);
      expect(again.body).toEqual({ mails: 0, alreadySent: 11 });
      // Another run at the same time, as after a restart, finds nothing to do either.
      const summaries = lab.app.get(WeeklySummaries);
      const by = {
        kind: 'job',
        id: null,
        name: 'weekly-summary',
        ip: null,
        correlationId: null,
      } as const;
      const both = await Promise.all([summaries.send(by), summaries.send(by)]);
      expect(both.map(({ mails }) => mails)).toEqual([0, 0]);
      expect(server.mails.filter(({ to }) => to.includes('plain-en@example.org'))).toHaveLength(1);
      const trail = await lab.rows("SELECT id FROM audit_entries WHERE subject = 'weekly-summary'");
      expect(trail).toHaveLength(1);
    });

    it('[S6] [B2] a link ends the mails without a login, by POST only, for its member only', async () => {
      const { api, lab } = scene;
      const mail = await server.mailTo('plain-en@example.org');
      const raw = mail.raw.replace(/\r?\n[ \t]+/g, ' ');
      const [, url = ''] = /^List-Unsubscribe: <([^>]+)>/m.exec(raw) ?? [];
      expect(url.startsWith(`${BASE_URL}/unsubscribe?token=`)).toBe(true);
      expect(mail.html).toContain(url);
      expect(mail.raw.replace(/=\r?\n/g, '').replaceAll('=3D', '=')).toContain(`:\r\n${url}`);
      const path = url.slice(BASE_URL.length);
      const wants = async () =>
        (
          await lab.rows<{ weekly_summary: boolean }>(
            "SELECT weekly_summary FROM members WHERE email = 'plain-en@example.org'",
          )
        )[0]?.weekly_summary;
      const http = lab.app.getHttpServer() as Parameters<typeof request>[0];
      const view = await request(http)
        .get(`/api/v1${path.replace('unsubscribe', 'unsubscribe-link')}`)
        .expect(200);
      expect(view.body).toMatchObject({ topic: 'weekly-summary', isSubscribed: true });
      await request(http).get(path);
      expect(await wants()).toBe(true);
      const forged = path.replace(/=\d+\./, `=${api.memberId}.`);
      await request(http).post(forged).expect(410);
      const other = path.replace('weekly-summary', 'machine-offline');
      await request(http).post(other).expect(410);
      expect(await wants()).toBe(true);
      // As mail programs do it: a form, no cookie, and no page that it comes from.
      const post = () => request(http).post(path).type('form').send('List-Unsubscribe=One-Click');
      await post().expect(204);
      expect(await wants()).toBe(false);
      await post().expect(204);
      const after = await request(http)
        .get(`/api/v1${path.replace('unsubscribe', 'unsubscribe-link')}`)
        .expect(200);
      expect(after.body).toMatchObject({ isSubscribed: false });
      const trail = await lab.rows("SELECT id FROM audit_entries WHERE action = 'unsubscribe'");
      expect(trail).toHaveLength(1);
    });

    it('every kind of mail can be looked at in every language, without a link that works', async () => {
      const { api } = scene;
      for (const { code } of LANGUAGES) {
        for (const kind of ['weekly-summary', 'maintenance-due', 'password-forgotten', 'test']) {
          const preview = await api
            .get(`system/mail-preview?kind=${kind}&language=${code}`)
            .expect(200);
          const { html, text } = preview.body as { html: string; text: string };
          expect(html).toContain(`<html lang="${code}">`);
          expect(text).not.toContain('{{');
          expect(text).not.toMatch(/token=\d/);
        }
      }
      const none = await api.get('system/mail-preview?kind=machine-offline').expect(409);
      expect(none.body).toMatchObject({ code: 'mail.nothing_to_show' });
    });

    it('[22] mails need an address, and those about machines a role that looks after them', async () => {
      const { api } = scene;
      const plain = await scene.as('none');
      const mine = await plain.get('me/mail-preferences').expect(200);
      expect(mine.body).toMatchObject({ topics: ['weekly-summary'], weeklySummary: false });
      const { version } = mine.body as { version: number };
      const refused = await plain
        .patch('me/mail-preferences', { version, maintenanceDueMails: true })
        .expect(422);
      expect(refused.body).toMatchObject({
        fields: { maintenanceDueMails: 'member.mail_not_for_role' },
      });
      await plain.patch('me/mail-preferences', { version, weeklySummary: true }).expect(200);
      await plain.patch('me/mail-preferences', { version, weeklySummary: false }).expect(409);
      const { body } = await api.get('roles?q=Staff').expect(200);
      const roleId = (body as { items: { id: number }[] }).items[0]?.id;
      const member = { firstName: 'No address', roleId, machineOfflineMails: true };
      await api.post('members', member).expect(422);
      const made = await api.post('members', { ...member, email: 'new@example.org' }).expect(201);
      expect(made.body).toMatchObject({ machineOfflineMails: true, weeklySummary: false });
    });

    it('a mail that failed is told in words, tried again, and discarded', async () => {
      const { api, lab } = scene;
      server.refusals.push({ code: 550, text: 'No such user' });
      await lab.change((db) =>
        db.execute(
          "DELETE FROM weekly_summaries WHERE member_id IN (SELECT id FROM members WHERE email = 'lab@example.com')",
        ),
      );
      const before = server.mails.length;
      await api.post('system/weekly-summary/send').expect(200);
      const failed = async () =>
        (await api.get('system/mails?state=given-up&sort=-createdAt').expect(200)).body as {
          items: { id: number; problem: string; canRetry: boolean }[];
        };
      await until(async () => (await failed()).items.length === 1);
      const [mail] = (await failed()).items;
      expect(mail).toMatchObject({ problem: 'address-refused', canRetry: true });
      await api.post(`system/mails/${mail?.id}/retry`).expect(204);
      await until(() => server.mails.length > before);
      await until(async () => {
        const { body } = await api.get('system/mails?state=sent&q=lab@example.com').expect(200);
        return (body as { items: { id: number }[] }).items.some(({ id }) => id === mail?.id);
      });
      await api.post(`system/mails/${mail?.id}/retry`).expect(409);
      await api.delete(`system/mails/${mail?.id}`).expect(409);
      await api.post('system/mails/999999/retry').expect(404);
      await (await scene.as('members')).delete(`system/mails/${mail?.id}`).expect(403);
    });
  },
  async () => {
    server = await TestMailServer.start();
    return {
      environment: {
        ...server.environment,
        FABOMATIC_WEB_BASE_URL: BASE_URL,
        FABOMATIC_LAB_LANGUAGE: 'it',
        FABOMATIC_WEEKLY_SUMMARY_LANGUAGE: 'fr',
      },
    };
  },
);
