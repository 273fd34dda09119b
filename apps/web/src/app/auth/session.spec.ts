import { ChangeDetectionStrategy, Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { loginGuard, portalGuard, sessionGuard } from './auth-guard';
import { returnPath, Session } from './session';

@Component({ template: '', changeDetection: ChangeDetectionStrategy.OnPush })
class Page {}

const KEY = 'fabomatic.session';
const kept = (mustChangePassword: boolean) =>
  localStorage.setItem(KEY, JSON.stringify({ accessToken: 't', mustChangePassword }));

async function open(url: string): Promise<string> {
  const router = TestBed.inject(Router);
  await router.navigateByUrl(url);
  return router.url;
}

beforeEach(() => {
  localStorage.clear();
  TestBed.configureTestingModule({
    providers: [
      provideRouter([
        { path: 'login', component: Page, canActivate: [loginGuard] },
        { path: 'password', component: Page, canActivate: [sessionGuard] },
        { path: '', component: Page, canActivate: [portalGuard] },
        { path: 'history', component: Page, canActivate: [portalGuard] },
      ]),
    ],
  });
});

test('without a session every page leads to the login, and back', async () => {
  expect(await open('/history?page=2')).toBe('/login?return=%2Fhistory%3Fpage%3D2');
  expect(await open('/')).toBe('/login');
  expect(await open('/password')).toBe('/login');
});

test('a password that is owed comes before anything else', async () => {
  kept(true);
  expect(await open('/history')).toBe('/password?return=%2Fhistory');
  TestBed.inject(Session).begin({ accessToken: 't2', mustChangePassword: false });
  expect(await open('/history')).toBe('/history');
});

test('who is logged in does not see the login page', async () => {
  kept(false);
  expect(await open('/login')).toBe('/');
});

test('a session survives a reload, and nothing is taken from a broken one', () => {
  localStorage.setItem(KEY, '{"accessToken":1}');
  expect(TestBed.inject(Session).isLoggedIn()).toBe(false);
  TestBed.inject(Session).begin({ accessToken: 't', mustChangePassword: false });
  expect(JSON.parse(localStorage.getItem(KEY) ?? '')).toEqual({
    accessToken: 't',
    mustChangePassword: false,
  });
});

test('an expired session goes to the login and knows the way back', async () => {
  kept(false);
  await open('/history?page=3');
  TestBed.inject(Session).expire();
  await new Promise((done) => setTimeout(done));
  expect(TestBed.inject(Router).url).toBe('/login?return=%2Fhistory%3Fpage%3D3');
  expect(localStorage.getItem(KEY)).toBeNull();
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
