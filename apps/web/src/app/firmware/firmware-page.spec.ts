import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus, signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { BoardView, FirmwareImageView, FirmwareRolloutView } from '@fabomatic/boards';
import { CurrentMember } from '../auth/current-member';
import { Dialogs } from '../frame/dialog/dialogs';
import { provideEnglish } from '../language/english.fixture';
import { LiveFeed } from '../live/live-feed';
import { FirmwarePage } from './firmware-page';

const URL = '/api/v1/firmware';
const AT = '2026-11-24T10:00:00.000Z';
const IMAGE: FirmwareImageView = {
  md5: 'a'.repeat(32),
  fileName: 'fab-o-matic-1.4.0.bin',
  sizeBytes: 1000,
  chip: 'ESP32-S3',
  version: '1.4.0',
  project: null,
  uploadedAt: AT,
  uploadedBy: 'Giulia Conti',
};
const board = (id: number, machineName: string, version = '1.3.0'): BoardView => ({
  id,
  machineId: 10 + id,
  machineName,
  serial: `dcda0c00000${id}`,
  ip: `192.168.1.${id}`,
  firmware: `hardware-rev0-en_US,${version}`,
  heapBytes: 200_000,
  firstSeenAt: AT,
  lastSeenAt: AT,
  online: true,
  account: 'none',
});
const BOARDS = [board(1, 'Drill'), board(2, 'Laser'), board(3, 'Saw', '1.4.0'), board(4, 'Mill')];
const RUN: FirmwareRolloutView = {
  id: 7,
  startedAt: AT,
  endedAt: null,
  startedBy: 'Giulia Conti',
  fileName: IMAGE.fileName,
  md5: IMAGE.md5,
  sizeBytes: 1000,
  version: '1.4.0',
  outcome: 'running',
  boards: [
    {
      boardId: 2,
      machineId: 12,
      machineName: 'Laser',
      serial: null,
      ip: '192.168.1.2',
      versionBefore: 'hardware-rev0-en_US,1.3.0',
      versionAfter: null,
      state: 'sending',
      sentBytes: 379,
      problem: null,
      detail: null,
    },
  ],
};

const http = () => TestBed.inject(HttpTestingController);
const settle = () => new Promise((done) => setTimeout(done));
let fixture: ComponentFixture<FirmwarePage>;
const page = () => fixture.nativeElement as HTMLElement;
const text = (selector: string) =>
  page().querySelector(selector)?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
const box = (name: string) => {
  const lines = [...page().querySelectorAll('li.choice')];
  const line = lines.find(({ textContent }) => textContent?.includes(name));
  const input = line?.querySelector<HTMLInputElement>('input[type=checkbox]');
  if (!line || !input) throw new Error(`no line ${name}`);
  return { input, says: line.textContent ?? '' };
};

async function render(): Promise<void> {
  await settle();
  fixture.detectChanges();
  await settle();
}

async function press(label: string): Promise<void> {
  const buttons = [...page().querySelectorAll<HTMLButtonElement>('button')];
  const button = buttons.find(({ textContent }) => textContent?.trim() === label);
  if (!button) throw new Error(`no button ${label}`);
  button.click();
  await render();
}

/** Answers all that the page has asked for by now. */
async function answer(rollout: FirmwareRolloutView | null): Promise<void> {
  const open = (url: string) => http().match((request) => request.url === url);
  open(`${URL}/images`).forEach((request) => request.flush({ items: [IMAGE] }));
  http()
    .match(({ url }) => url.startsWith('/api/v1/boards'))
    .forEach((request) => request.flush({ items: BOARDS, total: 4, page: 1, pageSize: 200 }));
  open(`${URL}/rollouts`).forEach((request) =>
    request.flush({ items: [], total: 0, page: 1, pageSize: 10 }),
  );
  http()
    .match({ method: 'GET', url: `${URL}/rollout` })
    .forEach((request) => request.flush({ rollout }));
  await render();
}

