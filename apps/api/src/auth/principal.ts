import { AppError } from '@fabomatic/kernel';
import type { CurrentMemberView, PortalAccess, PortalPermission } from '@fabomatic/members';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Actor } from '../audit/audit.service';
import { correlationIdOf } from '../http/correlation';

/** A member who is logged in. */
export interface MemberPrincipal {
  readonly kind: 'member';
  readonly permissions: readonly PortalPermission[];
  readonly member: CurrentMemberView;
  readonly sessionId: number;
}

/** A program with a key. */
export interface KeyPrincipal {
  readonly kind: 'api-key';
  readonly permissions: readonly PortalPermission[];
  readonly id: number;
  readonly name: string;
}

/** Who stands behind a request that was let in. */
export type Principal = MemberPrincipal | KeyPrincipal;

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
export function memberActor(
  member: { readonly id: number; readonly firstName: string; readonly lastName: string },
  { ip, correlationId }: Origin,
): Actor {
  const name = `${member.firstName} ${member.lastName}`.trim();
  return { kind: 'member', id: member.id, name, ip, correlationId };
}

/** Routes for members ask for `self`, which no key has: only such a route may use this. */
function memberOf(context: ExecutionContext): MemberPrincipal {
  const principal = principalOf(context);
  if (principal.kind !== 'member') throw new AppError('auth.forbidden');
  return principal;
}

/** The member who calls: `@Caller() member: CurrentMemberView`. For routes that ask for `self`. */
export const Caller = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => memberOf(context).member,
);

/** The member and their session: `@Who() who: MemberPrincipal`. For routes that ask for `self`. */
export const Who = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  memberOf(context),
);

/** Whoever calls, member or key: `@Anybody() principal: Principal`. */
export const Anybody = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  principalOf(context),
);

/** Where the request comes from: `@From() from: Origin`. */
export const From = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  originOf(context),
);

/** Who changes something, for the audit trail: `@By() by: Actor`. */
export const By = createParamDecorator((_data: unknown, context: ExecutionContext): Actor =>
  actorOf(principalOf(context), originOf(context)),
);

/** Who changes something, and what they may do in the portal. */
export interface Editor {
  readonly by: Actor;
  readonly access: PortalAccess;
}

/** For changes that depend on more than `@Needs`: `@ByEditor() editor: Editor`. */
export const ByEditor = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Editor => {
    const principal = principalOf(context);
    return { by: actorOf(principal, originOf(context)), access: accessOf(principal.permissions) };
  },
);

function actorOf(principal: Principal, origin: Origin): Actor {
  if (principal.kind === 'member') return memberActor(principal.member, origin);
  const { id, name } = principal;
  return { kind: 'api-key', id, name, ip: origin.ip, correlationId: origin.correlationId };
}

/** The access of a role that may as much with members: a key has permissions instead of a role. */
function accessOf(permissions: readonly PortalPermission[]): PortalAccess {
  if (permissions.includes('admin')) return 'admin';
  if (permissions.includes('members')) return 'members';
  return permissions.includes('machines') ? 'machines' : 'read-only';
}
