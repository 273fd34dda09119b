import { inject } from '@angular/core';
import { type CanActivateFn, Router } from '@angular/router';
import { Session } from './session';

/** Pages of the portal: log in first, and change a password that was given to you before that. */
export const portalGuard: CanActivateFn = (_route, state) => {
  const session = inject(Session);
  const queryParams = state.url === '/' ? {} : { return: state.url };
  if (!session.isLoggedIn()) return inject(Router).createUrlTree(['/login'], { queryParams });
  if (session.mustChangePassword())
    return inject(Router).createUrlTree(['/password'], { queryParams });
  return true;
};

/** The password page: for whoever is logged in. */
export const sessionGuard: CanActivateFn = () =>
  inject(Session).isLoggedIn() || inject(Router).createUrlTree(['/login']);

/** The login page: not for whoever is logged in. */
export const loginGuard: CanActivateFn = () =>
  !inject(Session).isLoggedIn() || inject(Router).createUrlTree(['/']);
