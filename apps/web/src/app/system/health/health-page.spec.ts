import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { SystemView } from '@fabomatic/system';
import { CurrentMember } from '../../auth/current-member';
import { provideEnglish } from '../../language/english.fixture';
import { systemView } from '../system-view.fixture';
import { HealthPage } from './health-page';

const http = () => TestBed.inject(HttpTestingController);
const settle = () => new Promise((done) => setTimeout(done));

async function open(view: SystemView): Promise<ComponentFixture<HealthPage>> {
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
  const fixture = TestBed.createComponent(HealthPage);
  fixture.detectChanges();
  await settle();
  http().expectOne('/api/v1/system').flush(view);
  await fixture.whenStable();
  fixture.detectChanges();
  return fixture;
}

const textOf = (fixture: ComponentFixture<HealthPage>) =>
  (fixture.nativeElement as HTMLElement).textContent?.replace(/\s+/g, ' ') ?? '';

function press(fixture: ComponentFixture<HealthPage>, text: string): void {
  const buttons = (fixture.nativeElement as HTMLElement).querySelectorAll('button');
  const found = [...buttons].find((button) => button.textContent?.includes(text));
  if (!found) throw new Error(`no button ${text}`);
  found.click();
}

test('[55] says how database, broker, disk, memory, versions and boards are', async () => {
  const text = textOf(await open(systemView()));
  for (const part of [
    'Version 2.0.0',
    'Connected, 1 board',
    '41 messages per min',
    'SQLite, 38 MB',
    '/data/fabomatic.db',
    'built in, 0.0.0.0:1883',
    '18.2 GB of 32 GB free',
    '1 GB of 4 GB free',
    '12 d 04 h',
    'Europe/Rome',
    '7C2A-91F0',
    '192.168.1.41',
    '0.9.2',
    '148 kB',
    '2,400 messages in the last hour. None failed.',
  ]) {
    expect(text).toContain(part);
  }
});

test('what needs somebody is said with what to do about it', async () => {
  const fixture = await open(
    systemView({
      attention: [
        { code: 'backup_old', params: { hours: 50 } },
        { code: 'job_failed', params: { job: 'purge', error: 'disk I/O error' } },
        { code: 'members_erasable', params: { n: 3 } },
        { code: 'restore_failed', params: { error: 'backup.damaged: page 7' } },
      ],
    }),
  );
  const text = textOf(fixture);
  expect(text).toContain('The last backup is 50 hours old.');
  expect(text).toContain('“Forgetting old personal data” did not work the last time');
  expect(text).toContain('the database is as it was. The backup is damaged');
  expect(text).toContain('ended so long ago that they may be erased: 3.');
  const links = [...(fixture.nativeElement as HTMLElement).querySelectorAll('a')];
  expect(links.map((link) => link.getAttribute('href'))).toContain('/members?membership=erasable');
  press(fixture, 'Back up now');
  const request = http().expectOne({ method: 'POST', url: '/api/v1/backups' });
  request.flush(
    { code: 'backup.no_space', params: { neededMb: 7 } },
    { status: 422, statusText: '' },
  );
  await settle();
});

test('[59] without a process manager it says how to restart, and offers no button', async () => {
  const fixture = await open(systemView({ canRestart: false }));
  expect(textOf(fixture)).not.toContain('Restart Fab-O-Matic');
  expect(textOf(fixture)).toContain('It is restarted on the computer itself.');
});
