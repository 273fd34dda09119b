import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { grant } from '../auth/grant.fixture';
import { Session } from '../auth/session';
import { provideEnglish } from '../language/english.fixture';
import { BoardAccountActions } from './board-account-actions';
import { BoardAccountList } from './board-account-list';

const ACCOUNT = {
  id: 7,
  machineName: 'Laser cutter',
  user: 'board-7',
  switchTopic: null,
  state: 'used',
  createdAt: '2026-11-01T10:00:00.000Z',
  lastUsedAt: '2026-11-20T10:00:00.000Z',
};
const PASSWORD = 'k3m9xw2r7bqtu5hycn4d';

const http = () => TestBed.inject(HttpTestingController);
const settle = () => new Promise((done) => setTimeout(done));

/** Opens the list as a reader whose role has this access to the portal. */
async function open(portalAccess = 'machines'): Promise<HTMLElement> {
  await TestBed.inject(ApplicationInitStatus).donePromise;
  TestBed.inject(Session).begin(grant());
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl('/boards/accounts');
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
  await settle();
  http()
    .expectOne(({ url }) => url === '/api/v1/board-accounts')
    .flush({ items: [ACCOUNT], total: 1, page: 1, pageSize: 50 });
  await settle();
  await settle();
  return harness.routeNativeElement as HTMLElement;
}

function button(text: string, where: ParentNode = document): HTMLElement {
  const found = [...where.querySelectorAll<HTMLElement>('button, a')].findLast((each) =>
    (each.textContent + (each.ariaLabel ?? each.getAttribute('aria-label') ?? '')).includes(text),
  );
  if (!found) throw new Error(`no button ${text}`);
  return found;
}

const dialog = () => document.querySelector('.dialog-panel');

beforeEach(() => {
  localStorage.clear();
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([{ path: 'boards/accounts', component: BoardAccountList }]),
    ],
  });
});

test('a row says whose account it is, and whether its board uses it', async () => {
  const page = await open();
  const cells = [...page.querySelectorAll('tbody td')].map((td) => td.textContent?.trim());
  expect(cells.slice(0, 3)).toEqual(['Laser cutter', 'board-7', 'in force']);
  expect(page.querySelector('tbody a')?.getAttribute('href')).toBe('/machines/7');
});

test('who may only look has nothing to press', async () => {
  const page = await open('read-only');
  expect(page.textContent).not.toContain('New board account');
});

test('a new password is shown once, with what to do with it, and can be copied', async () => {
  await open();
  const copied: string[] = [];
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: { writeText: (text: string) => Promise.resolve(void copied.push(text)) },
  });
  let changes = 0;
  const [renew] = TestBed.inject(BoardAccountActions).of(
    { machineId: 7, machineName: 'Laser cutter' },
    () => changes++,
  );
  renew?.run?.();
  await settle();
  expect(dialog()?.textContent).toContain('stays cut off until it has the new password');
  button('New password', dialog() ?? document).click();
  await settle();
  http()
    .expectOne('/api/v1/board-accounts/7/password')
    .flush({ ...ACCOUNT, password: PASSWORD });
  await settle();
  await settle();
  expect(dialog()?.textContent).toContain(PASSWORD);
  expect(dialog()?.textContent).toContain('conf/secrets.hpp');
  button('Copy Password', dialog() ?? document).click();
  await settle();
  expect(copied).toEqual([PASSWORD]);
  expect(dialog()?.querySelector('[role=status]')?.textContent).toBe('Copied');
  expect(changes).toBe(0);
  button('Done', dialog() ?? document).click();
  await settle();
  await settle();
  expect(changes).toBe(1);
  expect(document.body.textContent).not.toContain(PASSWORD);
});
