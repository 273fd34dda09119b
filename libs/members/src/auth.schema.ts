import * as z from 'zod';
import { MEMBER_LANGUAGES } from './member.schema';
import { SecondFactorCode } from './second-factor.schema';

/** Shortest password that can be chosen; the seeded one is shorter and must be changed. */
export const MIN_PASSWORD_LENGTH = 12;

/**
 * The password that the original documents for its first administrator. A new lab begins with it, an
 * imported one may have it still: whoever logs in with it has to change it first.
 */
export const FIRST_PASSWORD = 'admin';

/** Longest text that is hashed: a bound on the work that an anonymous caller can ask for. */
export const MAX_PASSWORD_LENGTH = 256;

/** `POST /api/v1/auth/login` */
export const LoginRequest = z.object({
  email: z.string().trim().min(1).max(254),
  password: z.string().min(1).max(MAX_PASSWORD_LENGTH),
  /** Of the authenticator app, or a recovery code; asked for by `auth.second_factor_required`. */
  code: SecondFactorCode.optional(),
});
export type LoginRequest = z.infer<typeof LoginRequest>;

/** Answer of a login. `accessToken` goes into `Authorization: Bearer`. */
export const LoginResponse = z.object({
  accessToken: z.string(),
  mustChangePassword: z.boolean(),
  /** The settings ask for a second factor, and there is none yet: nothing else works. */
  mustSetUpSecondFactor: z.boolean().default(false),
});
export type LoginResponse = z.infer<typeof LoginResponse>;

/** A password that is chosen; what is guessed first is refused later, when its owner is known. */
export const NewPassword = z.string().min(MIN_PASSWORD_LENGTH).max(MAX_PASSWORD_LENGTH);

/** `POST /api/v1/auth/password` of the one who is logged in; answers with a {@link LoginResponse}. */
export const ChangePasswordRequest = z.object({
  currentPassword: z.string().min(1).max(MAX_PASSWORD_LENGTH),
  newPassword: NewPassword,
});
export type ChangePasswordRequest = z.infer<typeof ChangePasswordRequest>;

/** `GET /api/v1/auth/me` */
export const CurrentMemberView = z.object({
  id: z.number().int(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string().nullable(),
  roleName: z.string(),
  portalAccess: z.string(),
  /** null: the lab's. */
  language: z.enum(MEMBER_LANGUAGES).nullable().default(null),
  hasSecondFactor: z.boolean().default(false),
  mustChangePassword: z.boolean(),
  /** The settings ask for a second factor, and there is none yet: nothing else works. */
  mustSetUpSecondFactor: z.boolean().default(false),
});
export type CurrentMemberView = z.infer<typeof CurrentMemberView>;
