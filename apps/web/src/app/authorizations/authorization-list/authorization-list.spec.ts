import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { AuthorizationView } from '@fabomatic/members';
import { CurrentMember } from '../../auth/current-member';
import { type DangerQuestion, Dialogs } from '../../frame/dialog/dialogs';
import { ScreenWidth } from '../../frame/screen-width';
import { Toasts } from '../../frame/toast/toasts';
import { provideEnglish } from '../../language/english.fixture';
import { LiveFeed } from '../../live/live-feed';
import { AuthorizationList } from './authorization-list';

const AUTHORIZATIONS: AuthorizationView[] = [1, 2].map((id) => ({
  id,
  memberId: 10 + id,
  memberName: `Member ${id}`,
  machineId: 4,
  machineName: 'Laser 1',
  createdAt: '2026-11-01T10:00:00.000Z',
}));
const PAIRS = AUTHORIZATIONS.map(({ memberId, machineId }) => ({ memberId, machineId }));
const BULK = '/api/v1/authorizations/bulk';
const http = () => TestBed.inject(HttpTestingController);
const settle = async () => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((done) => setTimeout(done));
};

async function answerList(items: AuthorizationView[]): Promise<void> {
  await settle();
  http()
    .expectOne(({ url }) => url === '/api/v1/authorizations')
    .flush({ items, total: items.length, page: 1, pageSize: 50 });
  await settle();
}

test('several are taken away together, and given back together', async () => {
  const danger = async ({ run }: DangerQuestion) => run(true).then(() => true);
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([{ path: 'authorizations', component: AuthorizationList }]),
      { provide: Dialogs, useValue: { danger } },
      { provide: ScreenWidth, useValue: { isPhone: signal(false) } },
      { provide: LiveFeed, useValue: { view: signal(null), lab: signal(null) } },
      { provide: CurrentMember, useValue: { may: () => true, view: signal(null) } },
    ],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl('/authorizations');
  await answerList(AUTHORIZATIONS);
  const page = harness.routeNativeElement as HTMLElement;
  page.querySelector<HTMLInputElement>('thead input[type=checkbox]')?.click();
  await settle();
  page.querySelector<HTMLButtonElement>('.bulk .btn.danger')?.click();
  await settle();
  const taken = http().expectOne({ method: 'POST', url: BULK });
  expect(taken.request.body).toEqual({ grant: [], revoke: PAIRS });
  taken.flush({ granted: 0, revoked: 2, skipped: 0 });
  await answerList([]);
  expect(TestBed.inject(Toasts).current()?.text).toBe('2 authorisations are taken away');

  TestBed.inject(Toasts).current()?.undo?.();
  const given = http().expectOne({ method: 'POST', url: BULK });
  expect(given.request.body).toEqual({ grant: PAIRS, revoke: [] });
  given.flush({ granted: 2, revoked: 0, skipped: 0 });
  await answerList(AUTHORIZATIONS);
  expect(page.querySelectorAll('tbody tr')).toHaveLength(2);
});
