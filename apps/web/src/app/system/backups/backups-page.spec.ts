import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { BackupList, BackupView } from '@fabomatic/system';
import { CurrentMember } from '../../auth/current-member';
import { provideEnglish } from '../../language/english.fixture';
import { BackupsPage } from './backups-page';

const BACKUP: BackupView = {
  name: 'fabomatic-20261124-030000Z-2.0.0-scheduled.db',
  kind: 'scheduled',
  createdAt: '2026-11-24T03:00:00.000Z',
  version: '2.0.0',
  sizeBytes: 39_845_888,
  check: { at: '2026-11-24T03:00:00.000Z', problem: null },
};
const LIST: BackupList = {
  items: [BACKUP],
  folder: '/data/backups',
  databaseKind: 'sqlite',
  schedule: 'daily 03:00',
  keepDaily: 7,
  keepWeekly: 4,
  pendingRestore: null,
  lastRestore: null,
  canRestart: true,
};
const URL = '/api/v1/backups';

const http = () => TestBed.inject(HttpTestingController);
const settle = () => new Promise((done) => setTimeout(done));
const page = (fixture: ComponentFixture<BackupsPage>) => fixture.nativeElement as HTMLElement;
const textOf = (element: Element | null) => element?.textContent?.replace(/\s+/g, ' ') ?? '';

async function open(list: Partial<BackupList> = {}): Promise<ComponentFixture<BackupsPage>> {
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([]),
      { provide: CurrentMember, useValue: { may: () => true } },
    ],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
  const fixture = TestBed.createComponent(BackupsPage);
  fixture.detectChanges();
  await answer(fixture, { ...LIST, ...list });
  return fixture;
}

async function answer(fixture: ComponentFixture<BackupsPage>, list: BackupList): Promise<void> {
  await settle();
  http().expectOne({ method: 'GET', url: URL }).flush(list);
  await settle();
  await fixture.whenStable();
  fixture.detectChanges();
}

function press(within: Element | null, text: string): void {
  const found = [...(within?.querySelectorAll<HTMLElement>('button') ?? [])].find((button) =>
    `${button.textContent}${button.ariaLabel ?? button.getAttribute('aria-label')}`.includes(text),
  );
  if (!found) throw new Error(`no button ${text}`);
  found.click();
}

afterEach(() =>
  document.querySelectorAll('.cdk-overlay-container').forEach((each) => each.remove()),
);

test('lists when, why, how large and whether it is sound, and by what rules', async () => {
  const damaged: BackupView = {
    ...BACKUP,
    name: 'copy.db',
    kind: 'uploaded',
    version: null,
    check: { at: '2026-11-24T04:00:00.000Z', problem: 'backup.damaged' },
  };
  const text = textOf(
    page(await open({ items: [BACKUP, damaged, { ...damaged, name: 'b.db', check: null }] })),
  );
  for (const part of [
    '3 backups, 114 MB',
    'by the clock',
    'sound',
    'uploaded',
    'not sound',
    'not yet',
    'every day at 03:00',
    'the last of each of 7 days, and of each of 4 weeks before those',
    '/data/backups',
  ]) {
    expect(text).toContain(part);
  }
});

test('[57] a restore is asked for in numbers, after the backup was read through', async () => {
  const fixture = await open({ canRestart: false });
  press(page(fixture), 'More for this row');
  await settle();
  press(document.querySelector('.mat-mdc-menu-panel'), 'Restore');
  await settle();
  const rows = { members: 148, uses: 812 };
  http()
    .expectOne(`${URL}/${BACKUP.name}/check`)
    .flush({ backup: BACKUP, rows, now: { members: 149, uses: 815, machines: 12 } });
  await settle();
  await settle();
  const dialog = document.querySelector('fab-danger-dialog');
  expect(textOf(dialog)).toContain('restoring that is the way back');
  expect(textOf(dialog)).toMatch(/Members \(today 149\) ?148/);
  expect(textOf(dialog)).toMatch(/Uses \(today 815\) ?812/);
  expect(textOf(dialog)).not.toContain('Machines');
  press(dialog, 'Restore at the next start');
  http().expectOne(`${URL}/${BACKUP.name}/restore`).flush({ backup: BACKUP, rows });
  await settle();
  await settle();
  await answer(fixture, {
    ...LIST,
    canRestart: false,
    pendingRestore: { name: BACKUP.name, askedAt: '2026-11-24T12:00:00.000Z' },
  });
  expect(textOf(page(fixture))).toContain('Stop Fab-O-Matic on its computer and start it again.');
  http().expectNone('/api/v1/system/restart');
});

test('a backup that is not sound is not offered for a restore', async () => {
  const fixture = await open();
  press(page(fixture), 'More for this row');
  await settle();
  press(document.querySelector('.mat-mdc-menu-panel'), 'Restore');
  await settle();
  http()
    .expectOne(`${URL}/${BACKUP.name}/check`)
    .flush(
      { code: 'backup.damaged', params: { reason: 'page 7' } },
      { status: 422, statusText: '' },
    );
  await settle();
  expect(document.querySelector('fab-danger-dialog')).toBeNull();
  await answer(fixture, LIST);
});

test('a restore that failed says why', async () => {
  const fixture = await open({
    lastRestore: {
      name: BACKUP.name,
      at: '2026-11-24T12:00:00.000Z',
      outcome: 'failed',
      error: 'backup.wrong_kind',
    },
  });
  expect(textOf(page(fixture))).toContain('the database is as it was. This file is no backup of');
});
