import { OverlayContainer } from '@angular/cdk/overlay';
import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { PortalPermission } from '@fabomatic/members';
import { CurrentMember } from '../../auth/current-member';
import { provideEnglish } from '../../language/english.fixture';
import { LiveFeed } from '../../live/live-feed';
import { memberView } from '../member-view.fixture';
import { MemberList } from './member-list';

const http = () => TestBed.inject(HttpTestingController);
const settle = () => new Promise((done) => setTimeout(done));
const ENDED = memberView({ membershipEndsOn: '2025-02-28', membership: 'erasable' });

async function open(url: string, isAdmin = true, member = ENDED): Promise<HTMLElement> {
  const permissions: PortalPermission[] = isAdmin ? ['members', 'admin'] : ['members'];
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([{ path: 'members', component: MemberList }]),
      { provide: LiveFeed, useValue: { view: signal(null), lab: signal(null) } },
      {
        provide: CurrentMember,
        useValue: {
          may: (permission?: PortalPermission) =>
            permission === undefined || permissions.includes(permission),
          view: signal({ id: 1, portalAccess: isAdmin ? 'admin' : 'members' }),
        },
      },
    ],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl(url);
  await settle();
  http()
    .expectOne(({ url: asked }) => asked === '/api/v1/members')
    .flush({ items: [member], total: 1, page: 1, pageSize: 50 });
  const erasure = http().match('/api/v1/members/erasure');
  expect(erasure).toHaveLength(isAdmin ? 1 : 0);
  erasure[0]?.flush({ erasable: 3, afterDays: 365, backupDays: 35, logMb: 55 });
  await settle();
  await settle();
  return harness.routeNativeElement as HTMLElement;
}

test('[S21] an administrator is told whom to think about, and nobody is ticked unasked', async () => {
  const page = await open('/members');
  expect(page.querySelector('fab-banner')?.textContent).toContain(
    '3 members may be erased: their membership ended more than 365 days ago.',
  );
  expect(page.querySelector('.page-head fab-banner')).toBeNull();
  const link = page.querySelector<HTMLAnchorElement>('fab-banner a');
  expect(link?.getAttribute('href')).toBe('/members?membership=erasable');
  expect(page.querySelector('tbody tr')?.textContent).toContain('Membership ended');
  expect(page.querySelector('tbody input[type=checkbox]')).toBeNull();
});

test('[S21] those who are proposed can be ticked and erased together', async () => {
  const page = await open('/members?membership=erasable');
  expect(page.querySelector('fab-banner')).toBeNull();
  page.querySelector<HTMLInputElement>('tbody input[type=checkbox]')?.click();
  await settle();
  expect(page.querySelector('.bulk .btn.danger')?.textContent).toContain('Erase');
  page.querySelector<HTMLButtonElement>('tbody fab-row-menu button')?.click();
  await settle();
  const menu = TestBed.inject(OverlayContainer).getContainerElement();
  expect(menu.textContent).toContain('Erase');
});

test('[S21] whoever manages members sees that a membership ended, and erases nobody', async () => {
  const page = await open('/members?membership=erasable', false);
  expect(page.querySelector('tbody tr')?.textContent).toContain('Membership ended');
  expect(page.querySelector('fab-banner')).toBeNull();
  expect(page.querySelector('tbody input[type=checkbox]')).toBeNull();
});

test.each([
  ['who has an email', 'ada@example.org', true],
  ['who has none', null, false],
])('[8] the menu of a member %s: a link for a password by mail', async (_who, email, isOffered) => {
  const page = await open('/members', false, memberView({ email }));
  page.querySelector<HTMLButtonElement>('tbody fab-row-menu button')?.click();
  await settle();
  const menu = TestBed.inject(OverlayContainer).getContainerElement().textContent;
  expect(menu).toContain('Edit');
  expect(menu.includes('Mail a password link')).toBe(isOffered);
});
