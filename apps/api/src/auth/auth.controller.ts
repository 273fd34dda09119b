import {
  ChangePasswordRequest,
  type CurrentMemberView,
  LoginRequest,
  type LoginResponse,
} from '@fabomatic/members';
import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { AuthService } from './auth.service';
import { LoginThrottle } from './login-throttle.service';
import { BeforePasswordChange, Caller, Public } from './session.guard';

@Controller('auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly throttle: LoginThrottle,
  ) {}

  @Public()
  @Post('login')
  @HttpCode(200)
  login(
    @Body({ schema: LoginRequest }) body: LoginRequest,
    @Req() request: Request,
  ): Promise<LoginResponse> {
    return this.throttle.attempt(body.email, request.ip ?? '', () => this.auth.login(body));
  }

  @BeforePasswordChange()
  @Post('password')
  @HttpCode(200)
  changePassword(
    @Body({ schema: ChangePasswordRequest }) body: ChangePasswordRequest,
    @Caller() { id }: CurrentMemberView,
    @Req() request: Request,
  ): Promise<LoginResponse> {
    return this.throttle.attempt(`member ${id}`, request.ip ?? '', () =>
      this.auth.changePassword(id, body),
    );
  }

  @BeforePasswordChange()
  @Get('me')
  me(@Caller() member: CurrentMemberView): CurrentMemberView {
    return member;
  }
}
