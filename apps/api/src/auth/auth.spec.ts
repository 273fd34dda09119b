import { MIN_PASSWORD_LENGTH } from '@fabomatic/members';
import request from 'supertest';
import { TestLab } from '../testing/test-lab';
import { hashPassword } from './password-hash';

const ADMIN = { email: 'admin@example.org', password: 'admin' };
const PASSWORD = 'correct horse battery staple';
const ROUTES = ['auth/me', 'machines', 'members', 'uses', 'dashboard', 'live'];

jest.setTimeout(30_000);

let lab: TestLab;

beforeEach(async () => {
  lab = await TestLab.start();
  const password_hash = await hashPassword(PASSWORD);
  await lab.change(async (db) => {
    await db.execute('UPDATE members SET email = ? WHERE password_hash IS NOT NULL', [ADMIN.email]);
    const people = [
      { email: 'ann@example.org', role_id: 1, disabled: false },
      { email: 'off@example.org', role_id: 1, disabled: true },
      // The fourth role of the seed has no access to the portal.
      { email: 'user@example.org', role_id: 4, disabled: false },
    ];
    for (const person of people) {
      const names = { first_name: 'A', last_name: 'B', created_at: 1 };
      await db.insert('members', { ...person, ...names, password_hash });
    }
  });
});
afterEach(() => lab.remove());

const server = () => request(lab.app.getHttpServer());
const login = (email: string, password: string) =>
  server().post('/api/v1/auth/login').send({ email, password });
const get = (path: string, token?: string) => {
  const asked = server().get(`/api/v1/${path}`);
  return token === undefined ? asked : asked.set('Authorization', `Bearer ${token}`);
};

async function tokenOf(email: string, password: string): Promise<string> {
  const { body } = await login(email, password).expect(200);
  return (body as { accessToken: string }).accessToken;
}

describe('login', () => {
  it('takes the right password, whatever the case of the address', async () => {
    const { body } = await login('ANN@example.org', PASSWORD).expect(200);
    expect(body).toEqual({
      accessToken: expect.any(String),
      mustChangePassword: false,
      mustSetUpSecondFactor: false,
    });
  });

  it.each([
    ['a wrong password', 'ann@example.org', 'wrong', 401, 'auth.bad_credentials'],
    ['an unknown address', 'nobody@example.org', PASSWORD, 401, 'auth.bad_credentials'],
    ['a disabled member', 'off@example.org', PASSWORD, 401, 'auth.bad_credentials'],
  ])('[3] refuses %s', async (_, email, password, status, code) => {
    const { body, headers } = await login(email, password).expect(status);
    expect(body).toMatchObject({ code });
    expect(body).not.toHaveProperty('accessToken');
    expect(headers).not.toHaveProperty('set-cookie');
  });

  it('[4] a member without access to the portal gets to their own page only', async () => {
    const { body } = await login('user@example.org', PASSWORD).expect(200);
    const { accessToken } = body as { accessToken: string };
    await get('me', accessToken).expect(200);
    const refused = await get('machines', accessToken).expect(403);
    expect(refused.body).toMatchObject({ code: 'auth.forbidden' });
  });

  it.each([
    [
      'scrypt',
      'scrypt:32768:8:1$SNvSEEGeaN42JvO1$eec169c90f63c57f0a2b5cc89f4252f2dcf00f1eb59ab0d35a63eda2d75544a6a859c250585f80d453b73447ab5fb8efbe815206453d37d2a3cecbe1509d7140',
    ],
    [
      'pbkdf2',
      'pbkdf2:sha256:600000$NqoufmwzzXZTiQco$ab5bea7a25179bca6496215bcb661bdad3c50f3a65e8ef240a436b10a998864d',
    ],
  ])(
    '[B4] [S11] a hash of the original (%s) becomes ours, and its documented password opens nothing',
    async (_, hash) => {
      const stored = async () => {
        const [row] = await lab.rows<{ password_hash: string }>(
          "SELECT password_hash FROM members WHERE email = 'ann@example.org'",
        );
        return row?.password_hash;
      };
      await lab.change((db) =>
        db.execute("UPDATE members SET password_hash = ? WHERE email = 'ann@example.org'", [hash]),
      );
      await login('ann@example.org', 'wrong').expect(401);
      expect(await stored()).toBe(hash);
      const first = await login('ann@example.org', 'admin').expect(200);
      expect(await stored()).toMatch(/^\$argon2id\$/);
      const again = await login('ann@example.org', 'admin').expect(200);
      for (const { body } of [first, again]) {
        expect(body).toMatchObject({ mustChangePassword: true });
        const refused = await get('machines', (body as { accessToken: string }).accessToken);
        expect(refused.body).toMatchObject({ code: 'auth.password_change_required' });
      }
    },
  );

  it.each([{}, { email: 'a@b.c' }, { email: 7, password: 'x' }, { email: '', password: '' }])(
    'refuses a bad body: %j',
    async (body) => {
      const answer = await server().post('/api/v1/auth/login').send(body).expect(422);
      expect(answer.body).toMatchObject({ code: 'request.invalid' });
    },
  );

  it('[B6] [S12] slows guessing down, for the account that is guessed only', async () => {
    for (let n = 0; n < 5; n++) await login('ann@example.org', `guess ${n}`).expect(401);
    // The first waits may be over before a refusal is answered.
    let answer = await login('ann@example.org', 'guess');
    for (let n = 0; n < 4 && answer.status === 401; n++) {
      answer = await login('ann@example.org', 'guess');
    }
    const seconds: unknown = expect.any(Number);
    expect(answer.body).toMatchObject({ code: 'auth.too_many_attempts', params: { seconds } });
    await login('ann@example.org', PASSWORD).expect(429);
    await login(ADMIN.email, ADMIN.password).expect(200);
  });
});

