import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { CurrentMember } from '../../auth/current-member';
import { Dialogs } from '../../frame/dialog/dialogs';
import { Toasts } from '../../frame/toast/toasts';
import { provideEnglish } from '../../language/english.fixture';
import { MailPreviewPage } from './mail-preview-page';

const PREVIEW = '/api/v1/system/mail-preview';
const SEND = '/api/v1/system/alert-mails/send';
const MAIL = { subject: 'S', text: 'T', html: '<p>T</p>', memberName: 'Ada', language: 'en' };

const settle = () => new Promise((done) => setTimeout(done));
const confirm = jest.fn<Promise<boolean>, []>();
let http: HttpTestingController;
let fixture: ComponentFixture<MailPreviewPage>;
const page = () => fixture.nativeElement as HTMLElement;
const button = () => page().querySelector<HTMLButtonElement>('button.btn');

async function show(kind: string): Promise<void> {
  const select = page().querySelector('select');
  if (!select) throw new Error('no choice of mails');
  select.value = kind;
  select.dispatchEvent(new Event('change'));
  await answer();
}

/** The preview that the page has asked for. */
async function answer(): Promise<void> {
  fixture.detectChanges();
  await settle();
  http.match(({ url }) => url === PREVIEW).forEach((request) => request.flush(MAIL));
  await settle();
  fixture.detectChanges();
}

async function press(): Promise<void> {
  button()?.click();
  await settle();
}

beforeEach(async () => {
  confirm.mockReset().mockResolvedValue(true);
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([]),
      { provide: CurrentMember, useValue: { may: () => true } },
      { provide: Dialogs, useValue: { confirm } },
    ],
  });
  http = TestBed.inject(HttpTestingController);
  await TestBed.inject(ApplicationInitStatus).donePromise;
  fixture = TestBed.createComponent(MailPreviewPage);
  await answer();
});
afterEach(() => http.verify());

test('only mails about machines are sent from here, and only after a question', async () => {
  for (const kind of ['weekly-summary', 'password-forgotten', 'machine-online', 'test']) {
    await show(kind);
    expect([kind, button()]).toEqual([kind, null]);
  }
  await show('maintenance-due');
  confirm.mockResolvedValue(false);
  await press();
  http.expectNone(SEND);
});

test.each([
  [0, 'Nobody has asked for mails of this kind.'],
  [1, '1 mail was put into the queue.'],
  [2, '2 mails were put into the queue.'],
])('%d mails: %s', async (mails, says) => {
  await show('machine-offline');
  await press();
  const asked = http.expectOne(SEND);
  expect(asked.request.body).toEqual({ topic: 'machine-offline' });
  asked.flush({ mails });
  await settle();
  expect(TestBed.inject(Toasts).current()?.text).toBe(says);
});

test('says why nothing was sent', async () => {
  await show('maintenance-due');
  await press();
  http
    .expectOne(SEND)
    .flush({ code: 'mail.nothing_now', params: {} }, { status: 409, statusText: 'Conflict' });
  await settle();
  expect(TestBed.inject(Toasts).current()?.text).toContain('Nothing of this kind');
});
