import { fromIso, SECONDS_PER_DAY, toIso } from '@fabomatic/kernel';
import { type BackupFile, backupName, parseBackupName, rotatedOut } from './backup-file';

const RULES = { keepDaily: 7, keepWeekly: 4, timezone: 'Europe/Rome' };

function nightly(count: number, kind: BackupFile['kind'] = 'scheduled'): BackupFile[] {
  const newestS = fromIso('2026-11-24T02:00:00Z');
  return Array.from({ length: count }, (_, back) => ({
    kind,
    version: '1.0.0',
    atS: newestS - back * SECONDS_PER_DAY,
  }));
}

test.each([
  ['fabomatic-20261124-030000Z-0.1.0-scheduled.db', 'scheduled', '0.1.0'],
  ['fabomatic-20261124-030000Z-2.0.0-beta.1-before-restore.dump', 'before-restore', '2.0.0-beta.1'],
])('%s is read and written', (name, kind, version) => {
  const parsed = parseBackupName(name);
  expect(parsed).toEqual({ kind, version, atS: fromIso('2026-11-24T03:00:00Z') });
  const extension = name.endsWith('.db') ? 'db' : 'dump';
  expect(parsed && backupName(parsed, extension)).toBe(name);
});

test('the copy made before a migration is a way back', () => {
  expect(parseBackupName('fabomatic-2026-11-24T14-18-00.000Z.db')).toEqual({
    kind: 'before-update',
    version: null,
    atS: fromIso('2026-11-24T14:18:00Z'),
  });
});

test.each(['my-lab.db', 'fabomatic-2026.db', 'fabomatic-20269924-030000Z-1-manual.db'])(
  '%s is no name of ours',
  (name) => expect(parseBackupName(name)).toBeNull(),
);

test('seven days and the last of four weeks before them stay', () => {
  const all = nightly(60);
  const gone = new Set(rotatedOut(all, RULES));
  const kept = all.filter((each) => !gone.has(each)).map(({ atS }) => toIso(atS).slice(0, 10));
  expect(kept).toEqual([
    ...['24', '23', '22', '21', '20', '19', '18'].map((day) => `2026-11-${day}`),
    // Tuesday the 17th belongs to a week that goes on in the daily ones; Sundays end the others.
    ...['2026-11-17', '2026-11-15', '2026-11-08', '2026-11-01'],
  ]);
});

test('of one day the last stays, and the newest stays always', () => {
  const [first, second] = [nightly(1)[0], nightly(1)[0]].map((each, index) => ({
    ...(each as BackupFile),
    atS: fromIso('2026-11-24T02:00:00Z') + index * 60,
  })) as [BackupFile, BackupFile];
  expect(rotatedOut([first, second], RULES)).toEqual([first]);
  expect(rotatedOut([first, second], { ...RULES, keepDaily: 0, keepWeekly: 0 })).toEqual([first]);
});

test('of the ways back five stay; what a person made stays', () => {
  expect(rotatedOut(nightly(7, 'before-restore'), RULES)).toHaveLength(2);
  expect(rotatedOut([...nightly(30, 'manual'), ...nightly(30, 'uploaded')], RULES)).toEqual([]);
});
