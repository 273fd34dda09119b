import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { InterventionView } from '@fabomatic/maintenance';
import { CurrentMember } from '../../auth/current-member';
import { ScreenWidth } from '../../frame/screen-width';
import { provideEnglish } from '../../language/english.fixture';
import { LiveFeed } from '../../live/live-feed';
import { InterventionList } from './intervention-list';

const DONE: InterventionView = {
  id: 9,
  planId: 5,
  planDescription: 'Clean optics',
  machineId: 1,
  machineName: 'Laser 1',
  memberId: 2,
  memberName: 'Giulia Ferri',
  doneAt: '2026-11-03T12:00:00.000Z',
  replayed: false,
  note: null,
  version: 1,
};
const settle = () => new Promise((done) => setTimeout(done));

test.each([
  ['a desk', false, 'tbody tr'],
  ['a phone', true, '.rows li'],
])('[54] what a board sent later is marked, at %s', async (_where, isPhone, row) => {
  localStorage.clear();
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([{ path: 'interventions', component: InterventionList }]),
      { provide: ScreenWidth, useValue: { isPhone: signal(isPhone) } },
      { provide: LiveFeed, useValue: { view: signal(null), lab: signal(null) } },
      { provide: CurrentMember, useValue: { may: () => true, view: signal(null) } },
    ],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl('/interventions');
  await settle();
  TestBed.inject(HttpTestingController)
    .expectOne(({ url }) => url === '/api/v1/interventions')
    .flush({ items: [DONE, { ...DONE, id: 10, replayed: true }], total: 2, page: 1, pageSize: 50 });
  await settle();
  await settle();
  const rows = [...(harness.routeNativeElement?.querySelectorAll(row) ?? [])];
  expect(rows.map((each) => each.textContent.includes('sent later'))).toEqual([false, true]);
});
