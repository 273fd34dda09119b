import { ApplicationInitStatus } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { JobRunView } from '@fabomatic/system';
import { provideEnglish } from '../../language/english.fixture';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { jobName, runText } from './run-texts';
import { scheduleText } from './schedule-text';

const run = (changes: Partial<JobRunView>): JobRunView => ({
  id: 1,
  job: 'purge',
  startedAt: '2026-11-24T02:30:00.000Z',
  endedAt: '2026-11-24T02:30:01.000Z',
  outcome: 'done',
  isDryRun: false,
  trigger: 'schedule',
  triggeredBy: null,
  summary: { uses: 0, interventions: 0, unrecognisedCards: 0, mails: 0 },
  error: null,
  ...changes,
});
const text = (changes: Partial<JobRunView>) =>
  runText(TestBed.inject(Words), TestBed.inject(Formats), run(changes));

beforeEach(async () => {
  TestBed.configureTestingModule({ providers: [provideEnglish()] });
  await TestBed.inject(ApplicationInitStatus).donePromise;
});

test('[64] a dry run of the purge says what it would do, and that it did nothing', () => {
  const summary = { uses: 1200, interventions: 3, unrecognisedCards: 4, mails: 5 };
  expect(text({ summary, isDryRun: true })).toBe(
    'It would do this: uses without their member: 1,200, interventions without their member: 3, ' +
      'unknown cards forgotten: 4, mails taken out of the log: 5. Nothing has been changed.',
  );
  expect(text({ isDryRun: true })).toBe('There is nothing to do.');
  expect(text({ summary })).toMatch(/^Done\. uses without their member: 1,200/);
});

test('what a run came to is said in words', () => {
  expect(text({ job: 'backup', summary: { bytes: 39_845_888, removed: 1, uses: 812 } })).toBe(
    'Done. 38\u00a0MB, old copies taken away: 1, uses: 812',
  );
  expect(text({ outcome: 'failed', error: 'the disk is full' })).toBe(
    'Did not work: the disk is full',
  );
  expect(text({ outcome: 'failed', error: 'mail.off {}' })).toBe(
    'Did not work: The settings name no mail server.',
  );
  expect(text({ outcome: 'failed', error: 'odd {' })).toBe('Did not work: odd {');
  expect(text({ outcome: 'running', endedAt: null })).toBe('Running');
});

test('a job that these pages do not know keeps its own words', () => {
  expect(jobName(TestBed.inject(Words), 'tidy-up')).toBe('tidy-up');
  expect(text({ job: 'tidy-up', summary: { rooms: 2 } })).toBe('Done. rooms: 2');
});

test('schedules are read out', () => {
  const words = TestBed.inject(Words);
  expect(scheduleText(words, 'daily 03:30')).toBe('every day at 03:30');
  expect(scheduleText(words, 'monday 07:00')).toBe('on Mondays at 07:00');
  expect(scheduleText(words, null)).toBe('by hand only');
});
