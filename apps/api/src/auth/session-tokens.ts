import { createHash, createSecretKey, type KeyObject, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import * as z from 'zod';

/** How long an access token is good; the session behind it is looked up at each request anyway. */
const ACCESS_S = 15 * 60;

/** Who nobody heard of for so long logs in again. */
export const IDLE_S = 7 * 24 * 3600;
/** However busy: after so long a session ends. */
export const LONGEST_S = 30 * 24 * 3600;

/** What the tokens are for: neither kind is taken for the other. */
export const ACCESS = 'fabomatic:access';
const REFRESH = 'fabomatic:refresh';

/** What an access token says: `sub` is the member's id, `sid` the session's. */
export const AccessClaims = z.object({ sub: z.coerce.number().int(), sid: z.number().int() });
export type AccessClaims = z.infer<typeof AccessClaims>;

const RefreshClaims = z.object({ sid: z.number().int() });

/** The two tokens of a session: a short one for each request, a long one that is used once. */
@Injectable()
export class SessionTokens {
  constructor(private readonly jwt: JwtService) {}

  access({ memberId, sessionId }: { memberId: number; sessionId: number }): string {
    const options = { subject: String(memberId), audience: ACCESS, expiresIn: ACCESS_S };
    return this.jwt.sign({ sid: sessionId }, options);
  }

  refresh(sessionId: number): string {
    const options = { audience: REFRESH, expiresIn: LONGEST_S, jwtid: randomUUID() };
    return this.jwt.sign({ sid: sessionId }, options);
  }

  /** The session that a refresh token of ours is for; null for anything else. */
  sessionOfRefresh(token: string): number | null {
    return this.read(token, REFRESH, RefreshClaims)?.sid ?? null;
  }

  /** The session that an access token of ours is for; null for anything else. */
  sessionOfAccess(token: string): number | null {
    return this.read(token, ACCESS, AccessClaims)?.sid ?? null;
  }

  private read<T>(token: string, audience: string, claims: z.ZodType<T>): T | null {
    try {
      const said: unknown = this.jwt.verify(token, { audience, algorithms: ['HS256'] });
      return claims.safeParse(said).data ?? null;
    } catch {
      // Not signed by us, for something else, or too old: it opens nothing.
      return null;
    }
  }
}

/**
 * What tokens are signed with. Given as a text, it would be tried as a PEM certificate for each token
 * first, which takes half a millisecond: more than all the rest of the check.
 */
export function tokenKey(jwtSecret: string): KeyObject {
  return createSecretKey(jwtSecret, 'utf8');
}

/** SHA-256 in hex: tokens are long and random, so nothing slower is needed. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
