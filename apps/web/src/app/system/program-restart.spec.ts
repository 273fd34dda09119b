import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideEnglish } from '../language/english.fixture';
import { nextRequest } from '../next-request.fixture';
import { Toasts } from '../frame/toast/toasts';
import { ProgramRestart } from './program-restart';
import { systemView } from './system-view.fixture';

const http = () => TestBed.inject(HttpTestingController);

beforeEach(async () => {
  TestBed.configureTestingModule({
    providers: [provideEnglish(), provideHttpClient(), provideHttpClientTesting()],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
});

test('[59] it is back once it answers and has run for less time than has gone by', async () => {
  const restart = TestBed.inject(ProgramRestart);
  const isBack = restart.run();
  http().expectOne('/api/v1/system/restart').flush(null, { status: 204, statusText: '' });
  // It has not ended yet, then nobody answers, then the new one does.
  (await nextRequest('/api/v1/system')).flush(systemView({ uptimeS: 500 }));
  (await nextRequest('/api/v1/system')).error(new ProgressEvent('error'));
  expect(restart.state()).toBe('under way');
  (await nextRequest('/api/v1/system')).flush(systemView({ uptimeS: 1 }));
  expect(await isBack).toBe(true);
  expect(restart.state()).toBe('none');
});

test('a refusal is told, and nothing is waited for', async () => {
  const restart = TestBed.inject(ProgramRestart);
  const isBack = restart.run();
  http()
    .expectOne('/api/v1/system/restart')
    .flush({ code: 'system.no_restart' }, { status: 409, statusText: '' });
  expect(await isBack).toBe(false);
  expect(restart.state()).toBe('none');
  expect(TestBed.inject(Toasts).current()?.text).toContain('Nothing would start the program again');
});
