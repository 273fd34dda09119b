import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus, signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { toIso } from '@fabomatic/kernel';
import type { MachineCommandView, MachineView } from '@fabomatic/machines';
import { Dialogs } from '../../frame/dialog/dialogs';
import { provideEnglish } from '../../language/english.fixture';
import { LabClock } from '../../live/lab-clock';
import { LiveFeed } from '../../live/live-feed';
import { machineView } from '../machine-view.fixture';
import { RemoteControl } from './remote-control';

const NOW_S = Date.parse('2026-11-24T12:00:00.000Z') / 1000;
const COMMANDS = '/api/v1/machines/1/commands';
const SENT: MachineCommandView = {
  id: 4,
  machineId: 1,
  command: 'start',
  state: 'sent',
  reason: null,
  memberId: 2,
  memberName: 'Giulia Ferri',
  sentAt: toIso(NOW_S),
  settledAt: null,
};
const USE = {
  useId: 1,
  memberId: 1,
  memberName: 'Marta',
  startedAt: toIso(NOW_S - 60),
  estimated: false,
};

const commands = signal<ReadonlyMap<number, MachineCommandView>>(new Map());
const confirm = jest.fn().mockResolvedValue(true);
let fixture: ComponentFixture<RemoteControl>;

const http = () => TestBed.inject(HttpTestingController);
const settle = async () => {
  // An answer is taken in one turn, and shown in the next.
  for (let turn = 0; turn < 3; turn++) await new Promise((done) => setTimeout(done));
};
const text = () => fixture.nativeElement.textContent.replace(/\s+/g, ' ') as string;
const button = (name: string) => {
  const all = fixture.nativeElement.querySelectorAll('button') as Iterable<HTMLButtonElement>;
  const found = [...all].find((each) => each.textContent?.includes(name));
  if (!found) throw new Error(`no button ${name}`);
  return found;
};

async function show(machine: Partial<MachineView>, known: MachineCommandView[] = []) {
  commands.set(new Map());
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      { provide: LabClock, useValue: { nowS: signal(NOW_S), readS: () => NOW_S } },
      { provide: LiveFeed, useValue: { commands, lab: signal({ name: '', timezone: 'UTC' }) } },
      { provide: Dialogs, useValue: { confirm } },
    ],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
  fixture = TestBed.createComponent(RemoteControl);
  fixture.componentRef.setInput('machine', machineView({ lastSeenAt: toIso(NOW_S), ...machine }));
  await settle();
  http().expectOne(COMMANDS).flush({ items: known });
  await settle();
}

test.each<[string, Partial<MachineView>, boolean, boolean, string]>([
  ['free', {}, true, false, ''],
  ['in use', { currentUse: USE }, false, true, 'A start needs a free machine'],
  ['blocked', { blocked: true }, false, false, 'The machine is blocked'],
  ['offline', { lastSeenAt: toIso(NOW_S - 91) }, false, false, 'Its board has gone quiet'],
])('a machine that is %s', async (_, machine, mayStart, mayStop, hint) => {
  await show(machine);
  expect([!button('Start').disabled, !button('Stop').disabled]).toEqual([mayStart, mayStop]);
  expect(text()).toContain(hint);
});

test('[B22] a start is asked for, sent, and then confirmed by the live feed', async () => {
  await show({});
  button('Start').click();
  await settle();
  expect(confirm).toHaveBeenCalledWith(expect.objectContaining({ action: 'Start' }));
  const request = http().expectOne({ method: 'POST', url: COMMANDS });
  expect(request.request.body).toEqual({ command: 'start' });
  request.flush(SENT, { status: 202, statusText: 'Accepted' });
  await settle();
  expect(text()).toMatch(/Start, by Giulia Ferri, 12:00\s*sent 12:00:00\s*waiting/);
  expect(button('Start').disabled).toBe(true);

  const settledAt = toIso(NOW_S + 1);
  commands.set(new Map([[1, { ...SENT, state: 'confirmed', settledAt }]]));
  await settle();
  expect(text()).toContain('confirmed 12:00:01');
});

test.each<[Partial<MachineCommandView>, string]>([
  [{ state: 'refused', reason: 'not-authorised' }, 'refused: no access 12:00:02'],
  [{ state: 'timed-out' }, 'no answer 12:00:02'],
])('what became of the last one is told: %j', async (outcome, words) => {
  await show({}, [{ ...SENT, ...outcome, settledAt: toIso(NOW_S + 2) }]);
  expect(text()).toContain(words);
});

test('a refusal before it is sent says why', async () => {
  await show({});
  button('Start').click();
  await settle();
  const refusal = { code: 'command.no_card', params: {} };
  http()
    .expectOne({ method: 'POST', url: COMMANDS })
    .flush(refusal, { status: 409, statusText: 'Conflict' });
  await settle();
  expect(fixture.nativeElement.querySelector('[role=alert]').textContent).toContain('no card');
});
