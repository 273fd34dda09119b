import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { SettingsView, SettingView } from '@fabomatic/system';
import { provideEnglish } from '../../language/english.fixture';
import { SettingsForm } from './settings-form';
import { SETTINGS_URL } from './settings-api';

const item = (path: string, other: Partial<SettingView> = {}): SettingView => ({
  path,
  section: path.split('.')[0] ?? '',
  name: path.split('.')[1] ?? '',
  kind: 'text',
  unit: null,
  choices: [],
  format: 'text',
  min: null,
  max: null,
  description: '',
  expected: '',
  isSecret: false,
  defaultValue: '',
  value: '',
  isSet: true,
  source: 'file',
  variable: `FABOMATIC_${path.replace('.', '_').toUpperCase()}`,
  needsRestart: true,
  isPending: false,
  ...other,
});

const VIEW: SettingsView = {
  file: '/lab/settings.toml',
  exists: true,
  version: 'one',
  items: [
    item('email.server', { value: 'smtp.example.org' }),
    item('email.port', {
      kind: 'number',
      format: 'whole_number',
      min: 1,
      max: 65_535,
      value: 587,
      defaultValue: 587,
    }),
    item('email.sender', { format: 'email', value: 'lab@example.org' }),
    item('email.password', { isSecret: true, value: null, defaultValue: null }),
    item('lab.name', {
      format: 'not_empty',
      value: 'Lago',
      defaultValue: 'FabLab',
      isPending: true,
    }),
    item('log.level', { kind: 'choice', choices: ['error', 'info'], value: 'info' }),
    item('web.port', { kind: 'number', value: 8443, source: 'environment' }),
    item('backup.schedule', { kind: 'schedule', value: 'monday 07:00' }),
    // Written into the file by hand, since the program was started.
    item('backup.keep_daily', {
      kind: 'number',
      format: 'whole_number',
      min: 0,
      max: 1000,
      value: 5000,
      defaultValue: 7,
    }),
  ],
  unknown: [{ path: 'web.prot', nearest: 'port' }],
  needsRestart: true,
  canRestart: false,
};

let page: ComponentFixture<SettingsForm>;
let http: HttpTestingController;
const saved = jest.fn();

beforeEach(async () => {
  saved.mockClear();
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideRouter([]),
      provideHttpClient(),
      provideHttpClientTesting(),
    ],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
  http = TestBed.inject(HttpTestingController);
  page = TestBed.createComponent(SettingsForm);
  page.componentRef.setInput('view', VIEW);
  page.componentInstance.saved.subscribe(saved);
  await page.whenStable();
});
afterEach(() => http.verify());

const host = () => page.nativeElement as HTMLElement;
const text = () => host().textContent.replace(/\s+/g, ' ');
const box = (path: string) => {
  const found = host().querySelector<HTMLInputElement>(`[id^="field-${path}-"]`);
  if (!found) throw new Error(`no field ${path}`);
  return found;
};
const type = async (path: string, value: string) => {
  const found = box(path);
  found.value = value;
  found.dispatchEvent(new Event('input'));
  await page.whenStable();
};
const press = async (name: string, within: ParentNode = host()) => {
  const button = [...within.querySelectorAll('button')].find((each) =>
    each.textContent.includes(name),
  );
  if (!button) throw new Error(`no button ${name}`);
  button.click();
  await new Promise((done) => setTimeout(done));
  await page.whenStable();
};

test('[60] says of each key what it means, where its value comes from, and what waits for a restart', () => {
  expect(box('lab.name').value).toBe('Lago');
  expect(text()).toContain('The name of the lab, as pages and mails show it.');
  expect(text()).toContain('default: FabLab');
  expect(text()).toContain('The program still runs with other values for: lab.name.');
  expect(text()).toContain('set by the environment variable FABOMATIC_WEB_PORT');
  expect(host().querySelector('[id^="field-web.port-"]')).toBeNull();
  expect(text()).toContain('web.prot');
  expect(text()).toContain('Did you mean web.port?');
});

