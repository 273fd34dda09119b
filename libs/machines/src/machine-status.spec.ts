import { isOnline, type MachineFacts, machineStatus } from './machine-status';

const NOW = 1_764_000_000;
const free: MachineFacts = {
  inUse: false,
  blocked: false,
  maintenanceDue: false,
  lastSeenAtS: NOW - 1,
};

describe('machineStatus: the first match wins', () => {
  it.each([
    ['a quiet machine with its board on line', {}, 'free'],
    ['[15] a board last heard 89 s ago', { lastSeenAtS: NOW - 89 }, 'free'],
    ['[15] a board last heard 90 s ago', { lastSeenAtS: NOW - 90 }, 'offline'],
    ['[15] a board that never spoke', { lastSeenAtS: null }, 'offline'],
    ['[14] a due plan', { maintenanceDue: true }, 'maintenance'],
    [
      '[14] a due plan on a silent board',
      { maintenanceDue: true, lastSeenAtS: null },
      'maintenance',
    ],
    ['[13] blocked although a plan is due', { blocked: true, maintenanceDue: true }, 'blocked'],
    ['[12] in use although blocked', { inUse: true, blocked: true }, 'in-use'],
    ['in use although silent', { inUse: true, lastSeenAtS: null }, 'in-use'],
  ] as const)('%s', (_why, facts, status) => {
    expect(machineStatus({ ...free, ...facts }, NOW)).toBe(status);
  });
});

test('a board whose clock seems ahead of ours is on line', () => {
  expect(isOnline(NOW + 5, NOW)).toBe(true);
});
