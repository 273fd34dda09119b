import { AppError } from '@fabomatic/kernel';
import { type CurrentMemberView, type PortalAccess, portalAccessOf } from '@fabomatic/members';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Actor } from '../audit/audit.service';
import { correlationIdOf } from '../http/correlation';

/** Who stands behind a request that was let in. */
export interface Principal {
  readonly member: CurrentMemberView;
  readonly sessionId: number;
}

/** Where a request comes from, as far as can be told. */
export interface Origin {
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly correlationId: string;
}

export function principalOf(context: ExecutionContext): Principal {
  const { user } = context.switchToHttp().getRequest<Request>();
  if (!user) throw new AppError('auth.required');
  return user as Principal;
}

export function originOf(context: ExecutionContext): Origin {
  const http = context.switchToHttp();
  const request = http.getRequest<Request>();
  return {
    ip: request.ip ?? null,
    userAgent: request.get('user-agent') ?? null,
    correlationId: correlationIdOf(http.getResponse<Response>()),
  };
}

/** A member as the audit trail names them. */
export function actorOf(
  { id, firstName, lastName }: Pick<CurrentMemberView, 'id' | 'firstName' | 'lastName'>,
  { ip, correlationId }: Origin,
): Actor {
  return { kind: 'member', id, name: `${firstName} ${lastName}`.trim(), ip, correlationId };
}

/** The member who calls: `@Caller() member: CurrentMemberView`. */
export const Caller = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => principalOf(context).member,
);

/** The session that calls, for what is about sessions: `@Who() who: Principal`. */
export const Who = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  principalOf(context),
);

/** Where the request comes from: `@From() from: Origin`. */
export const From = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  originOf(context),
);

/** Who changes something, for the audit trail: `@By() by: Actor`. */
export const By = createParamDecorator((_data: unknown, context: ExecutionContext): Actor =>
  actorOf(principalOf(context).member, originOf(context)),
);

/** Who changes something, and what they may do in the portal. */
export interface Editor {
  readonly by: Actor;
  readonly access: PortalAccess;
}

/** For changes that depend on more than `@Needs`: `@ByEditor() editor: Editor`. */
export const ByEditor = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Editor => {
    const { member } = principalOf(context);
    return {
      by: actorOf(member, originOf(context)),
      access: portalAccessOf(member.portalAccess),
    };
  },
);
