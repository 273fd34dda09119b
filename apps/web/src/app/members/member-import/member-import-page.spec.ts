import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { MemberImportPreview } from '@fabomatic/members';
import { provideEnglish } from '../../language/english.fixture';
import { MemberImportPage } from './member-import-page';

const PREVIEW: MemberImportPreview = {
  columns: [
    { heading: 'Nome', target: 'fullName', samples: ['Iris West'] },
    { heading: 'Scadenza', target: 'membershipEndsOn', samples: ['3/4/2027'] },
  ],
  counts: { create: 1, update: 0, skip: 0, wrong: 0, authorizations: 0 },
  rows: [
    {
      line: 2,
      action: 'create',
      name: 'Iris West',
      email: '',
      card: '',
      consentAt: null,
      membershipEndsOn: '2027-04-03',
      machines: [],
    },
  ],
  problems: [
    { line: 3, column: 1, value: '4/31/2027', code: 'member_import.day_unclear', params: {} },
  ],
  problemCount: 1,
};

const settle = () => new Promise((done) => setTimeout(done));
const textOf = (element: Element | null | undefined) =>
  element?.textContent?.replace(/\s+/g, ' ').trim() ?? '';

/** The page after a table was chosen and looked at. */
async function withTable(preview: MemberImportPreview): Promise<HTMLElement> {
  TestBed.configureTestingModule({
    providers: [
      provideEnglish(),
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([]),
    ],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
  const fixture: ComponentFixture<MemberImportPage> = TestBed.createComponent(MemberImportPage);
  fixture.detectChanges();
  const page = fixture.nativeElement as HTMLElement;
  const input = page.querySelector<HTMLInputElement>('input[type=file]');
  Object.defineProperty(input, 'files', { value: [new File(['x'], 'members.csv')] });
  input?.dispatchEvent(new Event('change'));
  await settle();
  TestBed.inject(HttpTestingController).expectOne('/api/v1/members/import/preview').flush(preview);
  await settle();
  fixture.detectChanges();
  return page;
}

test('days are shown as they were understood, in a column of the preview', async () => {
  const page = await withTable(PREVIEW);
  const preview = [...page.querySelectorAll('table')].at(-1);
  const headings = [...(preview?.querySelectorAll('th') ?? [])].map(textOf);
  expect(headings).toContain('Membership ends');
  expect(headings).not.toContain('Privacy notice signed');
  expect(textOf(preview?.querySelector('tbody'))).toContain('3 Apr 2027');
  expect(textOf(page.querySelector('table'))).toContain('This is no date');
});

test('a column can be told to be one of days', async () => {
  const page = await withTable(PREVIEW);
  const options = [...(page.querySelector('.mapper select')?.querySelectorAll('option') ?? [])];
  expect(options.map(textOf)).toEqual(
    expect.arrayContaining(['Privacy notice signed', 'Membership ends']),
  );
});
