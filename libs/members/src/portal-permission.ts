import { PORTAL_ACCESS, type PortalAccess } from './role';

/**
 * What a route of the API asks for. `self`: a session; `read`: seeing the lab; `members` and
 * `machines`: changing what belongs to people or to machines; `admin`: roles, settings, keys.
 */
export const PORTAL_PERMISSIONS = ['self', 'read', 'members', 'machines', 'admin'] as const;
export type PortalPermission = (typeof PORTAL_PERMISSIONS)[number];

const PERMISSIONS: Readonly<Record<PortalAccess, readonly PortalPermission[]>> = {
  none: ['self'],
  'read-only': ['self', 'read'],
  members: ['self', 'read', 'members'],
  machines: ['self', 'read', 'machines'],
  admin: PORTAL_PERMISSIONS,
};

/** Whether a role with this access to the portal may do what asks for `permission`. */
export function mayInPortal(access: PortalAccess, permission: PortalPermission): boolean {
  return PERMISSIONS[access].includes(permission);
}

/** All that a role with this access may do. */
export function permissionsOfAccess(access: PortalAccess): readonly PortalPermission[] {
  return PERMISSIONS[access];
}

/** A text from the database or a token -> what it gives; unknown texts give nothing. */
export function portalAccessOf(text: string): PortalAccess {
  return PORTAL_ACCESS.find((access) => access === text) ?? 'none';
}
