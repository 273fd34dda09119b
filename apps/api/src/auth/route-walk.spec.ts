import {
  API_KEY_PERMISSIONS,
  mayInPortal,
  PORTAL_ACCESS,
  PORTAL_PERMISSIONS,
  type PortalAccess,
} from '@fabomatic/members';
import { HttpException } from '@nestjs/common';
import request, { type Test } from 'supertest';
import type { Actor } from '../audit/audit.service';
import { documentedRoutes, nameOf, type Route, routesOf } from '../testing/route-table';
import { TestApi } from '../testing/test-api';
import { TestLab } from '../testing/test-lab';
import { ApiKeysService } from './api-keys.service';
import { SessionGuard } from './session.guard';

jest.setTimeout(60_000);

/** What only people may do, in the table. */
const NOT_BY_KEY = ', not by key';

/** What the test answers instead of the route, once the guard has let the caller in. */
const LET_IN = 418;

const JOB: Actor = { kind: 'job', id: null, name: 'test', ip: null, correlationId: null };

let lab: TestLab;
const table = documentedRoutes();

beforeAll(async () => {
  lab = await TestLab.start();
});
afterAll(() => lab.remove());

/** Sends nothing to the route but who calls. */
async function statusOf({ method, path }: Route, token?: string): Promise<number> {
  const address = path.replace(/:\w+/g, '1');
  const agent = request(lab.app.getHttpServer());
  const verb = (method === 'ALL' ? 'get' : method.toLowerCase()) as 'get';
  const asked: Test = agent[verb](address);
  if (token !== undefined) asked.set('Authorization', `Bearer ${token}`);
  return (await asked).status;
}

test('the table in docs/security.md knows every route of the running app, and no other', () => {
  const routes = routesOf(lab).map(nameOf).sort();
  expect(routes.length).toBeGreaterThan(10);
  expect([...table.keys()].sort()).toEqual(routes);
  for (const needs of table.values()) {
    expect(['public', ...PORTAL_PERMISSIONS]).toContain(needs.replace(NOT_BY_KEY, ''));
  }
});

test('[B1] [S1] [S2] without a session every route but the public ones answers 401', async () => {
  for (const route of routesOf(lab)) {
    if (table.get(nameOf(route)) === 'public') continue;
    for (const token of [undefined, 'nonsense']) {
      expect([nameOf(route), await statusOf(route, token)]).toEqual([nameOf(route), 401]);
    }
  }
});

describe('who gets through', () => {
  const spies: jest.SpyInstance[] = [];

  beforeAll(() => {
    // The guard decides as always; what it lets in ends here, so that the walk changes nothing.
    const canActivate = SessionGuard.prototype.canActivate;
    const spy = jest.spyOn(SessionGuard.prototype, 'canActivate');
    spy.mockImplementation(async function (this: SessionGuard, context) {
      const isLetIn = await canActivate.call(this, context);
      if (isLetIn && context.switchToHttp().getRequest<{ path: string }>().path !== LOGIN) {
        throw new HttpException('let in', LET_IN);
      }
      return isLetIn;
    });
    spies.push(spy);
  });
  afterAll(() => spies.forEach((spy) => spy.mockRestore()));

  const LOGIN = '/api/v1/auth/login';
  /** A GET of /unsubscribe is a page of the web app; its POST is walked. */
  const isOutsideNest = ({ method, path }: Route) =>
    path.startsWith('/api/docs') ||
    path.endsWith('.json') ||
    (method === 'ALL' && path === '/unsubscribe');

  async function walk(
    token: string | undefined,
    mayPass: (needs: string, name: string) => boolean,
  ) {
    const wrong: string[] = [];
    for (const route of routesOf(lab)) {
      if (isOutsideNest(route) || route.path === LOGIN) continue;
      const status = await statusOf(route, token);
      const needs = table.get(nameOf(route)) ?? 'missing';
      const expected = mayPass(needs, nameOf(route))
        ? LET_IN_STATUS
        : token === undefined
          ? 401
          : 403;
      if (status !== expected) wrong.push(`${nameOf(route)}: ${status}, expected ${expected}`);
    }
    return wrong;
  }
  /** `HttpException(418)` is answered as a request that could not be read. */
  const LET_IN_STATUS = 400;

  it('nobody in particular: the public routes', async () => {
    expect(await walk(undefined, (needs) => needs === 'public')).toEqual([]);
  });

  it.each(PORTAL_ACCESS)('[S3] portal access "%s"', async (access: PortalAccess) => {
    const { token } = await TestApi.as(lab, access);
    const mayPass = (needs: string) =>
      needs === 'public' ||
      PORTAL_PERMISSIONS.some(
        (each) => each === needs.replace(NOT_BY_KEY, '') && mayInPortal(access, each),
      );
    expect(await walk(token, mayPass)).toEqual([]);
  });

  it('[B3] [S3] a role that may use and maintain every machine, without the portal', async () => {
    const { token, memberId } = await TestApi.as(lab, 'none');
    await lab.change((db) =>
      db.execute(
        `UPDATE roles SET authorize_all = ?, maintenance = ?
         WHERE id = (SELECT role_id FROM members WHERE id = ?)`,
        [true, true, memberId],
      ),
    );
    expect(await walk(token, (needs) => needs === 'public' || needs === 'self')).toEqual([]);
  });

  it('[B4] [S11] an administrator who has not changed the first password: two routes', async () => {
    const { token, memberId } = await TestApi.as(lab, 'admin');
    await lab.change((db) =>
      db.execute('UPDATE members SET must_change_password = ? WHERE id = ?', [true, memberId]),
    );
    const open = ['GET /api/v1/auth/me', 'POST /api/v1/auth/password'];
    const mayPass = (needs: string, name: string) => needs === 'public' || open.includes(name);
    expect(await walk(token, mayPass)).toEqual([]);
  });

  it.each([...API_KEY_PERMISSIONS])('API key with "%s"', async (permission) => {
    const key = await lab.app.get(ApiKeysService).create(JOB, {
      name: permission,
      permissions: [permission],
      days: 1,
    });
    const mayPass = (needs: string) => needs === 'public' || needs === permission;
    expect(await walk(key.key, mayPass)).toEqual([]);
  });
});
