import { foundGroups, moved } from './search-results';

const member = { id: 4, name: 'Ada Test', roleName: 'Members', disabled: false };

test('groups lead to the pages of what was found, and are numbered through', () => {
  const groups = foundGroups(
    {
      members: [{ ...member, email: 'ada@lovelace.org', cardEnding: null }],
      machines: [],
      plans: [{ id: 1, description: 'Grease', machineId: 3, machineName: 'Lathe' }],
    },
    (ending) => `Card ${ending}`,
  );
  expect(groups.map(({ key, items }) => [key, items.map(({ at, path }) => [at, path])])).toEqual([
    ['members', [[0, '/members/4']]],
    ['plans', [[1, '/machines/3']]],
  ]);
  expect(groups[0]?.items[0]?.detail).toBe('Members, ada@lovelace.org');
});

test('a card that was searched for is what is said of its member', () => {
  const members = [{ ...member, email: null, cardEnding: 'F00D' }];
  const [group] = foundGroups({ members, machines: [], plans: [] }, (ending) => `Card ${ending}`);
  expect(group?.items[0]?.detail).toBe('Card F00D');
});

test.each([
  [null, 1, 3, 0],
  [null, -1, 3, 2],
  [2, 1, 3, null],
  [0, -1, 3, null],
  [0, 1, 3, 1],
  [null, 1, 0, null],
] as const)('from %p by %p of %p to %p', (at, by, count, to) => {
  expect(moved(at, by, count)).toBe(to);
});
