import { provideHttpClient } from '@angular/common/http';
import {
  HttpTestingController,
  provideHttpClientTesting,
  type TestRequest,
} from '@angular/common/http/testing';
import { ApplicationInitStatus, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { DashboardView, LabEvent } from '@fabomatic/machines';
import type { RoleView, UnrecognizedCardView } from '@fabomatic/members';
import { grant } from '../../auth/grant.fixture';
import { Session } from '../../auth/session';
import { provideEnglish } from '../../language/english.fixture';
import { LiveFeed } from '../../live/live-feed';
import { memberView } from '../member-view.fixture';
import { MemberForm } from './member-form';

const role = (id: number, change: Partial<RoleView> = {}): RoleView => ({
  id,
  name: `Role ${id}`,
  authorizeAll: false,
  maintenance: false,
  portalAccess: 'none',
  reserved: false,
  assignable: true,
  members: 0,
  version: 1,
  ...change,
});
const ROLES = [
  role(1, { name: 'Admins', portalAccess: 'admin' }),
  role(2, { name: 'Anonymous', assignable: false }),
  role(3, { name: 'Users' }),
];
const card = (uid: string, machine: string): UnrecognizedCardView => ({
  uid,
  firstSeenAt: '2026-11-24T12:00:00.000Z',
  lastSeenAt: '2026-11-24T12:00:00.000Z',
  times: 1,
  machines: [{ id: 1, name: machine, lastSeenAt: '2026-11-24T12:00:00.000Z', times: 1 }],
});
const pageOf = (items: unknown[]) => ({ items, total: items.length, page: 1, pageSize: 50 });

const lab = signal<Pick<DashboardView, 'events' | 'machines'>>({ events: [], machines: [] });
const http = () => TestBed.inject(HttpTestingController);
const settle = async () => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((done) => setTimeout(done));
};
const path = ({ url }: { url: string }) => url;
let page: HTMLElement;

beforeEach(() => {
  lab.set({ events: [], machines: [] });
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter(
        [
          { path: 'members/new', component: MemberForm },
          { path: 'members/:id/edit', component: MemberForm },
          { path: '**', children: [] },
        ],
        withComponentInputBinding(),
      ),
      { provide: LiveFeed, useValue: { view: lab, lab: signal(null) } },
    ],
  });
});

async function open(url: string, portalAccess = 'admin'): Promise<void> {
  await TestBed.inject(ApplicationInitStatus).donePromise;
  TestBed.inject(Session).begin(grant());
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl(url);
  await settle();
  http().expectOne('/api/v1/auth/me').flush({
    id: 1,
    firstName: 'Giulia',
    lastName: 'Ferri',
    email: null,
    roleName: 'Role',
    portalAccess,
    mustChangePassword: false,
  });
  http()
    .expectOne((request) => path(request) === '/api/v1/roles')
    .flush(pageOf(ROLES));
  await settle();
  page = harness.routeNativeElement as HTMLElement;
}

/** A tap of a card that nobody has, as the stream and then the API tell it. */
async function tap(id: number, tapped: UnrecognizedCardView): Promise<void> {
  const event: LabEvent = {
    id,
    at: new Date(Date.now() + id * 1000).toISOString(),
    kind: 'card-unrecognised',
    machineId: 1,
    machineName: 'Laser',
    memberId: null,
    memberName: null,
    cardUid: tapped.uid,
    cardEnding: tapped.uid.slice(-4).toUpperCase(),
    reason: null,
    durationS: null,
    planDescription: null,
  };
  lab.update((view) => ({ ...view, events: [event, ...view.events] }));
  await settle();
  for (const request of asked('/api/v1/unrecognized-cards')) {
    if (request.request.params.get('q') === event.cardEnding) request.flush(pageOf([tapped]));
    else request.flush(pageOf([]));
  }
  await settle();
}

function asked(url: string): TestRequest[] {
  return http()
    .match((request) => path(request) === url)
    .filter(({ cancelled }) => !cancelled);
}

function field(label: string): HTMLInputElement & HTMLSelectElement {
  const named = [...page.querySelectorAll<HTMLLabelElement>('label')].find((each) =>
    each.textContent?.includes(label),
  );
  const control = page.querySelector<HTMLInputElement & HTMLSelectElement>(
    `#${named?.htmlFor ?? 'none'}`,
  );
  if (!control) throw new Error(`no field ${label}`);
  return control;
}

