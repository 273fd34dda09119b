import { IsoTime } from '@fabomatic/kernel';
import * as z from 'zod';

/** Six digits of the app, or a recovery code; blanks and lines are let pass. */
export const SecondFactorCode = z
  .string()
  .trim()
  .transform((text) => text.replace(/[\s-]/g, '').toLowerCase())
  .pipe(z.string().min(6).max(32));

/** `GET /api/v1/auth/second-factor` */
export const SecondFactorView = z.object({
  isOn: z.boolean(),
  /** The settings ask this member to have one: it cannot be turned off. */
  isRequired: z.boolean(),
  since: IsoTime.nullable(),
  recoveryCodesLeft: z.number().int().min(0),
});
export type SecondFactorView = z.infer<typeof SecondFactorView>;

/** `POST /api/v1/auth/second-factor`: what an authenticator app is given, shown once. */
export const SecondFactorSetup = z.object({
  /** Base32, for apps that take no picture. */
  secret: z.string(),
  /** `otpauth://totp/...`, which the QR code shows. */
  uri: z.string(),
});
export type SecondFactorSetup = z.infer<typeof SecondFactorSetup>;

/** Body of what asks for a code once more. */
export const SecondFactorProof = z.strictObject({ code: SecondFactorCode });
export type SecondFactorProof = z.infer<typeof SecondFactorProof>;

/** Shown once. */
export const RecoveryCodes = z.object({ codes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;
