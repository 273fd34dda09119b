import { HttpErrorResponse, type HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { catchError, throwError } from 'rxjs';
import { Session } from './session';

/** Sends the token to our API, and to nothing else; a token that is no longer taken ends the session. */
export const authInterceptor: HttpInterceptorFn = (request, next) => {
  const session = inject(Session);
  const token = session.token();
  if (token === null || !request.url.startsWith('/api/')) return next(request);
  return next(request.clone({ setHeaders: { Authorization: `Bearer ${token}` } })).pipe(
    catchError((error: unknown) => {
      const refused = error instanceof HttpErrorResponse && error.status === 401;
      // A wrong current password is answered with 401 too, and is no reason to log out.
      if (refused && !request.url.startsWith('/api/v1/auth/password')) session.expire();
      return throwError(() => error);
    }),
  );
};
