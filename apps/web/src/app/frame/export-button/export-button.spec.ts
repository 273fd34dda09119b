import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideEnglish } from '../../language/english.fixture';
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
