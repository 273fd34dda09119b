import { QueryId } from '@fabomatic/kernel';
import {
  ChangePasswordRequest,
  CurrentMemberView,
  LoginRequest,
  LoginResponse,
  SessionListView,
} from '@fabomatic/members';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Actor } from '../audit/audit.service';
import { AuthService } from './auth.service';
import { LoginThrottle } from './login-throttle.service';
import { By, Caller, From, type Origin, type MemberPrincipal, Who } from './principal';
import { clearRefreshCookie, refreshTokenOf, setRefreshCookie } from './refresh-cookie';
import { BeforePasswordChange, Needs, Public } from './session.guard';
import { type Grant, SessionsService } from './sessions.service';

@Controller('auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly sessions: SessionsService,
    private readonly throttle: LoginThrottle,
  ) {}

  /** The refresh token goes into a cookie, the access token into the answer. */
  @Public()
  @Post('login')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: LoginResponse })
  async login(
    @Body({ schema: LoginRequest }) body: LoginRequest,
    @From() from: Origin,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LoginResponse> {
    const login = () => this.auth.login(body, from);
    const grant = await this.throttle.attempt(body.email, from.ip ?? '', login);
    return answer(grant, request, response);
  }

  /** Public, because the cookie is all that a page has after a reload. */
  @Public()
  @Post('refresh')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: LoginResponse })
  async refresh(
    @From() from: Origin,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LoginResponse> {
    return answer(await this.sessions.refresh(refreshTokenOf(request), from), request, response);
  }

  /** Public, because whoever wants to leave may, even with tokens that are too old. */
  @Public()
  @Post('logout')
  @HttpCode(204)
  async logOut(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const [, access = null] = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    await this.sessions.logOut({ refresh: refreshTokenOf(request), access });
    clearRefreshCookie(request, response);
  }

  @Needs('self')
  @BeforePasswordChange()
  @Post('password')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: LoginResponse })
  async changePassword(
    @Body({ schema: ChangePasswordRequest }) body: ChangePasswordRequest,
    @Caller() { id }: CurrentMemberView,
    @From() from: Origin,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LoginResponse> {
    const change = () => this.auth.changePassword(id, body, from);
    const grant = await this.throttle.attempt(`member ${id}`, from.ip ?? '', change);
    return answer(grant, request, response);
  }

  @Needs('self')
  @BeforePasswordChange()
  @Get('me')
  @ApiOkResponse({ standardSchema: CurrentMemberView })
  me(@Caller() member: CurrentMemberView): CurrentMemberView {
    return member;
  }

  @Needs('self')
  @Get('sessions')
  @ApiOkResponse({ standardSchema: SessionListView })
  list(@Who() who: MemberPrincipal): Promise<SessionListView> {
    return this.sessions.list(who);
  }

  /** All but the one that asks. */
  @Needs('self')
  @Delete('sessions')
  @HttpCode(204)
  endOthers(@By() by: Actor, @Who() who: MemberPrincipal): Promise<void> {
    return this.sessions.endOthers(by, who);
  }

  @Needs('self')
  @Delete('sessions/:id')
  @HttpCode(204)
  end(
    @By() by: Actor,
    @Who() who: MemberPrincipal,
    @Param('id', { schema: QueryId }) id: number,
  ): Promise<void> {
    return this.sessions.end(by, who, id);
  }
}

function answer(grant: Grant, request: Request, response: Response): LoginResponse {
  const { refreshToken, ...rest } = grant;
  if (refreshToken !== null) setRefreshCookie(request, response, refreshToken);
  response.setHeader('Cache-Control', 'no-store');
  return rest;
}
