import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { provideEnglish } from '../../language/english.fixture';
import { nextRequest } from '../../next-request.fixture';
import { AuditList } from './audit-list';
import { AuditTexts } from './audit-texts';

const ENTRY = {
  id: 12,
  at: '2026-11-24T10:00:00.000Z',
  actorKind: 'member' as const,
  actorId: 4,
  actorName: 'Giulia Ferri',
  action: 'update',
  subject: 'machine',
  subjectId: 2,
  subjectName: 'Laser 2',
  ip: '192.168.1.20',
  correlationId: 'c-1',
  isErased: false,
  fields: [{ field: 'blocked', before: false, after: true }],
  fieldCount: 3,
};
const CHECK = {
  state: 'running',
  startedAt: '2026-11-24T10:00:00.000Z',
  endedAt: null,
  checked: 500,
  total: 1200,
  brokenAt: null,
  how: null,
};

const http = () => TestBed.inject(HttpTestingController);
const settle = () => new Promise((done) => setTimeout(done));

async function open(url: string, entry: object = ENTRY): Promise<HTMLElement> {
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl(url);
  await settle();
  const request = http().expectOne(({ url: asked }) => asked === '/api/v1/audit');
  expect(request.request.params.get('sort')).toBe('-at');
  request.flush({ items: [entry], total: 1, page: 1, pageSize: 50 });
  await settle();
  await settle();
  return harness.routeNativeElement as HTMLElement;
}

beforeEach(async () => {
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([{ path: 'system/audit', component: AuditList }]),
    ],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
});

test('[B20] tells a change in a sentence, with before and after in words', async () => {
  const page = await open('/system/audit');
  const text = page.querySelector('tbody tr')?.textContent.replace(/\s+/g, ' ');
  expect(text).toContain('Giulia Ferri');
  expect(text).toContain('changed the machine Laser 2');
  expect(text).toContain('Blocked: no → yes, and 2 more');
  expect(text).toContain('192.168.1.20');
});

test('says that names were erased, and that a newer version knows more words', async () => {
  const erased = { ...ENTRY, actorName: null, subjectName: null, isErased: true, fields: [] };
  const page = await open('/system/audit', { ...erased, fieldCount: 0 });
  expect(page.textContent).toContain('Somebody whose data was erased');
  const texts = TestBed.inject(AuditTexts);
  expect(texts.did({ ...ENTRY, subject: 'robot', action: 'dance' })).toContain('robot.dance');
});

test('checks the chain, says how far it is, and names the entry that is wrong', async () => {
  const page = await open('/system/audit');
  const button = page.querySelector<HTMLButtonElement>('fab-audit-verification button');
  button?.click();
  http().expectOne({ method: 'POST', url: '/api/v1/audit/verification' }).flush(CHECK);
  await settle();
  const status = () => page.querySelector('fab-audit-verification [role=status]')?.textContent;
  expect(status()).toContain('Checking entry 500 of 1,200');
  const question = await nextRequest({ method: 'GET', url: '/api/v1/audit/verification' });
  question.flush({ ...CHECK, state: 'broken', brokenAt: 501, how: 'changed' });
  await settle();
  await settle();
  expect(status()).toContain('Entry 501 was changed after it was written.');
});

test('leads to records that are there, and to none that was deleted', () => {
  const texts = TestBed.inject(AuditTexts);
  expect(texts.link(ENTRY)).toEqual(['/machines', 2]);
  expect(texts.link({ ...ENTRY, action: 'delete' })).toBeNull();
  expect(texts.link({ ...ENTRY, subject: 'member', action: 'delete' })).toEqual(['/members', 2]);
  expect(texts.link({ ...ENTRY, subject: 'settings', subjectId: null })).toBeNull();
});

test('shows values as their field asks for it', () => {
  const texts = TestBed.inject(AuditTexts);
  expect(texts.value('durationS', 7500).replace(/\s/g, ' ')).toBe('2 h 05 min');
  expect(texts.value('memberId', 12_345)).toBe('12345');
  expect(texts.value('portalAccess', 'admin')).toBe('administrator');
  expect(texts.value('language', 'de')).toBe('Deutsch');
  expect(texts.value('note', null)).toBe('nothing');
  expect(texts.field('mqtt.host')).toBe('mqtt.host');
});
