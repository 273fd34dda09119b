import type { MemberView } from '@fabomatic/members';

/** An active member without access to the portal; for specs. */
export function memberView(change: Partial<MemberView> = {}): MemberView {
  return {
    id: 7,
    firstName: 'Ada',
    lastName: 'Lovelace',
    email: 'ada@example.org',
    roleId: 3,
    roleName: 'Users',
    portalAccess: 'none',
    authorizeAll: false,
    disabled: false,
    weeklySummary: false,
    maintenanceDueMails: false,
    machineOfflineMails: false,
    machineOnlineMails: false,
    language: null,
    hasPassword: false,
    hasSecondFactor: false,
    consentAt: null,
    membershipEndsOn: null,
    membership: 'current',
    createdAt: '2026-01-01T00:00:00.000Z',
    deletedAt: null,
    authorizations: 2,
    lastUseAt: null,
    recentDurationS: 0,
    cards: [],
    version: 4,
    ...change,
  };
}
