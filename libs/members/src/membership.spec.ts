import { membershipState } from './membership';

const DAYS = { today: '2026-11-24', erasableBefore: '2025-11-24' };

test.each([
  ['no end', null, null, 'current'],
  ['ends today: the last day counts', '2026-11-24', null, 'current'],
  ['ended yesterday', '2026-11-23', null, 'ended'],
  ['ended a year ago to the day', '2025-11-24', null, 'ended'],
  ['ended more than a year ago', '2025-11-23', null, 'erasable'],
  ['deleted today', null, '2026-11-24', 'ended'],
  ['deleted more than a year ago', null, '2025-11-23', 'erasable'],
  ['deleted long before the day on paper', '2027-12-31', '2025-01-01', 'erasable'],
  ['deleted now, ended long ago', '2025-01-01', '2026-11-24', 'erasable'],
] as const)('[S21] %s', (_why, endsOn, deletedOn, state) => {
  expect(membershipState({ endsOn, deletedOn }, DAYS)).toBe(state);
});

test('[S21] a lab that keeps everybody is proposed nobody', () => {
  const days = { ...DAYS, erasableBefore: null };
  expect(membershipState({ endsOn: '1999-01-01', deletedOn: null }, days)).toBe('ended');
});
