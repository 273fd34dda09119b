import type { MatrixMachine, MatrixMember } from '@fabomatic/members';
import { AccessChanges } from './access-changes';

const machine = (id: number, access: MatrixMachine['access'] = 'authorization'): MatrixMachine => ({
  id,
  name: `Machine ${id}`,
  typeId: 1,
  typeName: 'Type',
  access,
  authorized: 0,
});
const member = (id: number, more: Partial<MatrixMember> = {}): MatrixMember => ({
  id,
  name: `Member ${id}`,
  roleId: 1,
  roleName: 'Users',
  authorizeAll: false,
  disabled: false,
  machineIds: [],
  ...more,
});

test('a cell says what is so, and what will be', () => {
  const changes = new AccessChanges();
  const [ada, staff] = [member(1, { machineIds: [7] }), member(2, { authorizeAll: true })];
  expect(changes.state(ada, machine(7))).toBe('yes');
  expect(changes.state(ada, machine(8))).toBe('no');
  expect(changes.state(ada, machine(9, 'open'))).toBe('open');
  expect(changes.state(staff, machine(8))).toBe('role');
  changes.toggle(ada, machine(7));
  changes.toggle(ada, machine(8));
  changes.toggle(staff, machine(8));
  expect(changes.state(ada, machine(7))).toBe('revoked');
  expect(changes.state(ada, machine(8))).toBe('granted');
  expect(changes.state(staff, machine(8))).toBe('role');
  expect(changes.count()).toBe(2);
});

test('changes are named by member, and sent together', () => {
  const changes = new AccessChanges();
  const ada = member(1, { machineIds: [7] });
  changes.toggle(ada, machine(7));
  changes.toggle(ada, machine(8));
  changes.toggle(member(2), machine(8));
  expect(changes.named()).toEqual([
    { member: 'Member 1', given: ['Machine 8'], taken: ['Machine 7'] },
    { member: 'Member 2', given: ['Machine 8'], taken: [] },
  ]);
  expect(changes.body()).toEqual({
    grant: [
      { memberId: 1, machineId: 8 },
      { memberId: 2, machineId: 8 },
    ],
    revoke: [{ memberId: 1, machineId: 7 }],
  });
});

test('the same cell twice is no change, and all can be dropped', () => {
  const changes = new AccessChanges();
  changes.toggle(member(1), machine(7));
  changes.toggle(member(1), machine(7));
  expect(changes.isDirty()).toBe(false);
  changes.toggle(member(1), machine(7));
  changes.discard();
  expect(changes.count()).toBe(0);
});

test('[46] a whole column: who has it already is skipped, and nobody loses it', () => {
  const changes = new AccessChanges();
  const people = [
    member(1, { machineIds: [7] }),
    member(2, { authorizeAll: true }),
    member(3),
    member(4),
  ];
  changes.toggle(people[2] ?? member(3), machine(7));
  changes.giveAll(people, machine(7));
  expect(changes.body()).toEqual({
    grant: [
      { memberId: 3, machineId: 7 },
      { memberId: 4, machineId: 7 },
    ],
    revoke: [],
  });
  changes.giveAll(people, machine(7));
  expect(changes.count()).toBe(0);
  // What was to be taken away stays so: it is another person's decision.
  changes.toggle(people[0] ?? member(1), machine(7));
  changes.giveAll(people, machine(7));
  expect(changes.body().revoke).toEqual([{ memberId: 1, machineId: 7 }]);
  expect(changes.count()).toBe(3);
});
