import { backOnline, goneOffline, type Watch, type WatchedMachine } from './machine-alert-rules';

const NOW_S = 100_000;
const MIN_S = 60;

const machine = (id: number, silentMin: number | null, blocked = false): WatchedMachine => ({
  id,
  blocked,
  lastSeenAtS: silentMin === null ? null : NOW_S - silentMin * MIN_S,
});
const watch = (change: Partial<Watch> = {}): Watch => ({
  nowS: NOW_S,
  listeningSinceS: 0,
  offlineS: 30 * MIN_S,
  told: new Set(),
  ...change,
});
const ids = (machines: readonly WatchedMachine[]) => machines.map(({ id }) => id);

test.each<[string, WatchedMachine[], Partial<Watch>, number[]]>([
  ['not yet', [machine(1, 29)], {}, []],
  ['now', [machine(1, 30)], {}, [1]],
  ['told before', [machine(1, 500)], { told: new Set([1]) }, []],
  ['never spoke', [machine(1, null)], {}, []],
  ['blocked', [machine(1, 30, true)], {}, []],
  ['switched off in the settings', [machine(1, 30)], { offlineS: null }, []],
  ['no broker', [machine(1, 30), machine(2, 90)], { listeningSinceS: null }, []],
  ['a broker that is back', [machine(1, 30)], { listeningSinceS: NOW_S - 29 * MIN_S }, []],
  ['silent since the broker is back', [machine(1, 45)], { listeningSinceS: NOW_S - 1800 }, [1]],
  ['a power cut: one mail for all', [machine(1, 30), machine(2, 28.5), machine(3, 10)], {}, [1, 2]],
  [
    'a short limit gathers none that is online',
    [machine(1, 2), machine(2, 1)],
    { offlineS: 120 },
    [1],
  ],
  ['a limit below the online window', [machine(1, 1)], { offlineS: 60 }, [1]],
])('offline: %s', (_, machines, change, expected) => {
  expect(ids(goneOffline(machines, watch(change)))).toEqual(expected);
});

test('back: only who was told as offline, and speaks again', () => {
  const machines = [machine(1, 1), machine(2, 1), machine(3, 5)];
  expect(ids(backOnline(machines, watch({ told: new Set([1, 3]) })))).toEqual([1]);
});
