import { OverlayContainer } from '@angular/cdk/overlay';
import { provideHttpClient } from '@angular/common/http';
import {
  HttpTestingController,
  provideHttpClientTesting,
  type TestRequest,
} from '@angular/common/http/testing';
import { ApplicationInitStatus, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { CurrentMember } from '../../auth/current-member';
import { provideEnglish } from '../../language/english.fixture';
import { LiveFeed } from '../../live/live-feed';
import { MachineTypeList } from '../../machine-types/machine-type-list';
import { ScreenWidth } from '../screen-width';

const TYPE = {
  id: 7,
  name: 'Laser cutter',
  timeoutMin: 480,
  graceMin: 0,
  access: 'authorization',
  machines: 2,
  version: 3,
};
const LIST = '/api/v1/machine-types';
const http = () => TestBed.inject(HttpTestingController);
const settle = () => new Promise((done) => setTimeout(done));
let page: HTMLElement;

/** The list of machine types stands for all: they are made of the same parts. */
async function open(url: string, isPhone: boolean): Promise<void> {
  localStorage.clear();
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([{ path: 'machine-types', component: MachineTypeList }]),
      { provide: ScreenWidth, useValue: { isPhone: signal(isPhone) } },
      { provide: LiveFeed, useValue: { view: signal(null), lab: signal(null) } },
      { provide: CurrentMember, useValue: { may: () => true, view: signal(null) } },
    ],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl(url);
  await settle();
  page = harness.routeNativeElement as HTMLElement;
}

async function answer(items: unknown[] = [TYPE], total = items.length): Promise<TestRequest> {
  await settle();
  const request = http().expectOne(({ url }) => url === LIST);
  request.flush({ items, total, page: Number(request.request.params.get('page')), pageSize: 50 });
  await settle();
  await settle();
  return request;
}

function press(text: string, within: ParentNode = page): void {
  const found = [...within.querySelectorAll<HTMLElement>('button, a')].find((each) =>
    (each.textContent + (each.ariaLabel ?? '')).includes(text),
  );
  if (!found) throw new Error(`no button ${text}`);
  found.click();
}
const menu = () => TestBed.inject(OverlayContainer).getContainerElement();

test('while it loads there are ghosts, and a screen reader is told', async () => {
  await open('/machine-types', false);
  expect(page.querySelectorAll('.ghosts > div').length).toBeGreaterThan(3);
  expect(page.querySelector('[role=status]')?.textContent.trim()).toBe('Loading');
  await answer();
  expect(page.querySelector('.ghosts')).toBeNull();
  expect(page.querySelector('[role=status]')?.textContent.trim()).toBe('1 machine type');
});

test('a list that has nothing says what to do first, and leads there', async () => {
  await open('/machine-types', false);
  await answer([]);
  const message = page.querySelector('.message');
  expect(message?.querySelector('h2')?.textContent).toBe('No machine types yet');
  expect(message?.querySelector('a')?.getAttribute('href')).toBe('/machine-types/new');
});

test('a list that did not load says so, and tries again', async () => {
  await open('/machine-types', false);
  http()
    .expectOne(({ url }) => url === LIST)
    .error(new ProgressEvent('error'));
  await settle();
  await settle();
  expect(page.querySelector('[role=alert]')?.textContent).toContain('The list did not load');
  press('Try again');
  await answer();
  expect(page.querySelector('tbody')?.textContent).toContain('Laser cutter');
});

test('pages are in the URL, and so is the way back', async () => {
  await open('/machine-types?page=2', false);
  await answer([TYPE], 120);
  expect(page.querySelector('fab-list-foot')?.textContent).toContain('51 to 51 of 120');
  press('Next page');
  expect((await answer([TYPE], 120)).request.params.get('page')).toBe('3');
  expect(TestBed.inject(Router).url).toBe('/machine-types?page=3');
  const back = page.querySelector('[aria-label="Previous page"]');
  expect(back?.getAttribute('href')).toBe('/machine-types?page=2');
});

test.each([
  ['a desk', false],
  ['a phone', true],
])('what is filtered is exported, at %s', async (_where, isPhone) => {
  await open('/machine-types?access=open&q=las&sort=-name&page=2', isPhone);
  await answer([TYPE], 51);
  press('Export');
  await settle();
  const { params } = http().expectOne(({ url }) => url.endsWith('machine-types.xlsx')).request;
  const asked = Object.fromEntries(params.keys().map((key) => [key, params.get(key)]));
  expect(asked).toEqual({ access: 'open', q: 'las', sort: '-name', lang: 'en' });
});

test('a phone has rows to press instead of a table, without a choice of columns', async () => {
  await open('/machine-types', true);
  await answer();
  expect(page.querySelector('table')).toBeNull();
  expect(page.querySelector('.rows a.line')?.getAttribute('href')).toBe('/machine-types/7');
  expect(page.querySelector('[aria-label="Columns"]')).toBeNull();
});

test('a phone sorts by everything that the headings of a desk sort by', async () => {
  await open('/machine-types', true);
  await answer();
  press('Order');
  await settle();
  const choices = [...menu().querySelectorAll('[role=menuitemradio]')];
  expect(choices.map((each) => each.textContent.trim())).toEqual([
    'Name',
    'Automatic log-off',
    'Power-off delay',
    'Machines',
  ]);
  expect(choices.map((each) => each.getAttribute('aria-checked'))).toEqual([
    'true',
    ...['false', 'false', 'false'],
  ]);
  press('Automatic log-off', menu());
  expect((await answer()).request.params.get('sort')).toBe('timeoutMin');
  const chip = () => page.querySelector('fab-sort-chip .chip')?.textContent.replace(/\s+/g, ' ');
  expect(chip()?.trim()).toBe('Order Automatic log-off rising');
  press('Order');
  await settle();
  press('Automatic log-off', menu());
  expect((await answer()).request.params.get('sort')).toBe('-timeoutMin');
  expect(TestBed.inject(Router).url).toBe('/machine-types?sort=-timeoutMin');
  expect(chip()?.trim()).toBe('Order Automatic log-off falling');
});

test('the columns are chosen at a desk, and the choice is kept', async () => {
  await open('/machine-types', false);
  await answer();
  const heads = () => [...page.querySelectorAll('th')].map((th) => th.textContent.trim());
  expect(heads()).toContain('Power-off delay');
  press('Columns');
  await settle();
  press('Power-off delay', menu());
  await settle();
  expect(heads()).not.toContain('Power-off delay');
  expect(localStorage.getItem('fabomatic.columns.machine_types.title')).toContain('false');
});
