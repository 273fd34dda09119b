import { AppError } from '@fabomatic/kernel';
import type { CurrentMemberView } from '@fabomatic/members';
import {
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';

const OPEN_TO = 'fabomatic:open-to';

/** Who may call a route without what all others ask for. */
type OpenTo = 'everybody' | 'whoever must change the password';

/** Marks the few routes that need no session: without it every route does. */
export const Public = () => SetMetadata(OPEN_TO, 'everybody' satisfies OpenTo);

/** Marks the routes that work before the first password has been changed. */
export const BeforePasswordChange = () =>
  SetMetadata(OPEN_TO, 'whoever must change the password' satisfies OpenTo);

/** The member who calls: `@Caller() member: CurrentMemberView`. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  callerOf(context),
);

/** Deny by default: no session, no answer; and nothing works before the password was changed. */
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
