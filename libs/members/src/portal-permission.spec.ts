import { mayInPortal, PORTAL_PERMISSIONS, portalAccessOf } from './portal-permission';
import { PORTAL_ACCESS } from './role';

test.each([
  ['none', ['self']],
  ['read-only', ['self', 'read']],
  ['members', ['self', 'read', 'members']],
  ['machines', ['self', 'read', 'machines']],
  ['admin', ['self', 'read', 'members', 'machines', 'admin']],
] as const)('%s may %j and nothing else', (access, may) => {
  expect(PORTAL_PERMISSIONS.filter((permission) => mayInPortal(access, permission))).toEqual(may);
});

test('an unknown access gives nothing', () => {
  expect(PORTAL_ACCESS.map(portalAccessOf)).toEqual(PORTAL_ACCESS);
  expect(portalAccessOf('superuser')).toBe('none');
});
