import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ChangeDetectionStrategy, Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import { grant } from './grant.fixture';
import { loginGuard, portalGuard, sessionGuard } from './auth-guard';
import { authInterceptor } from './auth-interceptor';
import { returnPath, Session } from './session';

@Component({ template: '', changeDetection: ChangeDetectionStrategy.OnPush })
class Page {}

const KEY = 'fabomatic.session';
const REFRESH = '/api/v1/auth/refresh';
const REFUSED = { code: 'auth.required', params: {} };
const UNAUTHORISED = { status: 401, statusText: 'Unauthorized' };

let http: HttpTestingController;

async function open(url: string): Promise<string> {
  const router = TestBed.inject(Router);
  await router.navigateByUrl(url);
  return router.url;
}
const session = () => TestBed.inject(Session);
const settle = () => new Promise((done) => setTimeout(done));

/** A page that is loaded while the browser holds the cookie of an open session. */
async function reloaded(mustChangePassword = false): Promise<void> {
  localStorage.setItem(KEY, 'open');
  const started = session().start();
  http.expectOne(REFRESH).flush(grant('t1', mustChangePassword));
  await started;
}

beforeEach(() => {
  localStorage.clear();
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([authInterceptor])),
      provideHttpClientTesting(),
      provideRouter([
        { path: 'login', component: Page, canActivate: [loginGuard] },
        { path: 'password', component: Page, canActivate: [sessionGuard] },
        { path: '', component: Page, canActivate: [portalGuard] },
        { path: 'history', component: Page, canActivate: [portalGuard] },
      ]),
    ],
  });
  http = TestBed.inject(HttpTestingController);
});
afterEach(() => http.verify());

test('without a session every page leads to the login, and back', async () => {
  await session().start();
  expect(await open('/history?page=2')).toBe('/login?return=%2Fhistory%3Fpage%3D2');
  expect(await open('/')).toBe('/login');
  expect(await open('/password')).toBe('/login');
});

test('a password that is owed comes before anything else', async () => {
  await reloaded(true);
  expect(await open('/history')).toBe('/password?return=%2Fhistory');
  session().begin(grant('t2'));
  expect(await open('/history')).toBe('/history');
});

test('who is logged in does not see the login page', async () => {
  await reloaded();
  expect(await open('/login')).toBe('/');
});

test('a session survives a reload, and no token is ever stored', async () => {
  session().begin(grant('secret'));
  expect(JSON.stringify(localStorage)).not.toContain('secret');
  expect(localStorage.getItem(KEY)).toBe('open');
  await reloaded();
  expect(session().token()).toBe('t1');
});

test('a session that ended while the page was closed is not one', async () => {
  localStorage.setItem(KEY, 'open');
  const started = session().start();
  http.expectOne(REFRESH).flush(REFUSED, UNAUTHORISED);
  await started;
  expect(session().isLoggedIn()).toBe(false);
  expect(localStorage.getItem(KEY)).toBeNull();
});

test('a request with a token that is too old is sent again with a new one, once', async () => {
  await reloaded();
  const [machines, uses] = ['/api/v1/machines', '/api/v1/uses'].map((url) =>
    firstValueFrom(TestBed.inject(HttpClient).get(url)),
  );
  for (const url of ['/api/v1/machines', '/api/v1/uses']) {
    const asked = http.expectOne(url);
    expect(asked.request.headers.get('Authorization')).toBe('Bearer t1');
    asked.flush(REFUSED, UNAUTHORISED);
  }
  // Two requests, one renewal.
  http.expectOne(REFRESH).flush(grant('t2'));
  await settle();
  for (const url of ['/api/v1/machines', '/api/v1/uses']) {
    const again = http.expectOne(url);
    expect(again.request.headers.get('Authorization')).toBe('Bearer t2');
    again.flush({ url });
  }
  expect(await Promise.all([machines, uses])).toHaveLength(2);
});

test('a session that ended leads to the login and knows the way back', async () => {
  await reloaded();
  await open('/history?page=3');
  const asked = firstValueFrom(TestBed.inject(HttpClient).get('/api/v1/uses'));
  http.expectOne('/api/v1/uses').flush(REFUSED, UNAUTHORISED);
  http.expectOne(REFRESH).flush(REFUSED, UNAUTHORISED);
  await expect(asked).rejects.toMatchObject({ status: 401 });
  await settle();
  expect(TestBed.inject(Router).url).toBe('/login?return=%2Fhistory%3Fpage%3D3');
  expect(localStorage.getItem(KEY)).toBeNull();
});

test('without an answer nobody is logged out', async () => {
  await reloaded();
  const renewal = session().renew();
  http.expectOne(REFRESH).error(new ProgressEvent('error'));
  expect(await renewal).toBe('unknown');
  expect(session().isLoggedIn()).toBe(true);
});

test('logging out tells the API, and the other tabs', async () => {
  await reloaded();
  const left = session().logOut();
  http.expectOne('/api/v1/auth/logout').flush(null);
  await left;
  expect([session().isLoggedIn(), localStorage.getItem(KEY)]).toEqual([false, null]);

  session().begin(grant('t3'));
  dispatchEvent(new StorageEvent('storage', { key: KEY, newValue: null }));
  expect(session().isLoggedIn()).toBe(false);
});

test.each([
  ['/history?page=2', '/history?page=2'],
  [undefined, '/'],
  ['https://evil.example', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/login?return=/x', '/'],
])('the way back %s is %s', (asked, path) => {
  expect(returnPath(asked)).toBe(path);
});
