import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { MachineImpactView } from '@fabomatic/machines';
import { type DangerQuestion, Dialogs } from '../frame/dialog/dialogs';
import { provideEnglish } from '../language/english.fixture';
import { MachineDeletion } from './machine-deletion';

const IMPACT: MachineImpactView = {
  boards: 1,
  plans: 2,
  interventions: 21,
  authorizations: 12,
  uses: 1006,
  unrecognisedCards: 0,
  inUse: false,
};
const settle = () => new Promise((done) => setTimeout(done));

/** The question, and the request that its last step sends. */
async function ask(impact: MachineImpactView) {
  const asked = jest.fn<Promise<boolean>, [DangerQuestion]>().mockResolvedValue(false);
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      { provide: Dialogs, useValue: { danger: asked } },
    ],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
  const http = TestBed.inject(HttpTestingController);
  const answer = TestBed.inject(MachineDeletion).delete({ id: 4, name: 'Laser 1' });
  http.expectOne('/api/v1/machines/4/impact').flush(impact);
  await settle();
  const [question] = asked.mock.calls[0] ?? [];
  if (!question) throw new Error('nothing was asked');
  void question.run(false);
  const sent = http.expectOne(({ method }) => method === 'DELETE').request;
  return { question, sent, isDeleted: await answer };
}

test('[32] says in numbers what goes with a machine, and asks for its name', async () => {
  const { question, sent, isDeleted } = await ask(IMPACT);
  expect(question.losses?.map(({ label, count }) => `${label} ${count}`)).toEqual([
    'Boards 1',
    'Maintenance plans 2',
    'Interventions 21',
    'Authorisations 12',
    'Uses 1006',
    'Unrecognised cards 0',
  ]);
  expect(question.nameToType).toBe('Laser 1');
  expect(sent.urlWithParams).toBe('/api/v1/machines/4');
  expect(isDeleted).toBe(false);
});

test('a machine that is in use: it says so, and deletes it all the same', async () => {
  const { question, sent } = await ask({ ...IMPACT, inUse: true });
  expect(question.text).toContain('Somebody is working on it right now');
  expect(sent.urlWithParams).toBe('/api/v1/machines/4?force=true');
});
