import { HttpEventType, provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideEnglish } from '../../language/english.fixture';
import { LanguageChoice } from '../../language/language-choice';
import { Toasts } from '../toast/toasts';
import { ExportButton } from './export-button';

const URL_OF_EXPORT = '/api/v1/exports/uses.xlsx';
const settle = () => new Promise((done) => setTimeout(done));
let fixture: ComponentFixture<ExportButton>;
const button = () => (fixture.nativeElement as HTMLElement).querySelector('button');

async function press() {
  button()?.click();
  await fixture.whenStable();
  return TestBed.inject(HttpTestingController).expectOne(({ url }) => url === URL_OF_EXPORT);
}

beforeEach(async () => {
  TestBed.configureTestingModule({
    providers: [provideEnglish(), provideHttpClient(), provideHttpClientTesting()],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
  URL.createObjectURL = jest.fn(() => 'blob:1');
  URL.revokeObjectURL = jest.fn();
  fixture = TestBed.createComponent(ExportButton);
  fixture.componentRef.setInput('url', URL_OF_EXPORT);
  fixture.componentRef.setInput('params', { machineId: '3' });
  await fixture.whenStable();
});

test('saves what the list shows under the name that the server gives', async () => {
  const saved: string[] = [];
  jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push(`${this.href} ${this.download}`);
  });
  const request = await press();
  expect(request.request.params.get('machineId')).toBe('3');
  expect(button()?.textContent).toContain('Exporting');
  expect(button()?.getAttribute('aria-busy')).toBe('true');
  request.flush(new Blob(['x']), {
    headers: { 'Content-Disposition': 'attachment; filename="uses-2026-11-24.xlsx"' },
  });
  await settle();
  expect(saved).toEqual(['blob:1 uses-2026-11-24.xlsx']);
});

test('says of a large file how much has come, and of a small one nothing', async () => {
  const request = await press();
  request.event({ type: HttpEventType.DownloadProgress, loaded: 300_000 });
  await fixture.whenStable();
  expect(button()?.textContent.trim()).toBe('Exporting');
  request.event({ type: HttpEventType.DownloadProgress, loaded: 31_457_280 });
  await fixture.whenStable();
  expect(button()?.textContent.replace(/\s+/g, ' ').trim()).toBe('Exporting, 30 MB so far');
  request.flush(new Blob(['x']));
  await settle();
  await fixture.whenStable();
  expect(button()?.textContent.trim()).toBe('Export');
  // The next one begins anew.
  const next = await press();
  expect(button()?.textContent.trim()).toBe('Exporting');
  next.flush(new Blob(['x']));
});

test('its headings are in the language of the pages, whatever the browser speaks', async () => {
  await TestBed.inject(LanguageChoice).show('it');
  expect((await press()).request.params.get('lang')).toBe('it');
});

test('says why it did not work', async () => {
  const request = await press();
  const body = new Blob([JSON.stringify({ code: 'auth.forbidden', params: {} })]);
  // jsdom's Blob cannot be read by fetch's Response.
  Object.assign(body, { text: () => Promise.resolve('{"code":"auth.forbidden"}') });
  request.flush(body, { status: 403, statusText: 'Forbidden' });
  await settle();
  await settle();
  expect(TestBed.inject(Toasts).current()?.text).toBe(
    'The export did not work. Your role does not allow this.',
  );
  TestBed.inject(Toasts).dismiss();
  expect(button()?.getAttribute('aria-busy')).toBe('false');
});
