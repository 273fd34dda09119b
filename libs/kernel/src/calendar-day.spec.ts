import { addDays, CalendarDay } from './calendar-day';
import { LabZone } from './lab-zone';

test.each([
  ['2026-03-01', -1, '2026-02-28'],
  ['2024-03-01', -1, '2024-02-29'],
  ['2026-11-24', -365, '2025-11-24'],
  ['2026-12-31', 1, '2027-01-01'],
])('%s and %i days is %s', (day, days, expected) => {
  expect(addDays(day, days)).toBe(expected);
});

test.each(['2026-02-30', '24.11.2026', '2026-11-24T00:00:00Z', ''])('%j is no day', (text) => {
  expect(CalendarDay.safeParse(text).success).toBe(false);
});

test('a day begins at midnight of the lab, not of Greenwich', () => {
  const rome = new LabZone('Europe/Rome');
  const lateS = Date.parse('2026-11-24T23:30:00Z') / 1000;
  expect(rome.day(lateS)).toBe('2026-11-25');
  expect(rome.day(lateS - 3600)).toBe('2026-11-24');
  expect(new LabZone('America/New_York').day(lateS)).toBe('2026-11-24');
  expect(rome.startOfDayS('2026-11-25') * 1000).toBe(Date.parse('2026-11-24T23:00:00Z'));
  // In summer.
  expect(rome.startOfDayS('2026-07-01') * 1000).toBe(Date.parse('2026-06-30T22:00:00Z'));
});
