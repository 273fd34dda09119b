import { mayChangeMember, missingEmail } from './member-rules';
import { PORTAL_ACCESS } from './role';

test.each([
  ['admin', ['none'], true],
  ['admin', ['admin', 'none'], true],
  ['members', ['none'], true],
  ['members', ['none', 'none'], true],
  ['members', ['none', 'read-only'], false],
  ['members', ['members', 'none'], false],
  ['machines', ['none'], false],
  ['read-only', ['none'], false],
  ['none', ['none'], false],
] as const)('%s changing a member with %j: %s', (caller, accesses, may) => {
  expect(mayChangeMember(caller, accesses)).toBe(may);
});

test('an address can be missing only where nothing is sent and nobody logs in', () => {
  for (const portalAccess of PORTAL_ACCESS) {
    const without = { email: null, weeklySummary: false, wantsAlerts: false, portalAccess };
    expect(missingEmail({ ...without, email: 'a@b.cd', weeklySummary: true })).toBeNull();
    expect(missingEmail({ ...without, weeklySummary: true })).toBe('member.email_for_summary');
    expect(missingEmail({ ...without, wantsAlerts: true })).toBe('member.email_for_summary');
    expect(missingEmail(without)).toBe(portalAccess === 'none' ? null : 'member.email_for_portal');
  }
});
