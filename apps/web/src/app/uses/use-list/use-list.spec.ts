import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { UseView } from '@fabomatic/uses';
import { CurrentMember } from '../../auth/current-member';
import { ScreenWidth } from '../../frame/screen-width';
import { provideEnglish } from '../../language/english.fixture';
import { LiveFeed } from '../../live/live-feed';
import { UseList } from './use-list';

const DONE: UseView = {
  id: 3,
  machineId: 1,
  machineName: 'Laser 1',
  memberId: 7,
  memberName: 'Ada Lovelace',
  memberDeleted: false,
  startedAt: '2026-11-03T10:00:00.000Z',
  lastSeenAt: '2026-11-03T11:02:00.000Z',
  endedAt: '2026-11-03T11:02:00.000Z',
  durationS: 3720,
  replayed: false,
  estimated: false,
  authorized: true,
  source: 'board',
  closedBy: 'stop',
  boardSeenAt: null,
  version: 1,
};
const OPEN: UseView = {
  ...DONE,
  id: 4,
  endedAt: null,
  durationS: null,
  closedBy: null,
  boardSeenAt: '2026-11-03T11:02:00.000Z',
};
const COLUMNS = 'fabomatic.columns.uses.title';
const settle = () => new Promise((done) => setTimeout(done));

async function open(items: UseView[], isPhone = false): Promise<HTMLElement> {
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([{ path: 'history', component: UseList }]),
      { provide: ScreenWidth, useValue: { isPhone: signal(isPhone) } },
      {
        provide: LiveFeed,
        useValue: { view: signal(null), lab: signal(null), state: signal({ kind: 'connecting' }) },
      },
      { provide: CurrentMember, useValue: { may: () => true, view: signal(null) } },
    ],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl('/history');
  await settle();
  TestBed.inject(HttpTestingController)
    .expectOne(({ url }) => url === '/api/v1/uses')
    .flush({ items, total: items.length, page: 1, pageSize: 50 });
  await settle();
  await settle();
  return harness.routeNativeElement as HTMLElement;
}

const lines = (page: HTMLElement, selector: string) =>
  [...page.querySelectorAll(selector)].map((row) =>
    [...row.querySelectorAll('td')].map((td) => td.textContent.replace(/\s+/g, ' ').trim()),
  );

beforeEach(() => localStorage.clear());

test('[38] a use says machine, member, start, end, duration and when it was last heard', async () => {
  localStorage.setItem(COLUMNS, JSON.stringify({ 'uses.last_seen': true }));
  const page = await open([DONE]);
  const heads = [...page.querySelectorAll('th')].map((th) => th.textContent.trim());
  const wanted = ['Machine', 'Member', 'Start', 'End', 'Duration', 'Last heard'];
  expect(heads.slice(0, 6)).toEqual(wanted);
  const [cells] = lines(page, 'tbody tr');
  expect(cells?.[0]).toBe('Laser 1');
  expect(cells?.[1]).toBe('Ada Lovelace');
  const times = [...page.querySelectorAll('tbody time')].map((time) =>
    time.getAttribute('datetime'),
  );
  const { startedAt, endedAt, lastSeenAt } = DONE;
  expect(times).toEqual([startedAt, startedAt, endedAt, lastSeenAt]);
  expect(cells?.[4]).toBe('1 h 02 min');
});

test.each([
  ['a desk', false, 'tbody tr'],
  ['a phone', true, '.rows li'],
])('[38] a use that goes on stands out from the others, at %s', async (_, isPhone, row) => {
  const page = await open([OPEN, DONE], isPhone);
  const marks = [...page.querySelectorAll(row)].map(
    (each) => each.querySelector('fab-status-mark')?.textContent.trim() ?? '',
  );
  expect(marks).toEqual(['In use', '']);
});

test.each([
  ['a desk', false],
  ['a phone', true],
])('[25] [54] deleted members and what came later are marked, at %s', async (_, isPhone) => {
  const uses = [
    DONE,
    { ...DONE, id: 5, replayed: true },
    { ...DONE, id: 6, memberDeleted: true },
    { ...DONE, id: 7, memberId: null, memberName: null },
  ];
  const page = await open(uses, isPhone);
  const rows = [...page.querySelectorAll(isPhone ? '.rows li' : 'tbody tr')].map(
    ({ textContent }) => textContent,
  );
  expect(rows.map((text) => text.includes('sent later'))).toEqual([false, true, false, false]);
  expect(rows.map((text) => text.includes('deleted member'))).toEqual([false, false, true, true]);
  expect(rows.map((text) => text.includes('Ada Lovelace'))).toEqual([true, true, false, false]);
});
