import { AppError } from '@fabomatic/kernel';
import { API_KEY_PREFIX, type PortalPermission } from '@fabomatic/members';
import { type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { ApiKeysService } from './api-keys.service';
import { originOf, type Principal, principalOf } from './principal';

export {
  Anybody,
  By,
  ByEditor,
  Caller,
  type Editor,
  From,
  type MemberPrincipal,
  type Origin,
  type Principal,
  Who,
} from './principal';

const OPEN_TO = 'fabomatic:open-to';
const NEEDS = 'fabomatic:needs';
const NOT_BY_KEY = 'fabomatic:not-by-key';

/** Who may call a route without what all others ask for. */
type OpenTo =
  'everybody' | 'whoever must change the password' | 'whoever must set up a second factor';

/** Marks the few routes that need no session: without it every route does. */
export const Public = () => SetMetadata(OPEN_TO, 'everybody' satisfies OpenTo);

/** Marks the routes that work before the first password has been changed. */
export const BeforePasswordChange = () =>
  SetMetadata(OPEN_TO, 'whoever must change the password' satisfies OpenTo);

/** Marks the routes that work before a second factor that the settings ask for is set up. */
export const BeforeSecondFactor = () =>
  SetMetadata(OPEN_TO, 'whoever must set up a second factor' satisfies OpenTo);

/** Marks what only people may do, whatever a key is allowed. */
export const NotByKey = () => SetMetadata(NOT_BY_KEY, true);

/**
 * What a route asks for; the table is in `libs/members/src/portal-permission.ts`. A route without
 * it answers nobody.
 */
export const Needs = (permission: PortalPermission) => SetMetadata(NEEDS, permission);

/**
 * Deny by default: no session or key, no answer; nothing works before what is owed was done; and a
 * route that does not say what it needs answers nobody.
 */
@Injectable()
export class SessionGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: ApiKeysService,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    // Boards do not come over HTTP; what they may do is decided by their cards.
    if (context.getType() !== 'http') return true;
    const openTo = this.reflector.get<OpenTo | undefined>(OPEN_TO, context.getHandler());
    if (openTo === 'everybody') return true;
    const principal = await this.identify(context);
    refuseUntilDone(principal, openTo);
    const handlers = [context.getHandler(), context.getClass()];
    const needs = this.reflector.getAllAndOverride<PortalPermission | undefined>(NEEDS, handlers);
    const isForPeople = this.reflector.getAllAndOverride<boolean | undefined>(NOT_BY_KEY, handlers);
    const isAllowed = needs !== undefined && principal.permissions.includes(needs);
    if (!isAllowed || (isForPeople === true && principal.kind === 'api-key')) {
      throw new AppError('auth.forbidden');
    }
    return true;
  }

  override handleRequest<T>(error: unknown, principal: T | false): T {
    if (error) throw error;
    if (!principal) throw new AppError('auth.required');
    return principal;
  }

  private async identify(context: ExecutionContext): Promise<Principal> {
    const request = context.switchToHttp().getRequest<Request>();
    const [, bearer = ''] = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    if (!bearer.startsWith(API_KEY_PREFIX)) {
      await super.canActivate(context);
      return principalOf(context);
    }
    const principal = await this.keys.principal(bearer, originOf(context).ip);
    if (principal === null) throw new AppError('auth.required');
    request.user = principal;
    return principal;
  }
}

function refuseUntilDone(principal: Principal, openTo: OpenTo | undefined): void {
  if (principal.kind !== 'member') return;
  const { mustChangePassword, mustSetUpSecondFactor } = principal.member;
  if (mustChangePassword && openTo !== 'whoever must change the password') {
    throw new AppError('auth.password_change_required');
  }
  if (mustSetUpSecondFactor && openTo === undefined) {
    throw new AppError('auth.second_factor_setup_required');
  }
}