function type(label: string, text: string): void {
  const control = field(label);
  control.value = text;
  control.dispatchEvent(new Event('input'));
}

function press(text: string): void {
  const found = [...page.querySelectorAll('button')].find((each) =>
    each.textContent?.includes(text),
  );
  if (!found) throw new Error(`no button ${text}`);
  found.click();
}

test('[27] the form fills itself with the first card that is tapped, and offers the next', async () => {
  await open('/members/new');
  expect(field('Card').value).toBe('');
  await tap(1, card('a2914f1a', 'Laser'));
  expect(field('Card').value).toBe('a2914f1a');
  expect(page.textContent).toContain('Card ··4F1A, tapped at Laser.');
  await tap(2, card('5d1cb07c', 'Lathe'));
  expect(field('Card').value).toBe('a2914f1a');
  expect(page.textContent).toContain('Card ··B07C was tapped at Lathe.');
  press('Take this one');
  await settle();
  expect(field('Card').value).toBe('5d1cb07c');
});

test('[27] what was typed is kept when a card is tapped', async () => {
  await open('/members/new');
  type('Card', '0badf00d');
  await tap(1, card('a2914f1a', 'Laser'));
  expect(field('Card').value).toBe('0badf00d');
  expect(page.textContent).toContain('Take this one');
});

test('[27] [21] a card comes along from the list, and a refusal stands at its field', async () => {
  await open('/members/new?card=a2914f1a');
  type('First name', 'Ada');
  const roles = field('Role');
  expect([...roles.options].map(({ text }) => text.trim())).toEqual(['Choose', 'Admins', 'Users']);
  roles.selectedIndex = 2;
  roles.dispatchEvent(new Event('change'));
  await settle();
  press('Save');
  await settle();
  const [request] = asked('/api/v1/members');
  expect(request?.request.body).toMatchObject({
    firstName: 'Ada',
    roleId: 3,
    email: null,
    cards: [{ uid: 'a2914f1a', label: null }],
  });
  request?.flush(
    {
      code: 'member.card_taken',
      params: { holder: 'Grace H' },
      fields: { 'cards.0.uid': 'member.card_taken' },
    },
    { status: 409, statusText: 'Conflict' },
  );
  await settle();
  expect(page.textContent).toContain('This card belongs to Grace H.');
  expect(field('First name').value).toBe('Ada');
});

test('[20] a number that is no card is refused before it is sent', async () => {
  await open('/members/new');
  type('Card', 'abcdef1');
  field('Card').dispatchEvent(new Event('blur'));
  await settle();
  expect(page.textContent).toContain('A card number has 8 hexadecimal digits');
  press('Save');
  await settle();
  expect(asked('/api/v1/members')).toEqual([]);
});

test('[S3] whoever manages members is not offered a role that logs in', async () => {
  await open('/members/new', 'members');
  const names = [...field('Role').options].map(({ text }) => text.trim());
  expect(names).toEqual(['Choose', 'Users']);
});

test('only what changed is sent, with the version it was made from', async () => {
  await open('/members/7/edit');
  http().expectOne('/api/v1/members/7').flush(memberView());
  await settle();
  type('First name', 'Augusta');
  press('Save');
  await settle();
  const [request] = asked('/api/v1/members/7');
  expect(request?.request.body).toEqual({ version: 4, firstName: 'Augusta' });
});

test('the days of consent and of the end of a membership are days, and empty is none', async () => {
  await open('/members/7/edit');
  http()
    .expectOne('/api/v1/members/7')
    .flush(memberView({ consentAt: '2026-01-02' }));
  await settle();
  expect(field('Privacy notice signed').value).toBe('2026-01-02');
  for (const [label, day] of [
    ['Privacy notice signed', ''],
    ['Membership ends', '2027-03-31'],
  ] as const) {
    field(label).value = day;
    field(label).dispatchEvent(new Event('change'));
  }
  press('Save');
  await settle();
  const [request] = asked('/api/v1/members/7');
  expect(request?.request.body).toEqual({
    version: 4,
    consentAt: null,
    membershipEndsOn: '2027-03-31',
  });
});
