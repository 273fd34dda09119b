import { Location } from '@angular/common';
import { provideHttpClient } from '@angular/common/http';
import { provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideEnglish } from '../language/english.fixture';
import { nextRequest } from '../next-request.fixture';
import { SearchField } from './search-field';

const FOUND = {
  members: [
    {
      id: 4,
      name: 'Ada Lace',
      roleName: 'Members',
      email: null,
      cardEnding: null,
      disabled: false,
    },
  ],
  machines: [
    { id: 2, name: 'Laser', typeName: 'Laser cutter' },
    { id: 3, name: 'Lathe', typeName: null },
  ],
  plans: [],
};
const settle = () => new Promise((done) => setTimeout(done));
let fixture: ComponentFixture<SearchField>;
const field = () => {
  const found = (fixture.nativeElement as HTMLElement).querySelector('input');
  if (!found) throw new Error('no field');
  return found;
};
const active = () => {
  const id = field().getAttribute('aria-activedescendant');
  return id === null ? null : document.getElementById(id)?.querySelector('.name')?.textContent;
};

async function search(text: string, found: object = FOUND): Promise<void> {
  field().value = text;
  field().dispatchEvent(new Event('input'));
  const request = await nextRequest(({ url }) => url === '/api/v1/search');
  expect(request.request.params.get('q')).toBe(text);
  request.flush(found);
  await settle();
  await fixture.whenStable();
}

async function press(key: string): Promise<void> {
  field().dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
  await settle();
  await fixture.whenStable();
}

beforeEach(async () => {
  Element.prototype.scrollIntoView = jest.fn();
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([{ path: '**', children: [] }]),
    ],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
  fixture = TestBed.createComponent(SearchField);
  document.body.append(fixture.nativeElement as HTMLElement);
  await fixture.whenStable();
});
afterEach(() => (fixture.nativeElement as HTMLElement).remove());

test('arrow keys move over members and machines alike, and Enter opens', async () => {
  await search('la');
  expect(field().getAttribute('aria-expanded')).toBe('true');
  expect(active()).toBe('Ada Lace');
  await press('ArrowDown');
  await press('ArrowDown');
  expect(active()).toBe('Lathe');
  await press('Enter');
  expect(TestBed.inject(Location).path()).toBe('/machines/3');
  expect(field().value).toBe('');
  expect(field().getAttribute('aria-expanded')).toBe('false');
});

test('what finds nothing says so, to the eye and to a screen reader', async () => {
  await search('xyzzy', { members: [], machines: [], plans: [] });
  const page = fixture.nativeElement as HTMLElement;
  expect(page.querySelector('[role=status]')?.textContent).toContain('xyzzy');
  expect(page.querySelector('.none')?.textContent).toContain('xyzzy');
  await press('Enter');
  expect(TestBed.inject(Location).path()).toBe('');
});

test('Escape closes the results first, and then empties the field', async () => {
  await search('la');
  await press('Escape');
  expect(field().getAttribute('aria-expanded')).toBe('false');
  expect(field().value).toBe('la');
  await press('Escape');
  expect(field().value).toBe('');
});
