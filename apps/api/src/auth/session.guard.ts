import { AppError } from '@fabomatic/kernel';
import { mayInPortal, portalAccessOf, type PortalPermission } from '@fabomatic/members';
import { type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { principalOf } from './principal';

export {
  By,
  ByEditor,
  Caller,
  type Editor,
  From,
  type Origin,
  type Principal,
  Who,
} from './principal';

const OPEN_TO = 'fabomatic:open-to';
const NEEDS = 'fabomatic:needs';

/** Who may call a route without what all others ask for. */
type OpenTo = 'everybody' | 'whoever must change the password';

/** Marks the few routes that need no session: without it every route does. */
export const Public = () => SetMetadata(OPEN_TO, 'everybody' satisfies OpenTo);

/** Marks the routes that work before the first password has been changed. */
export const BeforePasswordChange = () =>
  SetMetadata(OPEN_TO, 'whoever must change the password' satisfies OpenTo);

/**
 * What a route asks for; the table is in `libs/members/src/portal-permission.ts`. A route without
 * it answers nobody.
 */
export const Needs = (permission: PortalPermission) => SetMetadata(NEEDS, permission);

/**
 * Deny by default: no session, no answer; nothing works before the password was changed; and a
 * route that does not say what it needs answers nobody.
 */
@Injectable()
export class SessionGuard extends AuthGuard('jwt') {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    // Boards do not come over HTTP; what they may do is decided by their cards.
    if (context.getType() !== 'http') return true;
    const openTo = this.reflector.get<OpenTo | undefined>(OPEN_TO, context.getHandler());
    if (openTo === 'everybody') return true;
    await super.canActivate(context);
    if (openTo === undefined && principalOf(context).member.mustChangePassword) {
      throw new AppError('auth.password_change_required');
    }
    const needs = this.reflector.getAllAndOverride<PortalPermission | undefined>(NEEDS, [
      context.getHandler(),
      context.getClass(),
    ]);
    const access = portalAccessOf(principalOf(context).member.portalAccess);
    if (needs === undefined || !mayInPortal(access, needs)) throw new AppError('auth.forbidden');
    return true;
  }

  override handleRequest<T>(error: unknown, member: T | false): T {
    if (error) throw error;
    if (!member) throw new AppError('auth.required');
    return member;
  }
}
