import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { encode } from 'uqr';
import { provideEnglish } from '../../language/english.fixture';
import { darkFields } from './qr-code';
import { secondFactorRoutes } from './second-factor.routes';

const URL = '/api/v1/auth/second-factor';
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const URI = `otpauth://totp/FabLab:ada?secret=${SECRET}`;
const CODES = ['abcd-efgh-jkmn-pqrs', 'tuvw-xyz2-3456-7890'];
const settle = async () => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((done) => setTimeout(done));
};
let http: HttpTestingController;
let harness: RouterTestingHarness;
const page = () => harness.routeNativeElement as HTMLElement;
const button = (text: string) =>
  [...page().querySelectorAll('button')].find((each) => each.textContent?.trim() === text);

beforeEach(async () => {
  localStorage.clear();
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter(
        [
          { path: 'second-factor', children: secondFactorRoutes },
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

async function enterCode(code: string): Promise<void> {
  const input = page().querySelector('input');
  if (!input) throw new Error('no field');
  input.value = code;
  input.dispatchEvent(new Event('input'));
  page()
    .querySelector('form')
    ?.dispatchEvent(new Event('submit', { cancelable: true }));
  await settle();
}

test('picture and secret, a wrong code, the right one, and codes that have to be kept', async () => {
  await harness.navigateByUrl('/second-factor?return=%2Faccount');
  http.expectOne(URL).flush({ secret: SECRET, uri: URI });
  await settle();
  expect(page().querySelector('code')?.textContent?.replaceAll(' ', '')).toBe(SECRET);
  const drawn = page().querySelector('fab-qr-code path:last-child')?.getAttribute('d');
  expect(drawn).toBe(darkFields(encode(URI, { ecc: 'M', border: 4 }).data));

  await enterCode('12');
  expect(page().textContent).toContain('Enter the six digits that the app shows.');
  await enterCode('000 000');
  const first = http.expectOne(`${URL}/confirm`);
  expect(first.request.body).toEqual({ code: '000000' });
  first.flush(
    { code: 'request.invalid', params: {}, fields: { code: 'auth.second_factor_wrong' } },
    { status: 422, statusText: 'Refused' },
  );
  await settle();
  expect(page().textContent).toContain('This code is not right.');

  await enterCode('123456');
  http.expectOne(`${URL}/confirm`).flush({ codes: CODES });
  await settle();
  expect([...page().querySelectorAll('ol li')].map((each) => each.textContent)).toEqual(CODES);
  expect(button('Go on')?.disabled).toBe(true);

  // Leaving loses them: the reader is asked, and stays.
  const isLeaving = TestBed.inject(Router).navigateByUrl('/machines');
  await settle();
  const dialog = document.querySelector('fab-confirm-dialog');
  expect(dialog?.textContent).toContain('Leave without the codes?');
  dialog?.querySelector<HTMLButtonElement>('button')?.click();
  expect(await isLeaving).toBe(false);

  page().querySelector<HTMLInputElement>('input[type=checkbox]')?.click();
  await settle();
  button('Go on')?.click();
  await settle();
  // What is owed comes with a new token; it is asked for before the page is left.
  http.expectOne('/api/v1/auth/refresh').flush({ accessToken: 't2', mustChangePassword: false });
  await settle();
  http.match('/api/v1/auth/me');
  expect(TestBed.inject(Router).url).toBe('/account');
});

test('who has one already is led back to the account', async () => {
  await harness.navigateByUrl('/second-factor');
  http
    .expectOne(URL)
    .flush(
      { code: 'auth.second_factor_is_on', params: {}, fields: {} },
      { status: 409, statusText: 'Conflict' },
    );
  await settle();
  expect(page().textContent).toContain('An authenticator app is set up already.');
  expect(page().querySelector('main a')?.getAttribute('href')).toBe('/account');
  expect(page().querySelector('form')).toBeNull();
});
