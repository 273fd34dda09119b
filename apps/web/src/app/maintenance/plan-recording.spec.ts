import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { InterventionView, MaintenancePlanView } from '@fabomatic/maintenance';
import { Toasts } from '../frame/toast/toasts';
import { provideEnglish } from '../language/english.fixture';
import { PlanRecording } from './plan-recording';

const PLAN: MaintenancePlanView = {
  id: 5,
  machineId: 1,
  machineName: 'Laser 1',
  description: 'Clean optics',
  lcdMessage: 'Optics',
  intervalS: 3600,
  instructionsUrl: null,
  elapsedS: 3700,
  isDue: true,
  lastDoneAt: null,
  lastDoneByName: null,
  forecastAt: null,
  version: 1,
};
const DONE: InterventionView = {
  id: 9,
  planId: 5,
  planDescription: 'Clean optics',
  machineId: 1,
  machineName: 'Laser 1',
  memberId: 2,
  memberName: 'Giulia Ferri',
  doneAt: '2026-11-24T12:00:00.000Z',
  replayed: false,
  note: 'new cloth',
  version: 1,
};

const http = () => TestBed.inject(HttpTestingController);
const settle = () => new Promise((done) => setTimeout(done));
const dialog = () => document.querySelector('fab-note-dialog');

async function write(note: string): Promise<void> {
  const area = dialog()?.querySelector('textarea');
  if (!area) throw new Error('no dialog');
  area.value = note;
  area.dispatchEvent(new Event('input'));
  dialog()
    ?.querySelector('form')
    ?.dispatchEvent(new Event('submit', { cancelable: true }));
  await settle();
}

beforeEach(async () => {
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([]),
    ],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
});

test('records that a plan was done just now, and takes it back', async () => {
  const changed = jest.fn();
  const recording = TestBed.inject(PlanRecording).record(PLAN, changed);
  await settle();
  expect(dialog()?.textContent).toContain('The plan’s hours on Laser 1 begin anew');
  await write(' new cloth ');
  const sent = http().expectOne({ method: 'POST', url: '/api/v1/interventions' });
  expect(sent.request.body).toEqual({ planId: 5, note: 'new cloth' });
  sent.flush(DONE, { status: 201, statusText: 'Created' });
  await recording;
  expect(changed).toHaveBeenCalledTimes(1);

  TestBed.inject(Toasts).current()?.undo?.();
  http().expectOne({ method: 'DELETE', url: '/api/v1/interventions/9' }).flush(null);
  await settle();
  expect(changed).toHaveBeenCalledTimes(2);
});

test('a refusal keeps the dialog and what was written', async () => {
  const changed = jest.fn();
  void TestBed.inject(PlanRecording).record(PLAN, changed);
  await settle();
  await write('new cloth');
  const refusal = { code: 'plan.not_found', params: {} };
  http()
    .expectOne('/api/v1/interventions')
    .flush(refusal, { status: 404, statusText: 'Not Found' });
  await settle();
  await settle();
  expect(dialog()?.querySelector('[role=alert]')?.textContent).toContain('does not exist any more');
  expect(dialog()?.querySelector('textarea')?.value).toBe('new cloth');
  expect(changed).not.toHaveBeenCalled();
});