test('[61] sends what was changed and nothing else, and an untouched secret not at all', async () => {
  await type('lab.name', 'Lago di Como');
  await type('email.port', '2525');
  await press('Save');
  const sent = http.expectOne({ method: 'PATCH', url: SETTINGS_URL });
  expect(sent.request.body).toEqual({
    version: 'one',
    values: { 'lab.name': 'Lago di Como', 'email.port': 2525 },
  });
  sent.flush({ ...VIEW, version: 'two' });
  await new Promise((done) => setTimeout(done));
  expect(saved).toHaveBeenCalledWith(expect.objectContaining({ version: 'two' }));
});

test('[61] a secret is replaced without being shown', async () => {
  expect(text()).toContain('Set, and never shown');
  await press('Replace');
  await type('email.password', 'new one');
  await press('Save');
  const sent = http.expectOne({ method: 'PATCH', url: SETTINGS_URL });
  expect(sent.request.body).toMatchObject({ values: { 'email.password': 'new one' } });
  sent.flush(VIEW);
});

test('[60] what the API refuses is said at its field, and nothing typed is lost', async () => {
  await type('lab.name', 'Kept');
  await type('email.sender', 'nobody');
  await press('Save');
  const refuse = async (code: string) => {
    http
      .expectOne({ method: 'PATCH', url: SETTINGS_URL })
      .flush(
        { code: 'request.invalid', fields: { 'email.sender': code } },
        { status: 422, statusText: 'no' },
      );
    await new Promise((done) => setTimeout(done));
    await page.whenStable();
  };
  await refuse('settings.value_invalid');
  expect(box('email.sender').getAttribute('aria-invalid')).toBe('true');
  expect(text()).toContain('An email address, such as lab@example.org.');
  expect([box('lab.name').value, box('email.sender').value]).toEqual(['Kept', 'nobody']);
  // Right by itself: the sentence of the code says what it does not go with.
  await type('email.sender', 'x@example.org');
  await press('Save');
  await refuse('settings.users_alike');
  expect(text()).toContain('Boards may not log in as this program does');
  expect(saved).not.toHaveBeenCalled();
});

test.each([
  ['email.port', '70000', 'A whole number from 1 to 65,535.'],
  ['email.port', '0', 'A whole number from 1 to 65,535.'],
  ['email.port', '2.5', 'A whole number from 1 to 65,535.'],
  ['email.port', 'many', 'A whole number from 1 to 65,535.'],
  ['lab.name', ' ', 'A text; it may not be empty.'],
])(
  '[60] %s = %j: the field says what is expected, and nothing is sent',
  async (path, bad, said) => {
    const before = box(path).value;
    await type(path, bad);
    expect(text()).not.toContain(said);
    box(path).dispatchEvent(new Event('blur'));
    await page.whenStable();
    expect(text()).toContain(said);
    await press('Save');
    http.expectNone({ method: 'PATCH', url: SETTINGS_URL });
    expect(box(path).value).toBe(bad);
    await type(path, before);
    expect(text()).not.toContain(said);
  },
);

test('what was wrong in the file before keeps nothing else from being saved', async () => {
  expect(box('backup.keep_daily').value).toBe('5000');
  await type('lab.name', 'Lago di Como');
  await press('Save');
  const sent = http.expectOne({ method: 'PATCH', url: SETTINGS_URL });
  expect(sent.request.body).toMatchObject({ values: { 'lab.name': 'Lago di Como' } });
  sent.flush(VIEW);
});

test('[B24] a test takes what is typed and says in plain words what came of it', async () => {
  await type('email.server', 'nowhere.example.org');
  await press('Send a test mail to me');
  const sent = http.expectOne({ method: 'POST', url: `${SETTINGS_URL}/test-mail` });
  expect(sent.request.body).toEqual({ server: 'nowhere.example.org' });
  sent.flush({
    ok: false,
    problem: 'unknown_host',
    reason: 'ENOTFOUND',
    sentTo: null,
    milliseconds: 3,
  });
  await new Promise((done) => setTimeout(done));
  await page.whenStable();
  expect(text()).toContain('There is no computer of this name.');
  expect(text()).toContain('It said: ENOTFOUND');
});
