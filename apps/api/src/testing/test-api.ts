import type { PortalAccess } from '@fabomatic/members';
import request from 'supertest';
import { hashPassword } from '../auth/password-hash';
import type { TestLab } from './test-lab';

const PASSWORD = 'correct horse battery staple';
let passwordHash: Promise<string> | null = null;

/** The REST API as somebody who is logged in. Paths are relative to /api/v1. */
export class TestApi {
  private constructor(
    private readonly lab: TestLab,
    readonly token: string,
    /** Of the member who is logged in. */
    readonly memberId: number,
    /** What the member logs in with. */
    readonly login: { readonly email: string; readonly password: string },
  ) {}

  /** Adds a member of a role of their own with this access to the portal, and logs them in. */
  static async as(lab: TestLab, access: PortalAccess): Promise<TestApi> {
    passwordHash ??= hashPassword(PASSWORD);
    const hash = await passwordHash;
    const email = `${access}-${Math.random().toString(36).slice(2)}@example.org`;
    const memberId = await lab.change(async (db) => {
      const role = await db.insert('roles', { name: email, portal_access: access });
      return db.insert('members', {
        first_name: 'Pat',
        last_name: access,
        email,
        role_id: role,
        password_hash: hash,
        created_at: 1_700_000_000,
      });
    });
    const login = { email, password: PASSWORD };
    const { body } = await request(lab.app.getHttpServer())
      .post('/api/v1/auth/login')
      .send(login)
      .expect(200);
    return new TestApi(lab, (body as { accessToken: string }).accessToken, memberId, login);
  }

  /** The first administrator of a new database, who has changed the first password. */
  static async asFirst(lab: TestLab): Promise<TestApi> {
    const login = { email: lab.settings.web.defaultAdminEmail ?? '', password: PASSWORD };
    passwordHash ??= hashPassword(PASSWORD);
    const hash = await passwordHash;
    await lab.change((db) =>
      db.execute('UPDATE members SET password_hash = ?, must_change_password = ? WHERE email = ?', [
        hash,
        false,
        login.email,
      ]),
    );
    const { body } = await request(lab.app.getHttpServer())
      .post('/api/v1/auth/login')
      .send(login)
      .expect(200);
    const [member] = await lab.rows<{ id: number }>('SELECT id FROM members WHERE email = ?', [
      login.email,
    ]);
    const { accessToken } = body as { accessToken: string };
    return new TestApi(lab, accessToken, member?.id ?? 0, login);
  }

  /** The same lab with another token: a key, or a later login. */
  with(token: string): TestApi {
    return new TestApi(this.lab, token, this.memberId, this.login);
  }

  get(path: string) {
    return this.authorised(request(this.lab.app.getHttpServer()).get(`/api/v1/${path}`));
  }

  post(path: string, body: object = {}) {
    return this.authorised(request(this.lab.app.getHttpServer()).post(`/api/v1/${path}`)).send(
      body,
    );
  }

  patch(path: string, body: object) {
    return this.authorised(request(this.lab.app.getHttpServer()).patch(`/api/v1/${path}`)).send(
      body,
    );
  }

  put(path: string, body: object) {
    return this.authorised(request(this.lab.app.getHttpServer()).put(`/api/v1/${path}`)).send(body);
  }

  delete(path: string, body: object = {}) {
    return this.authorised(request(this.lab.app.getHttpServer()).delete(`/api/v1/${path}`)).send(
      body,
    );
  }

  private authorised(asked: request.Test): request.Test {
    return asked.set('Authorization', `Bearer ${this.token}`);
  }
}
