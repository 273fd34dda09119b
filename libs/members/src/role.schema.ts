import { listQuery, QueryId, Versioned } from '@fabomatic/kernel';
import * as z from 'zod';
import { PORTAL_ACCESS } from './role';

const MAX_NAME = 60;

/** `POST /api/v1/roles` */
export const RoleCreate = z.strictObject({
  name: z.string().trim().min(1).max(MAX_NAME),
  /** May use every machine in whatever state, without an authorisation. */
  authorizeAll: z.boolean().default(false),
  /** May register maintenance with the card. */
  maintenance: z.boolean().default(false),
  portalAccess: z.enum(PORTAL_ACCESS).default('none'),
});
export type RoleCreate = z.infer<typeof RoleCreate>;

/** `PATCH /api/v1/roles/:id`: what is left out stays. */
export const RoleUpdate = z.strictObject({
  ...Versioned.shape,
  name: RoleCreate.shape.name.optional(),
  authorizeAll: z.boolean().optional(),
  maintenance: z.boolean().optional(),
  portalAccess: z.enum(PORTAL_ACCESS).optional(),
});
export type RoleUpdate = z.infer<typeof RoleUpdate>;

/** Query of `DELETE /api/v1/roles/:id`: the role that its members get instead. */
export const RoleDelete = z.strictObject({ replacementId: QueryId.optional() });
export type RoleDelete = z.infer<typeof RoleDelete>;

export const RoleView = z.object({
  id: z.number().int(),
  name: z.string(),
  authorizeAll: z.boolean(),
  maintenance: z.boolean(),
  portalAccess: z.enum(PORTAL_ACCESS),
  /** The product relies on it: it can be neither changed nor deleted. */
  reserved: z.boolean(),
  /** False for the role of whoever is no person any more: nobody can be given it. */
  assignable: z.boolean(),
  /** Members who are not deleted. */
  members: z.number().int().min(0),
  version: z.number().int(),
});
export type RoleView = z.infer<typeof RoleView>;

export const ROLE_SORTS = ['name', 'members', 'portalAccess'] as const;
export const RoleListQuery = listQuery(ROLE_SORTS, 'name', {
  portalAccess: z.enum(PORTAL_ACCESS).optional(),
});
export type RoleListQuery = z.infer<typeof RoleListQuery>;
