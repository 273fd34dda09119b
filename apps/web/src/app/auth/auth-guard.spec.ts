import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ChangeDetectionStrategy, Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, type Routes } from '@angular/router';
import type { PortalAccess } from '@fabomatic/members';
import { provideTranslateService } from '@ngx-translate/core';
import { NAVIGATION, permissionAt } from '../frame/navigation';
import { NavigationView } from '../frame/navigation-view';
import {
  loginGuard,
  permissionGuard,
  portalGuard,
  secondFactorGuard,
  sessionGuard,
} from './auth-guard';
import { grant } from './grant.fixture';
import { Session } from './session';

@Component({ template: '', changeDetection: ChangeDetectionStrategy.OnPush })
class Page {}

const ME = '/api/v1/auth/me';
const child = (path: string): Routes[number] => ({ path, component: Page });
let http: HttpTestingController;

beforeEach(() => {
  localStorage.clear();
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(),
      provideHttpClientTesting(),
      provideTranslateService(),
      provideRouter([
        { path: 'login', component: Page, canActivate: [loginGuard] },
        { path: 'password', component: Page, canActivate: [sessionGuard] },
        { path: 'second-factor', component: Page, canActivate: [secondFactorGuard] },
        {
          path: '',
          canActivate: [portalGuard],
          canActivateChild: [permissionGuard],
          children: ['', 'me', 'account', 'more', 'not-allowed', 'machines', 'system', '**'].map(
            child,
          ),
        },
      ]),
    ],
  });
  http = TestBed.inject(HttpTestingController);
});
afterEach(() => http.verify());

/** Where a reader of this access, who came by `from`, ends when they open `url`. */
async function opened(access: PortalAccess, url: string, from = '/account'): Promise<string> {
  const router = TestBed.inject(Router);
  TestBed.inject(Session).begin(grant());
  const isBefore = router.navigateByUrl(from);
  await answerAs(access);
  await isBefore;
  await router.navigateByUrl(url);
  return router.url;
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((done) => setTimeout(done));
}

async function answerAs(access: PortalAccess): Promise<void> {
  await settle();
  http.expectOne(ME).flush({
    id: 7,
    firstName: 'Ada',
    lastName: 'Plain',
    email: 'ada@lab.example',
    roleName: 'Guests',
    portalAccess: access,
    mustChangePassword: false,
  });
}

test('[S3] a member without the portal lands on their own page, and others say why not', async () => {
  expect(await opened('none', '/')).toBe('/me');
  const router = TestBed.inject(Router);
  for (const path of ['/me', '/account', '/more']) {
    await router.navigateByUrl(path);
    expect(router.url).toBe(path);
  }
  for (const path of ['/machines', '/system', '/anything']) {
    await router.navigateByUrl(path);
    expect(router.url).toBe('/not-allowed');
  }
  expect(
    TestBed.inject(NavigationView)
      .entries()
      .map((entry) => entry.path),
  ).toEqual(['/me', '/account']);
});

test('right after the login a page that is not theirs is no reproach', async () => {
  const router = TestBed.inject(Router);
  await router.navigateByUrl('/machines?page=2');
  expect(router.url).toBe('/login?return=%2Fmachines%3Fpage%3D2');
  TestBed.inject(Session).begin(grant());
  const isDone = router.navigateByUrl('/machines?page=2');
  await answerAs('none');
  await isDone;
  expect(router.url).toBe('/me');
});

test('a role that sees the lab opens it, its own pages, and no more than it may', async () => {
  expect(await opened('read-only', '/')).toBe('/');
  const router = TestBed.inject(Router);
  for (const path of ['/machines', '/me', '/account']) {
    await router.navigateByUrl(path);
    expect(router.url).toBe(path);
  }
  await router.navigateByUrl('/system');
  expect(router.url).toBe('/not-allowed');
  const paths = TestBed.inject(NavigationView)
    .entries()
    .map((entry) => entry.path);
  expect(paths).toContain('/machines');
  expect(paths).not.toContain('/me');
  expect(paths).not.toContain('/system');
});

test('an administrator opens all', async () => {
  expect(await opened('admin', '/system')).toBe('/system');
});

test('a page is open where nobody can say who it is', async () => {
  const router = TestBed.inject(Router);
  TestBed.inject(Session).begin(grant());
  const isDone = router.navigateByUrl('/machines');
  await settle();
  http.expectOne(ME).error(new ProgressEvent('error'));
  await isDone;
  expect(router.url).toBe('/machines');
});

test('what is owed comes first: the password, then the second factor, which nothing goes around', async () => {
  const router = TestBed.inject(Router);
  const session = TestBed.inject(Session);
  session.begin({ ...grant('t', true), mustSetUpSecondFactor: true });
  await router.navigateByUrl('/machines');
  expect(router.url).toBe('/password?return=%2Fmachines');
  await router.navigateByUrl('/second-factor');
  expect(router.url).toBe('/password?return=%2Fsecond-factor');
  session.begin({ ...grant(), mustSetUpSecondFactor: true });
  for (const path of ['/machines', '/account', '/me']) {
    await router.navigateByUrl(path);
    expect(router.url).toBe(`/second-factor?return=${encodeURIComponent(path)}`);
  }
});

test('every page that is not a member’s own asks for a permission', () => {
  for (const { path, isOwn, permission } of NAVIGATION) {
    expect([path, permissionAt(`${path}?page=2`)]).toEqual([
      path,
      isOwn ? 'self' : (permission ?? 'read'),
    ]);
  }
  expect(permissionAt('/members/7/edit')).toBe('read');
  expect(permissionAt('/system/settings')).toBe('admin');
  expect(permissionAt('/meters')).toBe('read');
});
