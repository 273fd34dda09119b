import { IsoTime } from '@fabomatic/kernel';
import * as z from 'zod';
import { NewPassword } from './auth.schema';

/** How long a link that sets a password is good: seconds. */
export const PASSWORD_LINK_S = 30 * 60;

/** Where the web app sets a password; the token follows as the fragment, which no server sees. */
export const PASSWORD_LINK_PATH = '/set-password';

const token = z.string().min(20).max(100);

/** `GET /api/v1/auth/options`: what the login page offers. */
export const LoginOptionsView = z.object({
  /** Whether a mail can be sent to somebody who forgot the password. */
  canSendLinks: z.boolean(),
});
export type LoginOptionsView = z.infer<typeof LoginOptionsView>;

/** `POST /api/v1/auth/forgot-password`: answered alike for every address. */
export const ForgotPasswordRequest = z.strictObject({ email: z.string().trim().min(1).max(254) });
export type ForgotPasswordRequest = z.infer<typeof ForgotPasswordRequest>;

/** `POST /api/v1/auth/password-link/check` */
export const CheckPasswordLink = z.strictObject({ token });
export type CheckPasswordLink = z.infer<typeof CheckPasswordLink>;

/** Whose link it is. */
export const PasswordLinkView = z.object({
  firstName: z.string(),
  email: z.string().nullable(),
  expiresAt: IsoTime,
});
export type PasswordLinkView = z.infer<typeof PasswordLinkView>;

/** `POST /api/v1/auth/password-link/use` */
export const UsePasswordLink = z.strictObject({ token, newPassword: NewPassword });
export type UsePasswordLink = z.infer<typeof UsePasswordLink>;

/**
 * `POST /api/v1/members/:id/password-link`. `mail`: to the member; `show`: in the answer, for labs
 * without mail, and for administrators only.
 */
export const SendPasswordLink = z.strictObject({ how: z.enum(['mail', 'show']).default('mail') });
export type SendPasswordLink = z.infer<typeof SendPasswordLink>;

export const SentPasswordLink = z.object({
  /** Where it was mailed to. */
  email: z.string().nullable(),
  expiresAt: IsoTime,
  /** Path and fragment of the link, only when it was asked to be shown, and only now. */
  path: z.string().nullable(),
});
export type SentPasswordLink = z.infer<typeof SentPasswordLink>;
