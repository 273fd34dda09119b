import { fromIso } from '@fabomatic/kernel';
import { machineView } from './machine-view.fixture';
import { statusOfView } from '@fabomatic/machines';

const heardS = fromIso('2026-11-24T12:00:00.000Z');
const use = {
  useId: 1,
  memberId: 1,
  memberName: 'Marta',
  startedAt: '2026-11-24T10:00:00.000Z',
  estimated: false,
};

test.each([
  ['free', {}, 0],
  ['free', {}, 89],
  ['offline', {}, 90],
  ['offline', { lastSeenAt: null }, 0],
  ['maintenance', { duePlans: 1 }, 200],
  ['blocked', { duePlans: 1, blocked: true }, 0],
  ['in-use', { duePlans: 1, blocked: true, currentUse: use }, 500],
] as const)('%s: %j after %d s of silence', (status, change, silenceS) => {
  expect(statusOfView(machineView(change), heardS + silenceS)).toBe(status);
});
