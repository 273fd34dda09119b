import type { PortalAccess } from './role';

/**
 * May whoever has `caller` change a member? `accesses`: what the member's role gives in the portal,
 * before and after. Only an administrator touches people who can log in: whoever manages members
 * could otherwise give themselves more, or take over an administrator's address or card.
 */
export function mayChangeMember(caller: PortalAccess, accesses: readonly PortalAccess[]): boolean {
  if (caller === 'admin') return true;
  return caller === 'members' && accesses.every((access) => access === 'none');
}

/** What decides whether a member can do without an e-mail address. */
export interface EmailUser {
  email: string | null;
  weeklySummary: boolean;
  /** Asked for mails about machines. */
  wantsAlerts: boolean;
  portalAccess: PortalAccess;
}

/**
 * The code of what is wrong with a member without an address; null when nothing is. The portal is
 * entered with the address, and the summary is sent to it.
 */
export function missingEmail({ email, weeklySummary, wantsAlerts, portalAccess }: EmailUser) {
  if (email !== null) return null;
  if (weeklySummary || wantsAlerts) return 'member.email_for_summary';
  return portalAccess === 'none' ? null : 'member.email_for_portal';
}
