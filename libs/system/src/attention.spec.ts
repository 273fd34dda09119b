import { SECONDS_PER_DAY, SECONDS_PER_HOUR } from '@fabomatic/kernel';
import { attentionOf, type SystemFacts } from './attention';

const NOW_S = 1_795_000_000;
const MB = 1024 * 1024;
const FINE: SystemFacts = {
  nowS: NOW_S,
  uptimeS: 10 * SECONDS_PER_DAY,
  isBrokerConnected: true,
  freeDiskBytes: 5000 * MB,
  failedMessages: 0,
  strangers: [],
  flooders: [],
  openBoards: null,
  latestBackupAtS: NOW_S - 8 * SECONDS_PER_HOUR,
  isBackupScheduled: true,
  hasPendingRestore: false,
  restoreError: null,
  latestRuns: [],
  certificateExpiresAtS: null,
  erasableMembers: 0,
};

test('a lab in which all is well needs nobody', () => expect(attentionOf(FINE)).toEqual([]));

test.each<[string, Partial<SystemFacts>, string[]]>([
  ['the broker is down', { isBrokerConnected: false }, ['broker_down']],
  ['little room', { freeDiskBytes: 999 * MB }, ['disk_low']],
  ['no room', { freeDiskBytes: 99 * MB }, ['disk_full']],
  ['a backup of yesterday', { latestBackupAtS: NOW_S - 26 * SECONDS_PER_HOUR }, []],
  [
    'a backup of the day before',
    { latestBackupAtS: NOW_S - 40 * SECONDS_PER_HOUR },
    ['backup_old'],
  ],
  ['no backup yet', { latestBackupAtS: null, uptimeS: SECONDS_PER_HOUR }, []],
  ['no backup for days', { latestBackupAtS: null }, ['backup_missing']],
  ['no backup, none wanted', { latestBackupAtS: null, isBackupScheduled: false }, []],
  ['a board that floods', { flooders: ['board-7'] }, ['board_flood']],
  [
    'boards without accounts',
    { openBoards: { isOff: true, machines: ['Laser'] } },
    ['board_accounts_off'],
  ],
  ['accounts off, no machine', { openBoards: { isOff: true, machines: [] } }, []],
  [
    'some boards without an account',
    { openBoards: { isOff: false, machines: ['Laser'] } },
    ['board_accounts_missing'],
  ],
  ['a certificate', { certificateExpiresAtS: NOW_S + 31 * SECONDS_PER_DAY }, []],
  [
    'one that ends',
    { certificateExpiresAtS: NOW_S + 9 * SECONDS_PER_DAY },
    ['certificate_expires'],
  ],
  ['[S21] people to erase', { erasableMembers: 3 }, ['members_erasable']],
  [
    'several things, the worst first',
    { strangers: [7], failedMessages: 2, restoreError: 'x', hasPendingRestore: true },
    ['messages_failed', 'restore_failed', 'strangers', 'restore_pending'],
  ],
])('%s', (_, facts, codes) => {
  expect(attentionOf({ ...FINE, ...facts }).map(({ code }) => code)).toEqual(codes);
});
