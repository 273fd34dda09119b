import { inject } from '@angular/core';
import { type CanActivateChildFn, type CanActivateFn, Router } from '@angular/router';
import { map } from 'rxjs';
import { permissionAt } from '../frame/navigation';
import { CurrentMember } from './current-member';
import { Session } from './session';

/**
 * Pages inside the frame: log in first; then what is owed before anything else works, a password
 * that was given to you and a second factor that the settings ask for.
 */
export const portalGuard: CanActivateFn = (_route, state) => {
  const session = inject(Session);
  const router = inject(Router);
  const queryParams = state.url === '/' ? {} : { return: state.url };
  if (!session.isLoggedIn()) return router.createUrlTree(['/login'], { queryParams });
  if (session.mustChangePassword()) return router.createUrlTree(['/password'], { queryParams });
  if (session.mustSetUpSecondFactor()) {
    return router.createUrlTree(['/second-factor'], { queryParams });
  }
  return true;
};

/** Pages before the frame: a reader who comes from one of them has just logged in. */
const BEFORE_FRAME = /^\/(?:login|password|second-factor)(?:[?#/]|$)/;

/**
 * What the navigation says that a page asks for. Members without the portal land on their own page;
 * whoever opens another one that they may not is told so, instead of seeing it full of refusals.
 */
export const permissionGuard: CanActivateChildFn = (_route, state) => {
  const member = inject(CurrentMember);
  const router = inject(Router);
  const hasJustLoggedIn = BEFORE_FRAME.test(router.url);
  return member.whenAnswered().pipe(
    map(() => {
      // Who it is cannot be found out: the page itself says that nothing answers.
      if (member.view() === null || member.may(permissionAt(state.url))) return true;
      const isHome = state.url.split(/[?#]/, 1)[0] === '/' || hasJustLoggedIn;
      return router.createUrlTree([isHome && member.isPlain() ? '/me' : '/not-allowed']);
    }),
  );
};

/** The pages on which what is owed is done: for whoever is logged in. */
export const sessionGuard: CanActivateFn = () =>
  inject(Session).isLoggedIn() || inject(Router).createUrlTree(['/login']);

/** The set-up of a second factor: a password that is owed comes first. */
export const secondFactorGuard: CanActivateFn = (_route, state) => {
  const session = inject(Session);
  const router = inject(Router);
  if (!session.isLoggedIn()) return router.createUrlTree(['/login']);
  if (!session.mustChangePassword()) return true;
  return router.createUrlTree(['/password'], { queryParams: { return: state.url } });
};

/** The login page: not for whoever is logged in. */
export const loginGuard: CanActivateFn = () =>
  !inject(Session).isLoggedIn() || inject(Router).createUrlTree(['/']);
