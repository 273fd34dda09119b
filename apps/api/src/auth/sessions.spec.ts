import { request as httpRequest, type IncomingMessage } from 'node:http';
import request from 'supertest';
import { JwtService } from '@nestjs/jwt';
import { eachLab, type LabScene } from '../testing/each-lab';
import { TestApi } from '../testing/test-api';
import { until } from '../testing/test-lab';

/** What a browser holds: its access token and its cookie. */
interface Browser {
  token: string;
  cookie: string;
}

const cookieOf = (answer: request.Response): string | undefined =>
  (answer.get('Set-Cookie') ?? []).find((each) => each.startsWith('fabomatic_refresh='));
const nameAndValue = (cookie = '') => cookie.split(';')[0] ?? '';

eachLab(
  async () => undefined,
  (scene) => {
    const post = (path: string, cookie = '') =>
      request(scene.lab.app.getHttpServer()).post(`/api/v1/auth/${path}`).set('Cookie', cookie);
    const isIn = async (token: string) => {
      const asked = request(scene.lab.app.getHttpServer()).get('/api/v1/auth/me');
      return (await asked.set('Authorization', `Bearer ${token}`)).status === 200;
    };
    const exchange = async (cookie: string): Promise<Browser> => {
      const answer = await post('refresh', cookie).expect(200);
      const { accessToken } = answer.body as { accessToken: string };
      return { token: accessToken, cookie: nameAndValue(cookieOf(answer)) };
    };
    const member = async () => browser(scene, await scene.as('none'));
    const back = (seconds: number) =>
      scene.lab.change((db) =>
        db.execute('UPDATE sessions SET rotated_at = rotated_at - ?', [seconds]),
      );

    it('the cookie is out of reach for scripts, other sites and other paths [S5]', async () => {
      const api = await scene.as('none');
      const answer = await post('login').send(api.login).expect(200);
      expect(cookieOf(answer)).toMatch(/; Path=\/api\/v1\/auth; .*HttpOnly; SameSite=Strict$/);
      expect(cookieOf(answer)).not.toContain('Secure');
      expect(JSON.stringify(answer.body)).not.toContain(
        nameAndValue(cookieOf(answer)).split('=')[1],
      );
      const [row] = await scene.lab.rows<{ refresh_hash: string }>(
        'SELECT refresh_hash FROM sessions ORDER BY id DESC LIMIT 1',
      );
      expect(row?.refresh_hash).toMatch(/^[0-9a-f]{64}$/);
    });

    it('an exchange gives new tokens, and the session goes on', async () => {
      const first = await member();
      const second = await exchange(first.cookie);
      expect(second.cookie).not.toBe(first.cookie);
      const third = await exchange(second.cookie);
      expect(await isIn(third.token)).toBe(true);
      expect(await isIn(first.token)).toBe(true);
    });

    it('tabs that wake up together do not throw each other out', async () => {
      const { cookie } = await member();
      const answers = await Promise.all([1, 2, 3].map(() => post('refresh', cookie)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      // One of them moves the session on; the others share the browser's cookies with it.
      const cookies = answers.map(cookieOf).filter((each) => each !== undefined);
      expect(cookies).toHaveLength(1);
      await exchange(nameAndValue(cookies[0]));
    });

    it('a stolen refresh token that is used again ends the session for both', async () => {
      const victim = await member();
      const thief = await exchange(victim.cookie);
      await back(61);
      await post('refresh', victim.cookie).expect(401);
      expect(await isIn(thief.token)).toBe(false);
      await post('refresh', thief.cookie).expect(401);
      const [entry] = await scene.lab.rows<{ action: string }>(
        'SELECT action FROM audit_entries ORDER BY id DESC LIMIT 1',
      );
      expect(entry?.action).toBe('end-stolen-session');
    });

    it('neither kind of token is taken for the other, and made-up ones end nothing', async () => {
      const { token, cookie } = await member();
      await post('refresh', `fabomatic_refresh=${token}`).expect(401);
      expect(await isIn(cookie.split('=')[1] ?? '')).toBe(false);
      for (const wrong of ['', 'fabomatic_refresh=', `${cookie}x`]) {
        await post('refresh', wrong).expect(401);
      }
      expect(await isIn(token)).toBe(true);
    });

    it('a session that nobody used for a week is over', async () => {
      const { token, cookie } = await member();
      await scene.lab.change((db) => db.execute('UPDATE sessions SET expires_at = 1'));
      expect(await isIn(token)).toBe(false);
      await post('refresh', cookie).expect(401);
    });

    it('a session lasts a week from its last use, 30 days in all, and its access token 15 minutes', async () => {
      const DAY_S = 24 * 3600;
      const { token, cookie } = await member();
      const { iat, exp, sid } = scene.lab.app
        .get(JwtService, { strict: false })
        .decode<{ iat: number; exp: number; sid: number }>(token);
      expect(exp - iat).toBe(15 * 60);
      const lasts = async () => {
        const [row] = await scene.lab.rows<{ expires_at: number; created_at: number }>(
          'SELECT expires_at, created_at FROM sessions WHERE id = ?',
          [sid],
        );
        return (row?.expires_at ?? 0) - Date.now() / 1000;
      };
      expect(Math.abs((await lasts()) - 7 * DAY_S)).toBeLessThan(60);
      const old = (days: number) =>
        scene.lab.change((db) =>
          db.execute('UPDATE sessions SET created_at = created_at - ? WHERE id = ?', [
            days * DAY_S,
            sid,
          ]),
        );
      await old(20);
      const next = await exchange(cookie);
      expect(Math.abs((await lasts()) - 7 * DAY_S)).toBeLessThan(60);
      await old(9);
      await exchange(next.cookie);
      expect(Math.abs((await lasts()) - DAY_S)).toBeLessThan(60);
    });

    it('[5] logging out ends the session at once, and asks for no valid token', async () => {
      const { token, cookie } = await member();
      const left = await post('logout', cookie).expect(204);
      expect(cookieOf(left)).toMatch(/^fabomatic_refresh=; .*Expires=Thu, 01 Jan 1970/);
      expect(await isIn(token)).toBe(false);
      await post('refresh', cookie).expect(401);
      await post('logout', cookie).expect(204);
    });

    it('lists the own sessions and ends them, and nobody else’s', async () => {
      const api = await scene.as('none');
      const other = await browser(scene, api);
      const stranger = await scene.as('admin');
      const list = async () => {
        const { body } = await api.get('auth/sessions').expect(200);
        return (body as { items: { id: number; isCurrent: boolean }[] }).items;
      };
      const sessions = await list();
      expect(sessions.map(({ isCurrent }) => isCurrent).sort()).toEqual([false, true]);
      const id = sessions.find(({ isCurrent }) => !isCurrent)?.id ?? 0;
      await stranger.delete(`auth/sessions/${id}`).expect(404);
      expect(await isIn(other.token)).toBe(true);
      await api.delete(`auth/sessions/${id}`).expect(204);
      expect(await isIn(other.token)).toBe(false);
      await api.delete(`auth/sessions/${id}`).expect(404);

      const third = await browser(scene, api);
      await api.delete('auth/sessions').expect(204);
      expect(await isIn(third.token)).toBe(false);
      expect(await list()).toEqual([expect.objectContaining({ isCurrent: true })]);
    });

    it.each([
      ['disabled', true, false],
      ['deleted', 1, null],
    ] as const)(
      '[B5] [S4] a member who is %s is out at once, and stays out when that is undone',
      async (what, on, off) => {
        const column = what === 'deleted' ? 'deleted_at' : 'disabled';
        const api = await scene.as('admin');
        const { token, cookie } = await browser(scene, api);
        const set = (value: boolean | number | null) =>
          scene.lab.change((db) =>
            db.execute(`UPDATE members SET ${column} = ? WHERE id = ?`, [value, api.memberId]),
          );
        await set(on);
        expect(await isIn(token)).toBe(false);
        await post('refresh', cookie).expect(401);
        await post('login').send(api.login).expect(401);
        await set(off);
        expect(await isIn(token)).toBe(false);
        expect(await isIn(api.token)).toBe(false);
      },
    );

    it('a new password ends all other sessions and begins one', async () => {
      const api = await scene.as('none');
      const other = await browser(scene, api);
      const changed = await api
        .post('auth/password', {
          currentPassword: api.login.password,
          newPassword: 'violet anvil under the stairs',
        })
        .expect(200);
      expect([await isIn(other.token), await isIn(api.token)]).toEqual([false, false]);
      const { accessToken } = changed.body as { accessToken: string };
      expect(await isIn(accessToken)).toBe(true);
      await exchange(nameAndValue(cookieOf(changed)));
    });

    it('guessing the password where it is changed is slowed down', async () => {
      const api = await scene.as('none');
      const guess = (n: number) =>
        api.post('auth/password', {
          currentPassword: `guess ${n}`,
          newPassword: 'violet anvil under the stairs',
        });
      for (let n = 0; n < 5; n++) await guess(n).expect(422);
      expect((await guess(5).expect(429)).body).toMatchObject({ code: 'auth.too_many_attempts' });
    });

    it('[B2] [S6] a page of another site cannot make a browser change anything', async () => {
      const { cookie, token } = await member();
      for (const site of ['cross-site', 'same-site']) {
        for (const path of ['refresh', 'logout', 'login']) {
          const { body } = await post(path, cookie).set('Sec-Fetch-Site', site).expect(403);
          expect(body).toMatchObject({ code: 'request.other_site' });
        }
      }
      // A form cannot send JSON: what it sends is read as nothing.
      const api = await scene.as('none');
      await post('login')
        .type('form')
        .send({ ...api.login })
        .expect(422);
      await post('login')
        .set('Content-Type', 'text/plain')
        .send(JSON.stringify(api.login))
        .expect(422);
      await post('refresh', cookie).set('Sec-Fetch-Site', 'same-origin').expect(200);
      expect(await isIn(token)).toBe(true);
    });

    it('a stream that is open ends with the session', async () => {
      jest.useFakeTimers({ doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'Date'] });
      const api = await scene.as('read-only');
      const stream = await openStream(scene, api.token);
      let isOver = false;
      stream.resume().once('end', () => (isOver = true));
      await api.post('auth/logout').expect(204);
      await jest.advanceTimersByTimeAsync(26_000);
      jest.useRealTimers();
      await until(() => isOver);
    });
  },
);

async function browser(scene: LabScene, { login }: TestApi): Promise<Browser> {
  const answer = await request(scene.lab.app.getHttpServer())
    .post('/api/v1/auth/login')
    .send(login)
    .expect(200);
  const { accessToken } = answer.body as { accessToken: string };
  return { token: accessToken, cookie: nameAndValue(cookieOf(answer)) };
}

async function openStream(scene: LabScene, token: string): Promise<IncomingMessage> {
  const { port } = scene.lab.app.getHttpServer().address() as { port: number };
  return new Promise((resolve, reject) => {
    const headers = { Authorization: `Bearer ${token}` };
    const asked = httpRequest({ port, path: '/api/v1/live', headers }, resolve);
    asked.on('error', reject).end();
  });
}
