import { PASSWORD_LINK_S, type SentPasswordLink } from '@fabomatic/members';
import request from 'supertest';
import { eachLab } from '../testing/each-lab';
import { TestMailServer } from '../testing/mail-server';
import { TestApi } from '../testing/test-api';
import { TestLab, until } from '../testing/test-lab';

const NEW = 'violet anvil under the stairs';
const LINK = /https:\/\/lab\.example\.org\/portal\/set-password#([\w-]{43})\s/;

let server: TestMailServer;

eachLab(
  async () => undefined,
  (scene) => {
    afterAll(() => server.stop());

    const post = (path: string, body: object) =>
      request(scene.lab.app.getHttpServer()).post(`/api/v1/auth/${path}`).send(body);
    const forgot = (email: string) => post('forgot-password', { email });
    const links = (memberId: number) =>
      scene.lab.rows('SELECT * FROM password_links WHERE member_id = ?', [memberId]);
    const tokenFor = async (api: TestApi): Promise<string> => {
      await forgot(api.login.email).expect(204);
      const { text } = await server.mailTo(api.login.email);
      return LINK.exec(text)?.[1] ?? text;
    };
    const use = (token: string, newPassword = NEW) =>
      post('password-link/use', { token, newPassword });
    const older = (memberId: number, minutes: number) =>
      scene.lab.change((db) =>
        db.execute('UPDATE password_links SET expires_at = expires_at - ? WHERE member_id = ?', [
          minutes * 60,
          memberId,
        ]),
      );

    it('[6] [B7] [S14] mails a link whose address comes from the settings, whatever Host says', async () => {
      const api = await scene.as('read-only');
      await post('forgot-password', { email: api.login.email.toUpperCase() })
        .set('Host', 'evil.example')
        .set('X-Forwarded-Host', 'evil.example')
        .expect(204);
      const mail = await server.mailTo(api.login.email);
      expect(mail.text).toMatch(LINK);
      expect(mail.raw + mail.html + mail.text).not.toContain('evil.example');
      const token = LINK.exec(mail.text)?.[1] ?? '';
      expect(JSON.stringify(await links(api.memberId))).not.toContain(token);
      const checked = await post('password-link/check', { token }).expect(200);
      expect(checked.body).toMatchObject({ firstName: 'Pat', email: api.login.email });
    });

    it('[7] [B7] sets the password once, ends the sessions and tells the member', async () => {
      const api = await scene.as('none');
      const token = await tokenFor(api);
      const weak = await use(token, 'password1234').expect(422);
      expect(weak.body).toMatchObject({ fields: { newPassword: 'auth.password_common' } });
      await use(token, 'short').expect(422);
      await use(token).expect(204);
      await api.get('auth/me').expect(401);
      await post('login', api.login).expect(401);
      await post('login', { email: api.login.email, password: NEW }).expect(200);
      expect((await use(token, `${NEW}!`).expect(410)).body).toMatchObject({
        code: 'auth.link_invalid',
      });
      await until(() =>
        server.mails.some(
          ({ to, text }) => to.includes(api.login.email) && text.includes('was changed'),
        ),
      );
    });

    it('[7] works after 29 minutes and not after 31', async () => {
      const [early, late] = [await scene.as('none'), await scene.as('none')];
      const tokens = [await tokenFor(early), await tokenFor(late)];
      expect(PASSWORD_LINK_S).toBe(30 * 60);
      await older(early.memberId, 29);
      await older(late.memberId, 31);
      await use(tokens[0] ?? '').expect(204);
      await use(tokens[1] ?? '').expect(410);
    });

    it('two who use it at once do not both succeed', async () => {
      const token = await tokenFor(await scene.as('none'));
      const answers = await Promise.all([use(token), use(token, `${NEW} 2`)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 410]);
    });

    it('[B6] [S13] answers alike for a member, for nobody, and for one who is disabled', async () => {
      const [api, off] = [await scene.as('none'), await scene.as('none')];
      await scene.lab.change((db) =>
        db.execute('UPDATE members SET disabled = ? WHERE id = ?', [true, off.memberId]),
      );
      const asked = [api.login.email, 'nobody@example.org', off.login.email, 'not an address'];
      for (const email of asked) {
        const answer = await forgot(email).expect(204);
        expect(answer.text).toBe('');
      }
      await server.mailTo(api.login.email);
      await forgot(api.login.email).expect(204);
      expect(await links(off.memberId)).toEqual([]);
      expect(server.mails.filter(({ to }) => to.includes(api.login.email))).toHaveLength(1);
    });

    it('[B6] [S13] answers before it looks: what takes long for members only does not show', async () => {
      const api = await scene.as('none');
      let release = () => undefined as void;
      const looked = new Promise<void>((resolve) => (release = resolve));
      const { units } = scene.lab;
      const run = units.run.bind(units);
      const held = jest.spyOn(units, 'run').mockImplementation(async (unit) => {
        await looked;
        return run(unit);
      });
      await forgot(api.login.email).expect(204);
      expect(await links(api.memberId)).toEqual([]);
      release();
      await until(async () => (await links(api.memberId)).length === 1);
      held.mockRestore();
    });

    it('nobody gets a second mail within two minutes, and gets one after that', async () => {
      const api = await scene.as('none');
      const mails = () => server.mails.filter(({ to }) => to.includes(api.login.email)).length;
      await tokenFor(api);
      const earlier = (seconds: number) =>
        scene.lab.change((db) =>
          db.execute('UPDATE password_links SET created_at = created_at - ? WHERE member_id = ?', [
            seconds,
            api.memberId,
          ]),
        );
      await earlier(110);
      await forgot(api.login.email).expect(204);
      // Whoever asks is answered before it is looked up: a mail to somebody else is looked up later.
      await tokenFor(await scene.as('none'));
      expect(mails()).toBe(1);
      await earlier(11);
      await forgot(api.login.email).expect(204);
      await until(() => mails() === 2);
    });

    it('a link dies when the member is disabled', async () => {
      const api = await scene.as('none');
      const token = await tokenFor(api);
      await scene.lab.change((db) =>
        db.execute('UPDATE members SET disabled = ? WHERE id = ?', [true, api.memberId]),
      );
      await use(token).expect(410);
    });

    it('a link dies when the member gets another address, and not when anything else changes', async () => {
      const api = await scene.as('none');
      const token = await tokenFor(api);
      const change = async (more: object) => {
        const { body } = await scene.api.get(`members/${api.memberId}`).expect(200);
        const { version } = body as { version: number };
        await scene.api.patch(`members/${api.memberId}`, { version, ...more }).expect(200);
      };
      await change({ firstName: 'Patricia', email: api.login.email.toUpperCase() });
      await post('password-link/check', { token }).expect(200);
      await change({ email: `new-${api.login.email}` });
      await use(token).expect(410);
    });

    it('[8] the lab sends a link, in the member’s language, and not without an email', async () => {
      const manager = await scene.as('members');
      const member = await scene.as('none');
      await scene.lab.change((db) =>
        db.execute("UPDATE members SET language = 'de' WHERE id = ?", [member.memberId]),
      );
      const sent = await manager.post(`members/${member.memberId}/password-link`).expect(200);
      expect(sent.body).toMatchObject({ email: member.login.email, path: null });
      expect((await server.mailTo(member.login.email)).text).toContain('innerhalb von 30 Minuten');
      await scene.lab.change((db) =>
        db.execute('UPDATE members SET email = NULL WHERE id = ?', [member.memberId]),
      );
      const refused = await manager.post(`members/${member.memberId}/password-link`).expect(409);
      expect(refused.body).toMatchObject({ code: 'member.no_email' });
      await manager.post('members/99999/password-link').expect(404);
      await (await scene.as('machines')).post('members/1/password-link').expect(403);
    });

    it('nobody gets at the account of somebody who may do more', async () => {
      const manager = await scene.as('members');
      const admin = await scene.as('admin');
      await manager.post(`members/${admin.memberId}/password-link`).expect(403);
      await manager.post(`members/${manager.memberId}/password-link`, { how: 'show' }).expect(403);
      const shown = await scene.api.post(`members/${manager.memberId}/password-link`, {
        how: 'show',
      });
      const { path } = shown.body as SentPasswordLink;
      await use(path?.split('#')[1] ?? '').expect(204);
      const [entry] = await scene.lab.rows(
        "SELECT actor_id FROM audit_entries WHERE action = 'show-password-link'",
      );
      expect(entry).toEqual({ actor_id: scene.api.memberId });
    });
  },
  async () => {
    server = await TestMailServer.start();
    const base = { FABOMATIC_WEB_BASE_URL: 'https://lab.example.org/portal/' };
    return { environment: { ...server.environment, ...base } };
  },
);

describe('without mail', () => {
  jest.setTimeout(30_000);

  it('one address asks for so many links and no more, whoever they are for', async () => {
    const lab = await TestLab.start();
    const ask = (n: number) =>
      request(lab.app.getHttpServer())
        .post('/api/v1/auth/forgot-password')
        .send({ email: `member-${n}@example.org` });
    try {
      for (let n = 0; n < 20; n++) await ask(n).expect(204);
      const refused = await ask(20).expect(429);
      expect(refused.body).toMatchObject({ code: 'auth.too_many_attempts' });
    } finally {
      await lab.remove();
    }
  });

  it('the login page does not offer it, and asking gives nothing away', async () => {
    const lab = await TestLab.start();
    const api = await TestApi.as(lab, 'admin');
    expect((await api.get('auth/options').expect(200)).body).toEqual({ canSendLinks: false });
    await api.post('auth/forgot-password', { email: api.login.email }).expect(204);
    const refused = await api.post(`members/${api.memberId}/password-link`).expect(409);
    expect(refused.body).toMatchObject({ code: 'mail.off' });
    await lab.remove();
  });
});
