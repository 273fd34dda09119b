import { provideHttpClient } from '@angular/common/http';
import {
  HttpTestingController,
  provideHttpClientTesting,
  type TestRequest,
} from '@angular/common/http/testing';
import { ApplicationInitStatus, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { UnrecognizedCardView } from '@fabomatic/members';
import { CurrentMember } from '../auth/current-member';
import { ScreenWidth } from '../frame/screen-width';
import { provideEnglish } from '../language/english.fixture';
import { LiveFeed } from '../live/live-feed';
import { UnrecognisedCardsPage } from './unrecognised-cards-page';

const at = '2026-11-24T12:00:00.000Z';
const card = (uid: string): UnrecognizedCardView => ({
  uid,
  firstSeenAt: at,
  lastSeenAt: at,
  times: 2,
  machines: [{ id: 4, name: 'Laser 1', lastSeenAt: at, times: 2 }],
});
const http = () => TestBed.inject(HttpTestingController);
const settle = async () => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((done) => setTimeout(done));
};
const events = signal<{ events: unknown[]; machines: unknown[] }>({ events: [], machines: [] });

async function answer(items: UnrecognizedCardView[]): Promise<TestRequest | undefined> {
  await settle();
  // The navigation asks for the number that waits.
  const requests = http().match(({ url }) => url === '/api/v1/unrecognized-cards');
  for (const request of requests) {
    request.flush({ items, total: items.length, page: 1, pageSize: 50 });
  }
  await settle();
  return requests.find(({ request }) => request.params.get('pageSize') !== '1');
}

async function open(url: string, isPhone = false): Promise<HTMLElement> {
  events.set({ events: [], machines: [] });
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([{ path: 'unrecognised-cards', component: UnrecognisedCardsPage }]),
      { provide: ScreenWidth, useValue: { isPhone: signal(isPhone) } },
      { provide: LiveFeed, useValue: { view: events, lab: signal(null) } },
      { provide: CurrentMember, useValue: { may: () => true, view: signal(null) } },
    ],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl(url);
  return harness.routeNativeElement as HTMLElement;
}

test('[26] a card says its number, where and when it was tapped, and how often', async () => {
  const page = await open('/unrecognised-cards');
  const asked = await answer([card('a2914f1a')]);
  expect(asked?.request.params.get('sort')).toBe('-lastSeenAt');
  const text = page.querySelector('li')?.textContent.replace(/\s+/g, ' ');
  expect(text).toContain('··4F1A');
  expect(text).toContain('A2 91 4F 1A');
  expect(text).toContain('Laser 1,');
  expect(page.querySelector('li time')?.getAttribute('datetime')).toBe(at);
  expect(text).toContain('2 taps');
});

test('[26] a tap is on the page as soon as the stream tells it', async () => {
  const page = await open('/unrecognised-cards');
  await answer([]);
  expect(page.textContent).toContain('Tap a card at any machine');
  expect(page.querySelector('fab-list-bar')).toBeNull();
  const event = { id: 1, at, kind: 'card-unrecognised' };
  events.update((view) => ({ ...view, events: [event] }));
  await answer([card('5d1cb07c')]);
  expect(page.querySelector('li')?.textContent).toContain('··B07C');
});

test('[27] "New member" takes the card along', async () => {
  const page = await open('/unrecognised-cards');
  await answer([card('a2914f1a')]);
  const link = [...page.querySelectorAll('li a')].find(({ textContent }) =>
    textContent.includes('New member'),
  );
  expect(link?.getAttribute('href')).toBe('/members/new?card=a2914f1a');
});

test.each([
  ['a desk', false],
  ['a phone', true],
])('is searched, filtered, sorted and exported as other lists are, at %s', async (_, isPhone) => {
  const page = await open('/unrecognised-cards?q=4f&machineId=4&sort=times', isPhone);
  const asked = await answer([card('a2914f1a')]);
  const filters = { q: '4f', machineId: '4', sort: 'times' };
  for (const [name, value] of Object.entries(filters)) {
    expect([name, asked?.request.params.get(name)]).toEqual([name, value]);
  }
  http().match(({ url }) => url.startsWith('/api/v1/machines'));
  const found = [...page.querySelectorAll('button')].find(({ textContent }) =>
    textContent.includes('Export'),
  );
  found?.click();
  await settle();
  const { params } = http().expectOne(({ url }) => url.endsWith('unrecognized-cards.xlsx')).request;
  const sent = Object.fromEntries(params.keys().map((key) => [key, params.get(key)]));
  expect(sent).toEqual({ ...filters, lang: 'en' });
});

test('a search that finds nothing says so, and not that no card waits', async () => {
  const page = await open('/unrecognised-cards?q=ff');
  await answer([]);
  expect(page.querySelector('li.message')?.textContent).toContain('Nothing matches');
});
