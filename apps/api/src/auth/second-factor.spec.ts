import type { LoginResponse, MemberView, SecondFactorSetup } from '@fabomatic/members';
import { Secret, TOTP } from 'otpauth';
import { eachLab } from '../testing/each-lab';
import { TestApi } from '../testing/test-api';
import { TestLab } from '../testing/test-lab';

const codeOf = (secret: string, halfMinutes = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: Date.now() + halfMinutes * 30_000,
  });

async function setUp(api: TestApi): Promise<{ secret: string; codes: string[] }> {
  const { body } = await api.post('auth/second-factor').expect(200);
  const { secret } = body as SecondFactorSetup;
  const answer = await api.post('auth/second-factor/confirm', { code: codeOf(secret, -1) });
  expect(answer.status).toBe(200);
  return { secret, codes: (answer.body as { codes: string[] }).codes };
}

eachLab(
  async () => undefined,
  (scene) => {
    const login = (api: TestApi, code?: string) =>
      api.post('auth/login', { ...api.login, ...(code === undefined ? {} : { code }) });
    /** The code of a half minute can be used once: tests forget that it was. */
    const forgetSteps = () =>
      scene.lab.change((db) => db.execute('UPDATE second_factors SET last_step = 0'));

    it('counts only once a code was right, and then every login asks for one', async () => {
      const api = await scene.as('read-only');
      const { body } = await api.post('auth/second-factor').expect(200);
      const { secret, uri } = body as SecondFactorSetup;
      expect(uri).toContain(`secret=${secret}`);
      expect(uri).toMatch(/^otpauth:\/\/totp\/FabLab:/);
      const wrong = await api.post('auth/second-factor/confirm', { code: '000000' }).expect(422);
      expect(wrong.body).toMatchObject({ fields: { code: 'auth.second_factor_wrong' } });
      await login(api).expect(200);

      await api.post('auth/second-factor/confirm', { code: codeOf(secret) }).expect(200);
      const refused = await login(api).expect(401);
      expect(refused.body).toMatchObject({ code: 'auth.second_factor_required' });
      const state = await api.get('auth/second-factor').expect(200);
      expect(state.body).toMatchObject({ isOn: true, isRequired: false, recoveryCodesLeft: 10 });
      const rows = await scene.lab.rows('SELECT * FROM second_factors');
      expect(JSON.stringify(rows)).not.toContain(secret);
      await api.post('auth/second-factor').expect(409);
    });

    it('a code works once, and who has not got the password is asked for none', async () => {
      const api = await scene.as('none');
      const { secret } = await setUp(api);
      await login(api, '123456').expect(401);
      await login(api, codeOf(secret)).expect(200);
      const again = await login(api, codeOf(secret)).expect(401);
      expect(again.body).toMatchObject({ code: 'auth.second_factor_wrong' });
      const guess = await api.post('auth/login', { email: api.login.email, password: 'no' });
      expect(guess.body).toMatchObject({ code: 'auth.bad_credentials' });
    });

    it('guessing codes is slowed down', async () => {
      const api = await scene.as('none');
      await setUp(api);
      for (let n = 0; n < 5; n++) await login(api, `00000${n}`).expect(401);
      await login(api, '000009').expect(429);
    });

    it.each(['confirm', 'recovery-codes', 'off'])(
      'guessing codes at "%s" is slowed down, for this member only',
      async (route) => {
        const [api, other] = [await scene.as('none'), await scene.as('none')];
        if (route === 'confirm') await api.post('auth/second-factor').expect(200);
        else await setUp(api);
        const guess = (by: TestApi, code: string) =>
          by.post(`auth/second-factor/${route}`, { code });
        for (let n = 0; n < 5; n++) await guess(api, `00000${n}`).expect(422);
        const refused = await guess(api, '000009').expect(429);
        expect(refused.body).toMatchObject({ code: 'auth.too_many_attempts' });
        await other.post('auth/second-factor').expect(200);
        await guess(other, '000000').expect(route === 'confirm' ? 422 : 409);
      },
    );

    it('a recovery code works once, however it is written, and new ones replace all', async () => {
      const api = await scene.as('none');
      const { secret, codes } = await setUp(api);
      expect(codes).toHaveLength(10);
      expect(codes[0]).toMatch(/^(?:[a-z02-9]{4}-){3}[a-z02-9]{4}$/);
      await login(api, codes[0]?.toUpperCase().replaceAll('-', ' ')).expect(200);
      await login(api, codes[0]).expect(401);
      await forgetSteps();
      await api.post('auth/second-factor/recovery-codes', { code: codeOf(secret) }).expect(200);
      await login(api, codes[1]).expect(401);
    });

    it('turning it on ends the other sessions, and it is turned off with a code only', async () => {
      const api = await scene.as('none');
      const other = await login(api).expect(200);
      const { secret } = await setUp(api);
      await api
        .with((other.body as LoginResponse).accessToken)
        .get('auth/me')
        .expect(401);
      await api.post('auth/second-factor/off', { code: '000000' }).expect(422);
      await forgetSteps();
      await api.post('auth/second-factor/off', { code: codeOf(secret) }).expect(204);
      await login(api).expect(200);
    });

    it('an administrator helps who lost phone and codes', async () => {
      const api = await scene.as('members');
      await setUp(api);
      const seen = async () =>
        (await scene.api.get(`members/${api.memberId}`).expect(200)).body as MemberView;
      expect((await seen()).hasSecondFactor).toBe(true);
      await api.delete(`members/${api.memberId}/second-factor`).expect(403);
      await scene.api.delete(`members/${api.memberId}/second-factor`).expect(204);
      expect((await seen()).hasSecondFactor).toBe(false);
      await api.get('auth/me').expect(401);
      await login(api).expect(200);
      await scene.api.delete('members/99999/second-factor').expect(404);
    });
  },
);

describe('where the settings ask administrators for one', () => {
  jest.setTimeout(30_000);

  it('nothing else works before it is set up, and it cannot be turned off', async () => {
    const lab = await TestLab.start({
      environment: { FABOMATIC_WEB_REQUIRE_SECOND_FACTOR: 'true' },
    });
    const admin = await TestApi.as(lab, 'admin');
    const reader = await TestApi.as(lab, 'read-only');
    await reader.get('machines').expect(200);
    const refused = await admin.get('machines').expect(403);
    expect(refused.body).toMatchObject({ code: 'auth.second_factor_setup_required' });
    expect((await admin.get('auth/me').expect(200)).body).toMatchObject({
      mustSetUpSecondFactor: true,
    });
    const { secret } = await setUp(admin);
    await admin.get('machines').expect(200);
    await admin.post('auth/second-factor/off', { code: codeOf(secret) }).expect(409);
    await lab.remove();
  });
});
