import type { CookieOptions, Request, Response } from 'express';
import { LONGEST_S } from './session-tokens';

const NAME = 'fabomatic_refresh';

/**
 * Scripts cannot read it, other sites cannot make a browser send it, and it goes to the routes of
 * `auth` only. `secure` where the request came over TLS, here or at a trusted proxy.
 */
function options(request: Request): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure: request.secure, path: '/api/v1/auth' };
}

export function setRefreshCookie(request: Request, response: Response, token: string): void {
  response.cookie(NAME, token, { ...options(request), maxAge: LONGEST_S * 1000 });
}

export function clearRefreshCookie(request: Request, response: Response): void {
  response.clearCookie(NAME, options(request));
}

export function refreshTokenOf(request: Request): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=');
    if (name === NAME && value) return value;
  }
  return null;
}
