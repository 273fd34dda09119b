import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { MemberView } from '@fabomatic/members';
import { CurrentMember } from '../../auth/current-member';
import { provideEnglish } from '../../language/english.fixture';
import { LiveFeed } from '../../live/live-feed';
import { memberView } from '../member-view.fixture';
import { MemberPage } from './member-page';

const http = () => TestBed.inject(HttpTestingController);
const settle = () => new Promise((done) => setTimeout(done));

async function open(
  member: MemberView,
  reader: { id: number; portalAccess: 'admin' | 'members' } = { id: 1, portalAccess: 'admin' },
): Promise<string> {
  const isAdmin = reader.portalAccess === 'admin';
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([{ path: 'members/:id', component: MemberPage }], withComponentInputBinding()),
      { provide: LiveFeed, useValue: { view: signal(null), lab: signal(null) } },
      {
        provide: CurrentMember,
        useValue: {
          may: (permission?: string) => permission !== 'admin' || isAdmin,
          view: signal(reader),
        },
      },
    ],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl('/members/7');
  await settle();
  http().expectOne('/api/v1/members/7').flush(member);
  await settle();
  await settle();
  return harness.routeNativeElement?.textContent.replace(/\s+/g, ' ') ?? '';
}

test('[S21] says when the membership ended, that it closes nothing, and that it is long ago', async () => {
  const text = await open(
    memberView({
      consentAt: '2024-01-02',
      membershipEndsOn: '2025-02-28',
      membership: 'erasable',
    }),
  );
  expect(text).toContain('The membership ended on 28 Feb 2025.');
  expect(text).toContain('Cards and login still work.');
  expect(text).toContain('this person may be erased');
  expect(text).toContain('Privacy notice signed 2 Jan 2024');
});

test('a membership that goes on warns of nothing', async () => {
  const text = await open(memberView({ membershipEndsOn: '2099-12-31' }));
  expect(text).not.toContain('The membership ended');
  expect(text).toContain('Membership ends 31 Dec 2099');
  expect(text).toContain('Privacy notice signed not known');
});

const WITH_FACTOR = memberView({ hasSecondFactor: true });

test.each([
  ['an administrator', WITH_FACTOR, { id: 1, portalAccess: 'admin' }, true],
  ['whoever manages members', WITH_FACTOR, { id: 1, portalAccess: 'members' }, false],
  ['nobody at their own', WITH_FACTOR, { id: 7, portalAccess: 'admin' }, false],
  ['nobody where there is none', memberView(), { id: 1, portalAccess: 'admin' }, false],
] as const)('%s resets a second factor: %#', async (_who, member, reader, isOffered) => {
  const text = await open(member, reader);
  expect(text.includes('Reset second factor')).toBe(isOffered);
  expect(text.includes('Logs in with an authenticator app.')).toBe(member.hasSecondFactor);
});
