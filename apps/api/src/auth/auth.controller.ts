import {
  ChangePasswordRequest,
  CurrentMemberView,
  LoginRequest,
  LoginResponse,
} from '@fabomatic/members';
import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Request } from 'express';
import { AuthService } from './auth.service';
import { LoginThrottle } from './login-throttle.service';
import { BeforePasswordChange, Caller, Needs, Public } from './session.guard';

@Controller('auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly throttle: LoginThrottle,
  ) {}

  @Public()
  @Post('login')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: LoginResponse })
  login(
    @Body({ schema: LoginRequest }) body: LoginRequest,
    @Req() request: Request,
  ): Promise<LoginResponse> {
    return this.throttle.attempt(body.email, request.ip ?? '', () => this.auth.login(body));
  }

  @Needs('self')
  @BeforePasswordChange()
  @Post('password')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: LoginResponse })
  changePassword(
    @Body({ schema: ChangePasswordRequest }) body: ChangePasswordRequest,
    @Caller() { id }: CurrentMemberView,
    @Req() request: Request,
  ): Promise<LoginResponse> {
    return this.throttle.attempt(`member ${id}`, request.ip ?? '', () =>
      this.auth.changePassword(id, body),
    );
  }

  @Needs('self')
  @BeforePasswordChange()
  @Get('me')
  @ApiOkResponse({ standardSchema: CurrentMemberView })
  me(@Caller() member: CurrentMemberView): CurrentMemberView {
    return member;
  }
}
