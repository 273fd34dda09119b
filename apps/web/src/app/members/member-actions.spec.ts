import { OverlayContainer } from '@angular/cdk/overlay';
import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { grant } from '../auth/grant.fixture';
import { Session } from '../auth/session';
import { Toasts } from '../frame/toast/toasts';
import { provideEnglish } from '../language/english.fixture';
import { MemberActions } from './member-actions';
import { memberView } from './member-view.fixture';

const http = () => TestBed.inject(HttpTestingController);
const settle = async () => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((done) => setTimeout(done));
};
const toast = () => TestBed.inject(Toasts).current();
let actions: MemberActions;

async function begin(portalAccess: string): Promise<void> {
  await TestBed.inject(ApplicationInitStatus).donePromise;
  TestBed.inject(Session).begin(grant());
  actions = TestBed.inject(MemberActions);
  TestBed.tick();
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
}

beforeEach(() =>
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([]),
    ],
  }),
);

test('[25] [B20] deleting says what goes and what stays, and is undone from the toast', async () => {
  await begin('admin');
  const then = jest.fn();
  const done = actions.delete(memberView(), then);
  http()
    .expectOne('/api/v1/members/7/impact')
    .flush({ cards: 1, authorizations: 2, uses: 19, interventions: 3, inUse: ['Laser'] });
  await settle();
  const dialog = TestBed.inject(OverlayContainer).getContainerElement();
  const losses = [...dialog.querySelectorAll('.losses > div')].map((each) =>
    [...each.children].map((part) => part.textContent?.trim()).join(': '),
  );
  expect(losses).toEqual([
    'Cards that become free: 1',
    'Machines they may no longer use: 2',
    'Uses that stay in history: 19',
    'Interventions that stay: 3',
  ]);
  expect(dialog.textContent).toContain('In use right now: Laser.');
  dialog.querySelector<HTMLButtonElement>('button[type=submit]')?.click();
  await settle();
  http().expectOne({ method: 'DELETE', url: '/api/v1/members/7' }).flush(null);
  expect(await done).toBe(true);
  expect(then).toHaveBeenCalledTimes(1);
  expect(toast()?.text).toBe('Ada Lovelace is deleted');

  toast()?.undo?.();
  await settle();
  http().expectOne('/api/v1/members/7/restore').flush(memberView());
  await settle();
  expect(toast()?.text).toBe('Ada Lovelace is back');
  expect(then).toHaveBeenCalledTimes(2);
});

test('[24] a refusal to disable is said, not swallowed', async () => {
  await begin('admin');
  const done = actions.setDisabled(memberView(), true);
  const request = http().expectOne('/api/v1/members/7');
  expect(request.request.body).toEqual({ version: 4, disabled: true });
  request.flush(
    { code: 'member.last_administrator', params: {} },
    { status: 409, statusText: 'Conflict' },
  );
  expect(await done).toBeNull();
  expect(toast()?.text).toContain('the last administrator');
});

test.each([
  ['admin', true, true],
  ['members', true, false],
  ['machines', false, false],
  ['read-only', false, false],
] as const)('%s may change members: %s, those who log in: %s', async (access, plain, portal) => {
  await begin(access);
  expect(actions.mayChange(memberView())).toBe(plain);
  expect(actions.mayChange(memberView({ portalAccess: 'read-only' }))).toBe(portal);
  expect(actions.isSelf(memberView({ id: 1 }))).toBe(true);
});
