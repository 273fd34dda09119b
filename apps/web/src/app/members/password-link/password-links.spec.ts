import { OverlayContainer } from '@angular/cdk/overlay';
import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { MemberView } from '@fabomatic/members';
import { grant } from '../../auth/grant.fixture';
import { Session } from '../../auth/session';
import { Toasts } from '../../frame/toast/toasts';
import { provideEnglish } from '../../language/english.fixture';
import { memberView } from '../member-view.fixture';
import { PasswordLinks } from './password-links';

const URL = '/api/v1/members/7/password-link';
const http = () => TestBed.inject(HttpTestingController);
const settle = async () => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((done) => setTimeout(done));
};
const overlay = () => TestBed.inject(OverlayContainer).getContainerElement();
const toast = () => TestBed.inject(Toasts).current()?.text;
const labels = (member: MemberView) =>
  TestBed.inject(PasswordLinks)
    .actionsFor(member)
    .map(({ label }) => label);

async function begin(portalAccess = 'admin'): Promise<void> {
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([]),
    ],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
  TestBed.inject(Session).begin(grant());
  TestBed.inject(PasswordLinks);
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

async function choose(label: string, member = memberView()): Promise<void> {
  const found = TestBed.inject(PasswordLinks)
    .actionsFor(member)
    .find((action) => action.label === label);
  if (!found?.run) throw new Error(`no action ${label}`);
  found.run();
  await settle();
}

async function press(text: string): Promise<void> {
  const found = [...overlay().querySelectorAll('button')].find((each) =>
    each.textContent.includes(text),
  );
  if (!found) throw new Error(`no button ${text}`);
  found.click();
  await settle();
}

const MAIL = 'members.mail_link';
const SHOW = 'members.show_link';

test.each<[string, string, Partial<MemberView>, string[]]>([
  ['an administrator', 'admin', {}, [MAIL, SHOW]],
  ['whoever manages members', 'members', {}, [MAIL]],
  ['whoever only looks', 'read-only', {}, []],
  ['nobody for who cannot be mailed', 'members', { email: null }, []],
  ['an administrator for who cannot be mailed', 'admin', { email: null }, [SHOW]],
  ['nobody for who is disabled', 'admin', { disabled: true }, []],
  ['nobody for who is deleted', 'admin', { deletedAt: '2026-01-01T00:00:00.000Z' }, []],
  ['nobody for themselves', 'admin', { id: 1 }, []],
  ['not whoever manages members, for who may do more', 'members', { portalAccess: 'admin' }, []],
])('[8] a link is offered to %s', async (_who, access, member, expected) => {
  await begin(access);
  expect(labels(memberView(member))).toEqual(expected);
});

test('[8] the question says whom and where to; the mail is sent, and that is said', async () => {
  await begin();
  await choose(MAIL);
  http().expectNone(URL);
  expect(overlay().textContent).toContain('Mail Ada Lovelace a link to set a password?');
  expect(overlay().textContent).toContain('It goes to ada@example.org');
  expect(overlay().textContent).toContain('within 30 minutes');
  await press('Send the link');
  const sent = http().expectOne({ method: 'POST', url: URL });
  expect(sent.request.body).toEqual({ how: 'mail' });
  const expiresAt = '2026-11-24T12:30:00.000Z';
  sent.flush({ email: 'ada@example.org', expiresAt, path: null });
  await settle();
  expect(toast()).toBe('A link is on its way to ada@example.org');
});

test('[8] what is not meant is not sent, and a refusal is said', async () => {
  await begin();
  await choose(MAIL);
  await press('Cancel');
  http().expectNone(URL);
  await choose(MAIL);
  await press('Send the link');
  const refusal = { status: 409, statusText: 'Conflict' };
  http().expectOne(URL).flush({ code: 'mail.off', params: {} }, refusal);
  await settle();
  expect(toast()).toBe('The settings name no mail server.');
});

test('a lab without mail hands the link over: it is shown whole, once', async () => {
  await begin();
  await choose(SHOW, memberView({ email: null }));
  const made = http().expectOne({ method: 'POST', url: URL });
  expect(made.request.body).toEqual({ how: 'show' });
  const path = '/set-password#abcdefghijklmnopqrstuvwxyz';
  made.flush({ email: null, expiresAt: '2026-11-24T12:30:00.000Z', path });
  await settle();
  expect(overlay().textContent).toContain('A link by which Ada Lovelace sets a password');
  expect(overlay().querySelector('textarea')?.value).toBe(`${location.origin}${path}`);
  await press('Done');
  expect(overlay().querySelector('textarea')).toBeNull();
});
