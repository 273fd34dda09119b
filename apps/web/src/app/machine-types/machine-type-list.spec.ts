import { provideHttpClient } from '@angular/common/http';
import {
  HttpTestingController,
  provideHttpClientTesting,
  type TestRequest,
} from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { grant } from '../auth/grant.fixture';
import { Session } from '../auth/session';
import { Toasts } from '../frame/toast/toasts';
import { Undo } from '../frame/toast/undo';
import { provideEnglish } from '../language/english.fixture';
import { nextRequest } from '../next-request.fixture';
import { MachineTypeList } from './machine-type-list';

const LASER = {
  id: 7,
  name: 'Laser cutter',
  timeoutMin: 480,
  graceMin: 0,
  access: 'authorization',
  machines: 2,
  version: 3,
};

const http = () => TestBed.inject(HttpTestingController);
const query = ({ request }: TestRequest) =>
  Object.fromEntries(request.params.keys().map((key) => [key, request.params.get(key)]));
const settle = () => new Promise((done) => setTimeout(done));

/** Opens the list as a reader whose role has this access to the portal. */
async function open(url: string, portalAccess = 'admin'): Promise<HTMLElement> {
  await TestBed.inject(ApplicationInitStatus).donePromise;
  TestBed.inject(Session).begin(grant());
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl(url);
  await settle();
  http().expectOne('/api/v1/auth/me').flush({
    id: 1,
    firstName: 'Giulia',
    lastName: 'Ferri',
    email: null,
    roleName: 'Role',
    portalAccess,
    mustChangePassword: false,
  });
  return harness.routeNativeElement as HTMLElement;
}

async function answer(items: unknown[] = [LASER]): Promise<TestRequest> {
  await settle();
  const request = await nextRequest(({ url }) => url === '/api/v1/machine-types');
  request.flush({ items, total: items.length, page: 1, pageSize: 50 });
  await settle();
  await settle();
  return request;
}

function button(page: HTMLElement, text: string): HTMLElement {
  const found = [...page.querySelectorAll<HTMLElement>('button, a')].find((each) =>
    (each.textContent + (each.ariaLabel ?? '')).includes(text),
  );
  if (!found) throw new Error(`no button ${text}`);
  return found;
}

beforeEach(() => {
  localStorage.clear();
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([{ path: 'machine-types', component: MachineTypeList }]),
    ],
  });
});

test('a heading sorts: in the URL, in the request, and for screen readers', async () => {
  const page = await open('/machine-types');
  expect(query(await answer())).toMatchObject({ sort: 'name' });
  button(page, 'Automatic log-off').click();
  expect(query(await answer())).toMatchObject({ sort: 'timeoutMin' });
  button(page, 'Automatic log-off').click();
  expect(query(await answer())).toMatchObject({ sort: '-timeoutMin' });
  expect(TestBed.inject(Router).url).toBe('/machine-types?sort=-timeoutMin');
  const order = [...page.querySelectorAll('th')].map(
    (th) => th.ariaSort ?? th.getAttribute('aria-sort'),
  );
  expect(order).toEqual(['none', 'descending', 'none', null, 'none', null]);
});

test('search and filters come from the URL, and lead back to the first page', async () => {
  const page = await open('/machine-types?page=2&access=open&sort=nonsense');
  expect(query(await answer())).toEqual({
    page: '2',
    pageSize: '50',
    access: 'open',
    sort: 'name',
  });
  const box = page.querySelector<HTMLInputElement>('input[type=search]');
  if (!box) throw new Error('no search box');
  for (const text of ['l', 'la', 'laser']) {
    box.value = text;
    box.dispatchEvent(new Event('input'));
  }
  expect(query(await answer([]))).toMatchObject({ page: '1', q: 'laser', access: 'open' });
  expect(page.textContent).toContain('Nothing matches');

  button(page, 'Clear them').click();
  expect(query(await answer())).toEqual({ page: '1', pageSize: '50', sort: 'name' });
});

test('a row leads to its form, and says what it is', async () => {
  const page = await open('/machine-types');
  await answer();
  expect(page.querySelector('tbody a')?.getAttribute('href')).toBe('/machine-types/7');
  const cells = [...page.querySelectorAll('tbody td')].map((td) => td.textContent?.trim());
  expect(cells.slice(0, 5)).toEqual([
    'Laser cutter',
    '8\u00a0h\u00a000\u00a0min',
    'at once',
    'with authorisation',
    '2',
  ]);
});

test('[53] no minutes are said in words', async () => {
  const page = await open('/machine-types');
  await answer([{ ...LASER, timeoutMin: 0, access: 'open' }]);
  const cells = [...page.querySelectorAll('tbody td')].map((td) => td.textContent?.trim());
  expect(cells.slice(1, 4)).toEqual(['never', 'at once', 'open to all']);
});

test('who may only look has nothing to press', async () => {
  const page = await open('/machine-types', 'read-only');
  await answer();
  expect(page.textContent).not.toContain('New machine type');
  expect(page.querySelector('tbody a')).toBeNull();
});

test('a column that was taken away stays away', async () => {
  localStorage.setItem(
    'fabomatic.columns.machine_types.title',
    JSON.stringify({ 'machine_types.access': false, 'machine_types.name': false }),
  );
  const page = await open('/machine-types');
  await answer();
  const heads = [...page.querySelectorAll('th')].map((th) => th.textContent?.trim());
  expect(heads).toEqual(['Name', 'Automatic log-off', 'Power-off delay', 'Machines', 'Actions']);
});

test('what was taken back is on the list again', async () => {
  const page = await open('/machine-types');
  await answer([]);
  expect(page.textContent).toContain('No machine types yet');
  TestBed.inject(Undo).offer('Laser cutter is deleted', () => Promise.resolve());
  TestBed.inject(Toasts).current()?.undo?.();
  await settle();
  await settle();
  await answer();
  expect(page.querySelector('tbody')?.textContent).toContain('Laser cutter');
});