/** Somebody uses the drill. */
async function open(rollout: FirmwareRolloutView | null = null): Promise<void> {
  const machines = [{ id: 11, currentUse: {} }];
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([]),
      { provide: CurrentMember, useValue: { may: () => true } },
      {
        provide: LiveFeed,
        useValue: { view: signal({ machines }), lab: signal({ name: '', timezone: 'UTC' }) },
      },
      { provide: Dialogs, useValue: { confirm: () => Promise.resolve(true) } },
    ],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
  fixture = TestBed.createComponent(FirmwarePage);
  document.body.append(page());
  fixture.detectChanges();
  await render();
  await answer(rollout);
}

afterEach(() => fixture.destroy());

test('offers the boards that are free, and chooses those that lack the version', async () => {
  await open();
  expect(box('Drill').input.disabled).toBe(true);
  expect(box('Drill').says).toContain('in use');
  expect(box('Saw').says).toContain('has it');
  expect(box('Laser').says).not.toContain('has it');

  await press('Choose all that need it');
  const chosen = ['Drill', 'Laser', 'Saw', 'Mill'].filter((name) => box(name).input.checked);
  expect(chosen).toEqual(['Laser', 'Mill']);
  expect(box('Laser').says).toContain('first');
});

test('sends the boards in the order of their ticks, then leads to the progress of the run', async () => {
  await open();
  box('Mill').input.click();
  box('Laser').input.click();
  await render();
  await press('Update the boards');
  const request = http().expectOne({ method: 'POST', url: `${URL}/rollout` });
  expect(request.request.body).toEqual({ md5: IMAGE.md5, boardIds: [4, 2], sameVersion: false });
  request.flush({ rollout: RUN });
  await render();
  await answer(RUN);

  expect(text('fab-section')).toContain('running, 0 of 1 boards updated');
  expect(text('fab-firmware-progress')).toContain('sending, 37 %');
  expect(document.activeElement?.textContent).toContain('running');
  expect(box('Mill').input.disabled).toBe(true);
});

test('shows a run that ended before anybody asked how it goes, and why', async () => {
  await open();
  box('Laser').input.click();
  await render();
  await press('Update the boards');
  http()
    .expectOne({ method: 'POST', url: `${URL}/rollout` })
    .flush({ rollout: RUN });
  await render();
  const failed = RUN.boards.map((each) => ({
    ...each,
    state: 'failed' as const,
    problem: 'refused' as const,
    detail: 'ERR: not now',
  }));
  await answer({ ...RUN, outcome: 'failed', endedAt: AT, boards: failed });
  expect(text('fab-section')).toContain('Last run');
  expect(text('fab-firmware-progress')).toContain(
    'The board refused. The board says: ERR: not now',
  );
});

test('says from what to what a board was updated', async () => {
  await open(RUN);
  const versionAfter = 'hardware-rev0-en_US,1.4.0';
  const boards = RUN.boards.map((each) => ({ ...each, state: 'done' as const, versionAfter }));
  await press('Stop');
  http().expectOne(`${URL}/rollout/stop`).flush({ rollout: RUN });
  await render();
  await answer({ ...RUN, outcome: 'done', endedAt: AT, boards });
  expect(text('fab-firmware-progress')).toBe(
    'Laserupdatedhardware-rev0-en_US,1.3.0 → hardware-rev0-en_US,1.4.0',
  );
});

test('leaves the runs of other days to the record', async () => {
  await open({ ...RUN, outcome: 'done', endedAt: AT });
  expect(page().querySelector('fab-firmware-progress')).toBeNull();
  expect(text('fab-section')).toContain('Files');
});

test('says why a run could not begin', async () => {
  await open();
  box('Laser').input.click();
  await render();
  await press('Update the boards');
  http()
    .expectOne({ method: 'POST', url: `${URL}/rollout` })
    .flush(
      { code: 'firmware.board_in_use', params: { name: 'Laser' } },
      { status: 409, statusText: 'Conflict' },
    );
  await render();
  await answer(null);
  expect(text('[role=alert]')).toBe('Laser is in use.');
  expect(box('Laser').input.checked).toBe(true);
});
