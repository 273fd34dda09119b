import { provideHttpClient, withInterceptors } from '@angular/common/http';
import {
  HttpTestingController,
  provideHttpClientTesting,
  type TestRequest,
} from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { grant } from '../grant.fixture';
import { provideEnglish } from '../../language/english.fixture';
import { authInterceptor } from '../auth-interceptor';
import { ForgotPage } from '../forgot-page/forgot-page';
import { LinkPage } from '../link-page/link-page';
import { LoginPage } from './login-page';

const AUTH = '/api/v1/auth';
const TOKEN = 'a-token-of-a-link-in-a-mail';
const settle = async () => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((done) => setTimeout(done));
};
const asked = (what: string) => http.expectOne(`${AUTH}/${what}`);
let http: HttpTestingController;
let harness: RouterTestingHarness;

beforeEach(async () => {
  localStorage.clear();
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(withInterceptors([authInterceptor])),
      provideHttpClientTesting(),
      provideRouter(
        [
          { path: 'login', component: LoginPage },
          { path: 'forgot-password', component: ForgotPage },
          { path: 'set-password', component: LinkPage },
          { path: '**', children: [] },
        ],
        withComponentInputBinding(),
      ),
    ],
  });
  http = TestBed.inject(HttpTestingController);
  await TestBed.inject(ApplicationInitStatus).donePromise;
  harness = await RouterTestingHarness.create();
});
afterEach(() => http.verify());

async function open(url: string): Promise<void> {
  await harness.navigateByUrl(url);
  await settle();
}
const page = () => harness.routeNativeElement as HTMLElement;

function type(label: string, text: string): void {
  const named = [...page().querySelectorAll('label')].find((each) => each.textContent === label);
  const field = page().querySelector<HTMLInputElement>(`#${named?.htmlFor ?? 'none'}`);
  if (!field) throw new Error(`no field ${label}`);
  field.value = text;
  field.dispatchEvent(new Event('input'));
}

async function submit(): Promise<void> {
  page()
    .querySelector('form')
    ?.dispatchEvent(new Event('submit', { cancelable: true }));
  await settle();
}

async function refuse(request: TestRequest, status: number, body: object): Promise<void> {
  request.flush({ params: {}, fields: {}, ...body }, { status, statusText: 'Refused' });
  await settle();
}

async function logIn(): Promise<void> {
  await open('/login?return=%2Fhistory');
  asked('options').flush({ canSendLinks: false });
  await settle();
  type('Email', 'ada@lab.example');
  type('Password', 'corral-lathe-sunday');
  await submit();
}

test('whoever has a second factor is asked for its code, and gets in with it', async () => {
  await logIn();
  const first = asked('login');
  expect(first.request.body).toEqual({ email: 'ada@lab.example', password: 'corral-lathe-sunday' });
  await refuse(first, 401, { code: 'auth.second_factor_required' });
  expect(page().querySelector('h1')?.textContent).toBe('One more step');

  type('Code', '12');
  await submit();
  expect(page().textContent).toContain('Enter the six digits of the app, or a recovery code.');

  type('Code', '000 000');
  await submit();
  await refuse(asked('login'), 401, { code: 'auth.second_factor_wrong' });
  expect(page().textContent).toContain('This code is not right.');

  type('Code', 'ABCD-EFGH-JKMN-PQRS');
  await submit();
  const last = asked('login');
  expect(last.request.body).toEqual({
    email: 'ada@lab.example',
    password: 'corral-lathe-sunday',
    code: 'abcdefghjkmnpqrs',
  });
  last.flush(grant());
  await settle();
  expect(TestBed.inject(Router).url).toBe('/history');
});

test('the way to a forgotten password is shown only where there is mail', async () => {
  await open('/login');
  expect(page().textContent).not.toContain('Forgot your password?');
  asked('options').flush({ canSendLinks: true });
  await settle();
  expect(page().querySelector('a')?.getAttribute('href')).toBe('/forgot-password');

  await open('/forgot-password');
  type('Email', ' ada@lab.example ');
  await submit();
  const request = asked('forgot-password');
  expect(request.request.body).toEqual({ email: 'ada@lab.example' });
  request.flush(null, { status: 204, statusText: 'No Content' });
  await settle();
  expect(page().textContent).toContain('the link is on its way');
});

test('a link that is too old says so and leads to a new one', async () => {
  await open(`/set-password#${TOKEN}`);
  await refuse(asked('password-link/check'), 410, { code: 'auth.link_invalid' });
  expect(page().querySelector('[role=alert]')?.textContent).toContain('too old or has been used');
  expect(page().querySelector('form')).toBeNull();
  expect(page().querySelector('main a')?.getAttribute('href')).toBe('/forgot-password');
});

test('a link sets a password, once the API has nothing against it', async () => {
  await open(`/set-password#${TOKEN}`);
  expect(location.hash).toBe('');
  const check = asked('password-link/check');
  expect(check.request.body).toEqual({ token: TOKEN });
  check.flush({
    firstName: 'Ada',
    email: 'ada@lab.example',
    expiresAt: '2026-11-24T12:30:00.000Z',
  });
  await settle();
  type('New password', 'passwordpassword');
  await submit();
  http.expectNone(`${AUTH}/password-link/use`); // the fields differ

  type('New password, once more', 'passwordpassword');
  await submit();
  await refuse(asked('password-link/use'), 422, {
    code: 'request.invalid',
    fields: { newPassword: 'auth.password_common' },
  });
  expect(page().textContent).toContain('This password is one of the first that are guessed.');

  type('New password', 'corral-lathe-sunday');
  type('New password, once more', 'corral-lathe-sunday');
  await submit();
  const use = asked('password-link/use');
  expect(use.request.body).toEqual({ token: TOKEN, newPassword: 'corral-lathe-sunday' });
  use.flush(null, { status: 204, statusText: 'No Content' });
  await settle();
  expect(page().textContent).toContain('Your password is set.');
});
