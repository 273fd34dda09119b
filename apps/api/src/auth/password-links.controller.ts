import { QueryId } from '@fabomatic/kernel';
import {
  CheckPasswordLink,
  ForgotPasswordRequest,
  LoginOptionsView,
  PasswordLinkView,
  SendPasswordLink,
  SentPasswordLink,
  UsePasswordLink,
} from '@fabomatic/members';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '../audit/audit.service';
import { LoginThrottle } from './login-throttle.service';
import { PasswordLinksService } from './password-links.service';
import { Anybody, By, From, type Origin, type Principal } from './principal';
import { Needs, Public } from './session.guard';

@Controller()
export class PasswordLinksController {
  constructor(
    private readonly links: PasswordLinksService,
    private readonly throttle: LoginThrottle,
  ) {}

  @Public()
  @Get('auth/options')
  @ApiOkResponse({ standardSchema: LoginOptionsView })
  options(): LoginOptionsView {
    return { canSendLinks: this.links.canMail };
  }

  /** The same answer, after the same time, whether there is such a member or not. */
  @Public()
  @Post('auth/forgot-password')
  @HttpCode(204)
  forgot(
    @Body({ schema: ForgotPasswordRequest }) { email }: ForgotPasswordRequest,
    @From() from: Origin,
  ): void {
    this.throttle.spend(from.ip ?? '');
    this.links.askFor(email, from);
  }

  /** A POST, so that the token stands in no address and no log. It is too long to be guessed. */
  @Public()
  @Post('auth/password-link/check')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: PasswordLinkView })
  check(@Body({ schema: CheckPasswordLink }) body: CheckPasswordLink): Promise<PasswordLinkView> {
    return this.links.check(body);
  }

  @Public()
  @Post('auth/password-link/use')
  @HttpCode(204)
  use(
    @Body({ schema: UsePasswordLink }) body: UsePasswordLink,
    @From() from: Origin,
  ): Promise<void> {
    return this.links.use(body, from);
  }

  @Needs('members')
  @Post('members/:id/password-link')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: SentPasswordLink })
  send(
    @By() by: Actor,
    @Anybody() who: Principal,
    @Param('id', { schema: QueryId }) id: number,
    @Body({ schema: SendPasswordLink }) body: SendPasswordLink,
  ): Promise<SentPasswordLink> {
    return this.links.send(by, who, id, body);
  }
}
