import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { LogLineView } from '@fabomatic/system';
import { CurrentMember } from '../../auth/current-member';
import { provideEnglish } from '../../language/english.fixture';
import { nextRequest } from '../../next-request.fixture';
import { FOLLOW_EVERY_S, LogPage } from './log-page';

const LINE: LogLineView = {
  at: '2026-11-24T12:00:00.000Z',
  level: 'warn',
  context: 'Boards',
  message: 'Machine 7: a message with a bad uid',
  correlationId: 'board-abc-1',
  stack: null,
};
const settle = () => new Promise((done) => setTimeout(done));

async function open(url: string): Promise<HTMLElement> {
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([{ path: 'system/log', component: LogPage }]),
      { provide: CurrentMember, useValue: { may: () => true } },
    ],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl(url);
  return harness.routeNativeElement as HTMLElement;
}

async function answer(items: LogLineView[] = [LINE], isCut = false): Promise<object> {
  await settle();
  const request = await nextRequest(({ url }) => url === '/api/v1/system/logs');
  request.flush({ items, isCut });
  await settle();
  await settle();
  const { params } = request.request;
  return Object.fromEntries(params.keys().map((key) => [key, params.get(key)]));
}

test('[58] level and text of the URL are what the API is asked', async () => {
  const page = await open('/system/log?level=warn&q=uid');
  expect(await answer()).toEqual({ limit: '200', level: 'warn', q: 'uid' });
  expect(page.textContent).toContain('Machine 7: a message with a bad uid');
});

test('an id leads to every line of the same message', async () => {
  const page = await open('/system/log?level=warn');
  await answer();
  const id = [...page.querySelectorAll('button')].find(
    ({ textContent }) => textContent?.trim() === 'board-abc-1',
  );
  id?.click();
  expect(await answer()).toMatchObject({ level: 'trace', q: 'board-abc-1' });
  expect(TestBed.inject(Router).url).toBe('/system/log?q=board-abc-1');
});

test('it is followed only while the reader wants it', async () => {
  const page = await open('/system/log');
  await answer();
  const tick = page.querySelector<HTMLInputElement>('input[type=checkbox]');
  tick?.click();
  await answer();
  await answer([{ ...LINE, message: 'Something new' }]);
  expect(page.textContent).toContain('Something new');
  tick?.click();
  await new Promise((done) => setTimeout(done, FOLLOW_EVERY_S * 1000 + 200));
  TestBed.inject(HttpTestingController).verify();
}, 15_000);

test('what is older than the page shows is in the file', async () => {
  const page = await open('/system/log');
  await answer([LINE], true);
  expect(page.textContent).toContain('Older lines are in the file');
});
