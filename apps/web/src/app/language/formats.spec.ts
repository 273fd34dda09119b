import { ApplicationInitStatus } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { LanguageCode } from '@fabomatic/i18n';
import { fromIso } from '@fabomatic/kernel';
import { LabFacts } from '../live/lab-facts';
import { provideEnglish } from './english.fixture';
import { Formats } from './formats';
import { LanguageChoice } from './language-choice';

const AT = '2026-11-24T13:05:00.000Z';
const NEXT_DAY_S = fromIso('2026-11-25T09:00:00.000Z');

async function formatsIn(language: LanguageCode): Promise<Formats> {
  TestBed.configureTestingModule({ providers: [provideEnglish()] });
  await TestBed.inject(ApplicationInitStatus).donePromise;
  TestBed.inject(LabFacts).tell({ name: 'Lago', timezone: 'Europe/Rome' });
  await TestBed.inject(LanguageChoice).show(language);
  return TestBed.inject(Formats);
}

/** Some languages part thousands with a narrow space of their own. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

test.each<[LanguageCode, string, string, string, string, string]>([
  ['en', '22,140', '1,284.6', '24 Nov 2026', 'yesterday 14:05', '19 hours ago'],
  ['it', '22.140', '1284,6', '24 nov 2026', 'ieri 14:05', '19 ore fa'],
  ['de', '22.140', '1.284,6', '24. Nov. 2026', 'gestern 14:05', 'vor 19 Stunden'],
  ['fr', '22 140', '1 284,6', '24 nov. 2026', 'hier 14:05', 'il y a 19 heures'],
  ['es', '22.140', '1284,6', '24 nov 2026', 'ayer 14:05', 'hace 19 horas'],
])('in %s: numbers, hours, days and times of the lab', async (language, ...expected) => {
  const formats = await formatsIn(language);
  const shown = [
    formats.number(22_140),
    formats.hours(4_624_560),
    formats.date(AT),
    formats.when(AT, NEXT_DAY_S),
    formats.ago(AT, NEXT_DAY_S),
  ];
  expect(shown.map(plain)).toEqual(expected);
});

test('the page says which language it is in', async () => {
  await formatsIn('it');
  expect(document.documentElement.lang).toBe('it');
});
