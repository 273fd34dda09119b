import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { MachineTypeView } from '@fabomatic/machines';
import type { InterventionView, MaintenancePlanView } from '@fabomatic/maintenance';
import type { RoleView } from '@fabomatic/members';
import { provideEnglish } from '../../language/english.fixture';
import { MachineTypeDeletion } from '../../machine-types/machine-type-deletion';
import { InterventionDeletion } from '../../maintenance/intervention-deletion';
import { PlanDeletion } from '../../maintenance/plan-deletion';
import { RoleDeletion } from '../../roles/role-deletion';
import { type DangerQuestion, Dialogs } from '../dialog/dialogs';
import { Toasts } from './toasts';
import { Undo } from './undo';

let controller: HttpTestingController;
const http = () => controller;
const toast = () => TestBed.inject(Toasts).current();
const settle = async () => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((done) => setTimeout(done));
};
/** The question that was asked; it is answered with yes. */
const asked = jest.fn(async (question: DangerQuestion) => {
  await question.run(true);
  return true;
});

beforeEach(async () => {
  asked.mockClear();
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([]),
      { provide: Dialogs, useValue: { danger: asked } },
    ],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
  controller = TestBed.inject(HttpTestingController);
});
afterEach(() => http().verify());

async function deleted(answer: Promise<boolean>, url: string): Promise<void> {
  await settle();
  http().expectOne({ method: 'DELETE', url }).flush(null);
  expect(await answer).toBe(true);
}

const TYPE: MachineTypeView = {
  id: 7,
  name: 'Laser cutter',
  timeoutMin: 480,
  graceMin: 0,
  access: 'open',
  machines: 0,
  version: 3,
};
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
const ROLE: RoleView = {
  id: 4,
  name: 'Trainers',
  authorizeAll: true,
  maintenance: false,
  portalAccess: 'read-only',
  reserved: false,
  assignable: true,
  members: 0,
  version: 1,
};

test('what was deleted comes back as it was, and lists on the page load anew', async () => {
  const answer = TestBed.inject(MachineTypeDeletion).delete(TYPE);
  await deleted(answer, '/api/v1/machine-types/7');
  expect(toast()?.text).toBe('Laser cutter is deleted');
  const before = TestBed.inject(Undo).taken();
  toast()?.undo?.();
  const made = http().expectOne({ method: 'POST', url: '/api/v1/machine-types' });
  const { name, timeoutMin, graceMin, access } = TYPE;
  expect(made.request.body).toEqual({ name, timeoutMin, graceMin, access });
  made.flush({ ...TYPE, id: 8 });
  await settle();
  expect(toast()?.text).toBe('It is as before');
  expect(TestBed.inject(Undo).taken()).toBe(before + 1);
});

test('what cannot come back any more is said', async () => {
  const answer = TestBed.inject(MachineTypeDeletion).delete(TYPE);
  await deleted(answer, '/api/v1/machine-types/7');
  toast()?.undo?.();
  http()
    .expectOne({ method: 'POST', url: '/api/v1/machine-types' })
    .flush({ code: 'machine_type.name_taken' }, { status: 409, statusText: 'Conflict' });
  await settle();
  expect(toast()?.text).toContain('already has this name');
});

test('an intervention comes back with its time and its note', async () => {
  const answer = TestBed.inject(InterventionDeletion).delete(DONE);
  await deleted(answer, '/api/v1/interventions/9');
  toast()?.undo?.();
  const { planId, memberId, doneAt, note } = DONE;
  const made = http().expectOne({ method: 'POST', url: '/api/v1/interventions' });
  expect(made.request.body).toEqual({ planId, memberId, doneAt, note });
  made.flush(DONE);
});

test.each([
  ['a board sent later', { replayed: true }],
  ['nobody known did', { memberId: null, memberName: null }],
])('an intervention that %s is not offered back: it would be another one', async (_, change) => {
  const answer = TestBed.inject(InterventionDeletion).delete({ ...DONE, ...change });
  await deleted(answer, '/api/v1/interventions/9');
  expect(toast()?.text).toBe('Clean optics is deleted');
  expect(toast()?.undo).toBeUndefined();
});

test.each([
  ['that was never done', 0, {}, true],
  ['that takes interventions along', 2, {}, false],
  ['that nobody could make today', 0, { intervalS: 0 }, false],
] as const)('a plan %s: %i go, undone: %#', async (_what, interventions, change, isOffered) => {
  const answer = TestBed.inject(PlanDeletion).delete({ ...PLAN, ...change });
  http().expectOne('/api/v1/maintenance-plans/5/impact').flush({ interventions });
  await deleted(answer, '/api/v1/maintenance-plans/5');
  const [question] = asked.mock.calls[0] ?? [];
  expect(question?.losses?.map(({ count }) => count)).toEqual(
    interventions === 0 ? undefined : [interventions],
  );
  expect(toast()?.undo !== undefined).toBe(isOffered);
  if (!isOffered) return;
  toast()?.undo?.();
  const { machineId, description, intervalS, lcdMessage, instructionsUrl } = PLAN;
  const made = http().expectOne({ method: 'POST', url: '/api/v1/maintenance-plans' });
  expect(made.request.body).toEqual({
    machineId,
    description,
    intervalS,
    lcdMessage,
    instructionsUrl,
  });
  made.flush(PLAN);
});

test('a role that nobody had comes back; members who got another are not moved again', async () => {
  const answer = TestBed.inject(RoleDeletion).delete(ROLE);
  await deleted(answer, '/api/v1/roles/4');
  toast()?.undo?.();
  const { name, authorizeAll, maintenance, portalAccess } = ROLE;
  const made = http().expectOne({ method: 'POST', url: '/api/v1/roles' });
  expect(made.request.body).toEqual({ name, authorizeAll, maintenance, portalAccess });
  made.flush(ROLE);
  await settle();
  const moved = TestBed.inject(RoleDeletion).delete(ROLE, { ...ROLE, id: 6, name: 'Guests' });
  await deleted(moved, '/api/v1/roles/4?replacementId=6');
  expect(toast()?.undo).toBeUndefined();
});
