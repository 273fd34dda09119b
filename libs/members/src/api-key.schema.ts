import { IsoTime, listQuery } from '@fabomatic/kernel';
import * as z from 'zod';

/** What a key may be given: all but `self`, since it is no member. */
export const API_KEY_PERMISSIONS = ['read', 'members', 'machines', 'admin'] as const;
export type ApiKeyPermission = (typeof API_KEY_PERMISSIONS)[number];

/** Every key begins with it, so that a leaked one is recognised. */
export const API_KEY_PREFIX = 'fab_';

/** The longest life of a key: days. */
export const MAX_API_KEY_DAYS = 366;

/** `POST /api/v1/api-keys` */
export const ApiKeyCreate = z.strictObject({
  name: z.string().trim().min(1).max(60),
  permissions: z.array(z.enum(API_KEY_PERMISSIONS)).min(1).max(API_KEY_PERMISSIONS.length),
  days: z.number().int().min(1).max(MAX_API_KEY_DAYS),
});
export type ApiKeyCreate = z.infer<typeof ApiKeyCreate>;

export const API_KEY_STATES = ['good', 'expired', 'revoked'] as const;
export type ApiKeyState = (typeof API_KEY_STATES)[number];

export const ApiKeyView = z.object({
  id: z.number().int(),
  name: z.string(),
  permissions: z.array(z.enum(API_KEY_PERMISSIONS)),
  state: z.enum(API_KEY_STATES),
  /** null: the member is no longer there. */
  createdBy: z.string().nullable(),
  createdAt: IsoTime,
  expiresAt: IsoTime,
  lastUsedAt: IsoTime.nullable(),
  lastUsedIp: z.string().nullable(),
});
export type ApiKeyView = z.infer<typeof ApiKeyView>;

/** Answer of adding one: the only time that the key itself is shown. */
export const NewApiKeyView = z.object({ ...ApiKeyView.shape, key: z.string() });
export type NewApiKeyView = z.infer<typeof NewApiKeyView>;

/** `GET /api/v1/api-keys` */
export const ApiKeyListQuery = listQuery(['name', 'createdAt', 'expiresAt', 'lastUsedAt'], 'name', {
  state: z.enum(API_KEY_STATES).optional(),
});
export type ApiKeyListQuery = z.infer<typeof ApiKeyListQuery>;
