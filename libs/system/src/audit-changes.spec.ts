import { auditedFields, HIDDEN_VALUE } from './audit-changes';

test('tells what differs, in the order of the record', () => {
  const before = { id: 4, firstName: 'Marta', email: null, disabled: false, version: 3 };
  const after = { id: 4, firstName: 'Marta', email: 'm@example.org', disabled: true, version: 4 };
  expect(auditedFields(before, after)).toEqual([
    { field: 'email', before: null, after: 'm@example.org' },
    { field: 'disabled', before: false, after: true },
  ]);
});

test('tells all of what is new or gone, but for what is empty', () => {
  expect(auditedFields(null, { name: 'Laser', note: null, text: '' })).toEqual([
    { field: 'name', before: null, after: 'Laser' },
  ]);
  expect(auditedFields({ name: 'Laser', removed: { uses: 12, boards: 0 } }, null)).toEqual([
    { field: 'name', before: 'Laser', after: null },
    { field: 'removed.uses', before: 12, after: null },
    { field: 'removed.boards', before: 0, after: null },
  ]);
});

test('names a record by its name where there is one, and by its number otherwise', () => {
  expect(
    auditedFields(
      { roleId: 1, roleName: 'User', typeId: 2 },
      { roleId: 3, roleName: 'Staff', typeId: 5 },
    ),
  ).toEqual([
    { field: 'roleName', before: 'User', after: 'Staff' },
    { field: 'typeId', before: 2, after: 5 },
  ]);
});

test('shows cards by their number and label, and a list no longer than it can be read', () => {
  const cards = [
    { id: 1, uid: '0badf00d', label: 'key ring', revokedAt: null },
    { id: 2, uid: '12345678', label: null, revokedAt: '2026-11-24T10:00:00Z' },
  ];
  expect(auditedFields({ cards: [] }, { cards })).toEqual([
    { field: 'cards', before: '', after: '0badf00d key ring, 12345678 ✕' },
  ]);
  const grant = Array.from({ length: 51 }, (_, place) => `Marta: ${place}`);
  expect(auditedFields(null, { grant })[0]?.after).toMatch(/: 49, …$/);
});

test('[S9] a secret is never told, whatever was recorded; that it was changed is', () => {
  const before = {
    passwordHash: 'scrypt:1',
    'mail.password': 'old',
    apiToken: 'a',
    hasPassword: false,
  };
  const after = {
    passwordHash: 'scrypt:2',
    'mail.password': 'new',
    apiToken: 'a',
    hasPassword: true,
  };
  const told = auditedFields(before, after);
  expect(JSON.stringify(told)).not.toMatch(/scrypt|old|new|"a"/);
  expect(told).toContainEqual({
    field: 'mail.password',
    before: HIDDEN_VALUE,
    after: HIDDEN_VALUE,
  });
  expect(told).toContainEqual({ field: 'hasPassword', before: false, after: true });
});

test('asks nothing of what it is given', () => {
  expect(auditedFields(undefined, 'text')).toEqual([]);
  expect(auditedFields([1], { list: [1, 'a', null] })).toEqual([
    { field: 'list', before: null, after: '1, a, null' },
  ]);
});
