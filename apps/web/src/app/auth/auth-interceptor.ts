import {
  HttpErrorResponse,
  type HttpHandlerFn,
  type HttpInterceptorFn,
  type HttpRequest,
} from '@angular/common/http';
import { inject } from '@angular/core';
import { catchError, from, switchMap, throwError } from 'rxjs';
import { Session } from './session';

/** They begin and end sessions: no token helps, and a refusal says nothing about the session. */
const WITHOUT_TOKEN = /^\/api\/v1\/auth\/(?:login|refresh|logout)$/;

/**
 * Sends the token to our API, and to nothing else. A token that is too old is renewed once and the
 * request sent again; when that does not help the session is over.
 */
export const authInterceptor: HttpInterceptorFn = (request, next) => {
  const session = inject(Session);
  const isOurs = request.url.startsWith('/api/') && !WITHOUT_TOKEN.test(request.url);
  if (!isOurs || !session.isLoggedIn()) return next(request);
  return sendWithToken(session, request, next).pipe(
    catchError((error: unknown) => {
      if (!(error instanceof HttpErrorResponse) || error.status !== 401) {
        return throwError(() => error);
      }
      return from(renewOrLeave(session)).pipe(
        switchMap((isRenewed) =>
          isRenewed ? sendWithToken(session, request, next) : throwError(() => error),
        ),
      );
    }),
  );
};

/** True: there is a new token. Whoever is no longer logged in is led to the login. */
async function renewOrLeave(session: Session): Promise<boolean> {
  const renewal = await session.renew();
  if (renewal === 'ended') session.expire();
  return renewal === 'renewed';
}

function sendWithToken(session: Session, request: HttpRequest<unknown>, next: HttpHandlerFn) {
  const token = session.token();
  if (token === null) return next(request);
  return next(request.clone({ setHeaders: { Authorization: `Bearer ${token}` } }));
}