test('[2] a new database begins with the address of the settings', async () => {
  await lab.remove();
  const environment = { FABOMATIC_WEB_DEFAULT_ADMIN_EMAIL: 'chief@lab.example.org' };
  lab = await TestLab.start({ environment });
  const entered = await login('chief@lab.example.org', ADMIN.password).expect(200);
  expect(entered.body).toMatchObject({ mustChangePassword: true });
  await login('admin@fablab.org', ADMIN.password).expect(401);
});

describe('the first password', () => {
  it('[2] [B4] [S11] opens nothing until it has been changed, and ends with its sessions', async () => {
    const answer = await login(ADMIN.email, ADMIN.password).expect(200);
    expect(answer.body).toMatchObject({ mustChangePassword: true });
    const token = (answer.body as { accessToken: string }).accessToken;
    await get('auth/me', token).expect(200);
    for (const route of ROUTES.slice(1)) {
      const refused = await get(route, token).expect(403);
      expect(refused.body).toMatchObject({ code: 'auth.password_change_required' });
    }

    const change = (body: object) =>
      server().post('/api/v1/auth/password').set('Authorization', `Bearer ${token}`).send(body);
    expect(MIN_PASSWORD_LENGTH).toBe(12);
    const newPassword = 'corral-lathe-17'.slice(0, MIN_PASSWORD_LENGTH);
    const wrong = await change({ currentPassword: 'no', newPassword }).expect(422);
    expect(wrong.body).toMatchObject({
      fields: { currentPassword: 'auth.wrong_current_password' },
    });
    for (const short of ['short', newPassword.slice(1)]) {
      const refused = await change({ currentPassword: ADMIN.password, newPassword: short });
      expect(refused.body).toMatchObject({ fields: { newPassword: 'field.too_small' } });
    }
    for (const [weak, code] of [
      ['Password1234', 'auth.password_common'],
      ['admin@example.org', 'auth.password_about_owner'],
      ['FabLab--FabLab', 'auth.password_about_owner'],
    ]) {
      const refused = await change({ currentPassword: ADMIN.password, newPassword: weak });
      expect(refused.body).toMatchObject({ fields: { newPassword: code } });
    }
    const changed = await change({ currentPassword: ADMIN.password, newPassword }).expect(200);
    expect(changed.body).toMatchObject({ mustChangePassword: false });

    await get('machines', token).expect(401);
    await get('machines', (changed.body as { accessToken: string }).accessToken).expect(200);
    await login(ADMIN.email, ADMIN.password).expect(401);
    await login(ADMIN.email, newPassword).expect(200);
  });
});

describe('sessions', () => {
  it.each(ROUTES)('%s asks for one', async (route) => {
    for (const token of [undefined, 'x', 'eyJhbGciOiJub25lIn0.eyJzdWIiOjJ9.']) {
      const { body } = await get(route, token).expect(401);
      expect(body).toMatchObject({ code: 'auth.required' });
    }
  });

  it.each(['machines', 'members', 'uses'])('%s is a page of a list', async (route) => {
    const token = await tokenOf('ann@example.org', PASSWORD);
    const { body } = await get(route, token).expect(200);
    expect(body).toMatchObject({ items: expect.any(Array), total: expect.any(Number), page: 1 });
    await get(`${route}?page=0`, token).expect(422);
    await get(`${route}?pageSize=1000000`, token).expect(422);
  });

  it('end when the member is disabled or deleted', async () => {
    for (const [column, on, off] of [
      ['disabled', true, false],
      ['deleted_at', 1, null],
    ] as const) {
      const token = await tokenOf('ann@example.org', PASSWORD);
      await get('auth/me', token).expect(200);
      const set = `UPDATE members SET ${column} = ? WHERE email = 'ann@example.org'`;
      await lab.change((db) => db.execute(set, [on]));
      await get('auth/me', token).expect(401);
      await lab.change((db) => db.execute(set, [off]));
    }
  });
});
