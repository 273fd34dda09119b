import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { provideEnglish } from '../../language/english.fixture';
import { ApiKeyForm } from './api-key-form';

const KEY = 'fab_0123456789';
const settle = () => new Promise((done) => setTimeout(done));
const dialog = () => document.querySelector('fab-key-dialog');

test('a new key is shown once, and only its own button closes the dialog', async () => {
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([
        { path: 'system/api-keys/new', component: ApiKeyForm },
        { path: '**', children: [] },
      ]),
    ],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl('/system/api-keys/new');
  await settle();
  const page = harness.routeNativeElement as HTMLElement;
  const name = page.querySelector<HTMLInputElement>('fab-field-text input');
  if (!name) throw new Error('no field');
  name.value = 'Door';
  name.dispatchEvent(new Event('input'));
  page.querySelectorAll<HTMLInputElement>('input[type=radio]')[2]?.click();
  await settle();
  page.querySelector<HTMLButtonElement>('button[type=submit]')?.click();
  await settle();
  const asked = TestBed.inject(HttpTestingController).expectOne('/api/v1/api-keys');
  // Who changes machines has to read them as well.
  expect(asked.request.body).toEqual({ name: 'Door', permissions: ['read', 'machines'], days: 90 });
  asked.flush({
    id: 1,
    name: 'Door',
    permissions: ['read', 'machines'],
    state: 'good',
    createdBy: 'Pat',
    createdAt: '2026-11-24T10:00:00.000Z',
    expiresAt: '2027-02-22T10:00:00.000Z',
    lastUsedAt: null,
    lastUsedIp: null,
    key: KEY,
  });
  await settle();
  await settle();
  expect(dialog()?.querySelector('textarea')?.value).toBe(KEY);
  expect(dialog()?.textContent).toContain('This is the only time it is shown');
  expect(dialog()?.querySelector('code')?.textContent).toContain(`${location.origin}/api/v1/`);
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', keyCode: 27 }));
  await settle();
  expect(dialog()).not.toBeNull();
  dialog()?.querySelector<HTMLButtonElement>('.answers .outlined')?.click();
  await settle();
  await settle();
  expect(dialog()).toBeNull();
  expect(TestBed.inject(Router).url).toBe('/system/api-keys');
});
