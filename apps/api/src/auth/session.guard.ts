import { AppError } from '@fabomatic/kernel';
import {
  type CurrentMemberView,
  mayInPortal,
  type PortalAccess,
  portalAccessOf,
  type PortalPermission,
} from '@fabomatic/members';
import {
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { Request, Response } from 'express';
import type { Actor } from '../audit/audit.service';
import { correlationIdOf } from '../http/correlation';

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

/** The member who calls: `@Caller() member: CurrentMemberView`. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  callerOf(context),
);

/** Who changes something, for the audit trail: `@By() by: Actor`. */
export const By = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  actorOf(context),
);

/** Who changes something, and what they may do in the portal. */
export interface Editor {
  readonly by: Actor;
  readonly access: PortalAccess;
}

/** For changes that depend on more than `@Needs`: `@ByEditor() editor: Editor`. */
export const ByEditor = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Editor => ({
    by: actorOf(context),
    access: portalAccessOf(callerOf(context).portalAccess),
  }),
);

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
    if (openTo === undefined && callerOf(context).mustChangePassword) {
      throw new AppError('auth.password_change_required');
    }
    const needs = this.reflector.getAllAndOverride<PortalPermission | undefined>(NEEDS, [
      context.getHandler(),
      context.getClass(),
    ]);
    const access = portalAccessOf(callerOf(context).portalAccess);
    if (needs === undefined || !mayInPortal(access, needs)) throw new AppError('auth.forbidden');
    return true;
  }

  override handleRequest<T>(error: unknown, member: T | false): T {
    if (error) throw error;
    if (!member) throw new AppError('auth.required');
    return member;
  }
}

function callerOf(context: ExecutionContext): CurrentMemberView {
  const { user } = context.switchToHttp().getRequest<Request>();
  if (!user) throw new AppError('auth.required');
  return user as CurrentMemberView;
}

function actorOf(context: ExecutionContext): Actor {
  const { id, firstName, lastName } = callerOf(context);
  const http = context.switchToHttp();
  return {
    kind: 'member',
    id,
    name: `${firstName} ${lastName}`.trim(),
    ip: http.getRequest<Request>().ip ?? null,
    correlationId: correlationIdOf(http.getResponse<Response>()),
  };
}
