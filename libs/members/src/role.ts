/** What a role may do in the portal; `none` sees its own page only. Separate from what it may do on machines. */
export const PORTAL_ACCESS = ['none', 'read-only', 'members', 'machines', 'admin'] as const;
export type PortalAccess = (typeof PORTAL_ACCESS)[number];

/** What a role may do on machines. */
export interface MachineRole {
  /** May use every machine in whatever state, without an authorisation. */
  authorizeAll: boolean;
  /** May register maintenance with the card. */
  maintenance: boolean;
}

/**
 * Name of the reserved role whose first member stands for all who are no longer known by name:
 * history that has lost its member. It is no person, so it is in no list and cannot be changed.
 */
export const SYSTEM_ROLE = 'Anonymous';
