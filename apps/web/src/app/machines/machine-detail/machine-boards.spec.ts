import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus, type Type } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { BoardView } from '@fabomatic/boards';
import type { UseView } from '@fabomatic/uses';
import { provideEnglish } from '../../language/english.fixture';
import { MachineBoards } from './machine-boards';
import { MachineUses } from './machine-uses';

const BOARD: BoardView = {
  id: 1,
  machineId: 4,
  machineName: 'Laser 1',
  serial: 'A1B2',
  ip: '10.0.0.9',
  firmware: '1.3',
  heapBytes: 204_800,
  firstSeenAt: '2026-11-01T10:00:00.000Z',
  lastSeenAt: '2026-11-24T10:00:00.000Z',
  online: true,
  account: 'off',
};
const USE: UseView = {
  id: 1,
  machineId: 4,
  machineName: 'Laser 1',
  memberId: 7,
  memberName: 'Ada Lovelace',
  memberDeleted: false,
  startedAt: '2026-11-03T10:00:00.000Z',
  lastSeenAt: '2026-11-03T11:02:00.000Z',
  endedAt: '2026-11-03T11:02:00.000Z',
  durationS: 3720,
  replayed: false,
  estimated: false,
  authorized: true,
  source: 'board',
  closedBy: 'stop',
  boardSeenAt: null,
  version: 1,
};
const settle = () => new Promise((done) => setTimeout(done));

async function show(
  part: Type<unknown>,
  inputs: Record<string, unknown>,
  url: string,
  items: unknown[],
): Promise<HTMLElement> {
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([]),
    ],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
  const fixture = TestBed.createComponent(part);
  for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
  fixture.detectChanges();
  await settle();
  TestBed.inject(HttpTestingController)
    .expectOne((request) => request.url.startsWith(url))
    .flush({ items, total: items.length, page: 1, pageSize: 50 });
  await settle();
  await fixture.whenStable();
  return fixture.nativeElement as HTMLElement;
}

test('[17] the page of a machine says where its board is', async () => {
  const part = await show(MachineBoards, { machineId: 4 }, '/api/v1/boards?machineId=4', [BOARD]);
  const facts = [...part.querySelectorAll('dl > div')].map((each) =>
    [...each.children].map((cell) => cell.textContent.replace(/\s+/g, ' ').trim()),
  );
  expect(facts.slice(0, 5)).toEqual([
    ['Number of the machine', '4'],
    ['Serial number', 'A1B2'],
    ['Address', '10.0.0.9'],
    ['Firmware', '1.3'],
    ['Free memory', '200 kB'],
  ]);
});

test('[17] [25] and leads to its history, which names no deleted member', async () => {
  const inputs = { machineId: 4, liveKey: '' };
  const deleted = { ...USE, id: 2, memberDeleted: true };
  const part = await show(MachineUses, inputs, '/api/v1/uses?machineId=4', [USE, deleted]);
  const who = [...part.querySelectorAll('li .what')].map((each) => each.textContent.trim());
  expect(who).toEqual(['Ada Lovelace', 'deleted member']);
  const link = [...part.querySelectorAll('a')].find(({ textContent }) =>
    textContent.includes('All uses'),
  );
  expect(link?.getAttribute('href')).toBe('/history?machineId=4');
});
