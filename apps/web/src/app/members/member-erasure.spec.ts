import { OverlayContainer } from '@angular/cdk/overlay';
import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { ErasureView } from '@fabomatic/members';
import { grant } from '../auth/grant.fixture';
import { Session } from '../auth/session';
import { Toasts } from '../frame/toast/toasts';
import { provideEnglish } from '../language/english.fixture';
import { MemberActions } from './member-actions';
import { MemberErasure } from './member-erasure';
import { memberView } from './member-view.fixture';

const REACH: ErasureView = { erasable: 2, afterDays: 365, backupDays: 35, logMb: 55 };
const http = () => TestBed.inject(HttpTestingController);
const settle = async () => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((done) => setTimeout(done));
};
const toast = () => TestBed.inject(Toasts).current()?.text;
const dialog = () => TestBed.inject(OverlayContainer).getContainerElement();
const submit = () => dialog().querySelector<HTMLButtonElement>('button[type=submit]');

async function begin(): Promise<void> {
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
  TestBed.inject(MemberActions);
  TestBed.tick();
  await settle();
  http().expectOne('/api/v1/auth/me').flush({
    id: 1,
    firstName: 'Giulia',
    lastName: 'Ferri',
    email: null,
    roleName: 'Role',
    portalAccess: 'admin',
    mustChangePassword: false,
  });
  await settle();
}

async function answerReach(reach: ErasureView): Promise<void> {
  http().expectOne('/api/v1/members/erasure').flush(reach);
  await settle();
}

async function typeAndGo(text: string): Promise<void> {
  const field = dialog().querySelector<HTMLInputElement>('input.field-box');
  if (!field) throw new Error('nothing to type into');
  field.value = text;
  field.dispatchEvent(new Event('input'));
  await settle();
  submit()?.click();
  await settle();
}

test('[S21] before a person is erased it is said what goes, what stays, and what is not reached', async () => {
  await begin();
  const done = TestBed.inject(MemberErasure).erase(memberView());
  await answerReach(REACH);
  const text = dialog().textContent ?? '';
  expect(text).toContain('and the log of mails to them');
  expect(text).toContain('Stays without a name: uses and interventions');
  expect(text).toContain('Not searched: what somebody wrote in notes and remarks.');
  expect(text).toContain('Scheduled backups keep the data for about 35 days');
  expect(text).toContain('The log of the program keeps its latest 55 MB.');
  expect(submit()?.disabled).toBe(true);
  await typeAndGo('Ada Lovelace');
  http().expectOne({ method: 'POST', url: '/api/v1/members/7/erase' }).flush(null);
  expect(await done).toBe(true);
});

test('[S21] several are erased one after the other, and a refusal is told, not swallowed', async () => {
  await begin();
  const chosen = [
    memberView(),
    memberView({ id: 1, firstName: 'Giulia', lastName: 'Ferri' }),
    memberView({ id: 8, firstName: 'Grace', lastName: 'Hopper' }),
  ];
  const done = TestBed.inject(MemberErasure).eraseAll(chosen);
  await answerReach({ ...REACH, backupDays: null });
  const text = dialog().textContent ?? '';
  // Nobody erases themselves.
  expect(text).toContain('Erase 2 people for ever?');
  expect(text).toContain('Ada Lovelace, Grace Hopper');
  expect(text).toContain('Backups keep the data until somebody deletes them.');
  await typeAndGo('erase 2');
  http()
    .expectOne('/api/v1/members/7/erase')
    .flush(
      { code: 'member.in_use', params: { machines: 'Laser' } },
      { status: 409, statusText: 'Conflict' },
    );
  await settle();
  http().expectOne('/api/v1/members/8/erase').flush(null);
  expect(await done).toBe(true);
  expect(toast()).toContain('1 of 2 were erased. Ada Lovelace: ');
  expect(toast()).toContain('Laser');
});

test('an administrator takes away the second factor of who lost phone and codes', async () => {
  await begin();
  const done = TestBed.inject(MemberActions).resetSecondFactor(memberView());
  await settle();
  expect(dialog().textContent).toContain('All their sessions end');
  submit()?.click();
  await settle();
  http().expectOne({ method: 'DELETE', url: '/api/v1/members/7/second-factor' }).flush(null);
  expect(await done).toBe(true);
  expect(toast()).toBe('The second factor of Ada Lovelace is gone');
});
