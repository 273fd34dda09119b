import { QueryId } from '@fabomatic/kernel';
import {
  RecoveryCodes,
  SecondFactorProof,
  SecondFactorSetup,
  SecondFactorView,
} from '@fabomatic/members';
import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '../audit/audit.service';
import { LoginThrottle } from './login-throttle.service';
import { By, From, type MemberPrincipal, type Origin, Who } from './principal';
import { SecondFactorService } from './second-factor.service';
import { BeforeSecondFactor, Needs } from './session.guard';

@Needs('self')
@Controller()
export class SecondFactorController {
  constructor(
    private readonly factor: SecondFactorService,
    private readonly throttle: LoginThrottle,
  ) {}

  @BeforeSecondFactor()
  @Get('auth/second-factor')
  @ApiOkResponse({ standardSchema: SecondFactorView })
  view(@Who() { member }: MemberPrincipal): Promise<SecondFactorView> {
    return this.factor.view(member.id);
  }

  /** The secret is shown here and never again. */
  @BeforeSecondFactor()
  @Post('auth/second-factor')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: SecondFactorSetup })
  begin(@Who() { member }: MemberPrincipal): Promise<SecondFactorSetup> {
    return this.factor.begin(member.id);
  }

  @BeforeSecondFactor()
  @Post('auth/second-factor/confirm')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: RecoveryCodes })
  confirm(
    @By() by: Actor,
    @Who() { member, sessionId }: MemberPrincipal,
    @From() from: Origin,
    @Body({ schema: SecondFactorProof }) { code }: SecondFactorProof,
  ): Promise<RecoveryCodes> {
    return this.throttled(member.id, from, () =>
      this.factor.confirm(by, member.id, sessionId, code),
    );
  }

  @Post('auth/second-factor/recovery-codes')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: RecoveryCodes })
  newRecoveryCodes(
    @By() by: Actor,
    @Who() { member }: MemberPrincipal,
    @From() from: Origin,
    @Body({ schema: SecondFactorProof }) { code }: SecondFactorProof,
  ): Promise<RecoveryCodes> {
    return this.throttled(member.id, from, () => this.factor.newRecoveryCodes(by, member.id, code));
  }

  @Post('auth/second-factor/off')
  @HttpCode(204)
  turnOff(
    @By() by: Actor,
    @Who() { member }: MemberPrincipal,
    @From() from: Origin,
    @Body({ schema: SecondFactorProof }) { code }: SecondFactorProof,
  ): Promise<void> {
    return this.throttled(member.id, from, () => this.factor.turnOff(by, member.id, code));
  }

  @Needs('admin')
  @Delete('members/:id/second-factor')
  @HttpCode(204)
  reset(@By() by: Actor, @Param('id', { schema: QueryId }) id: number): Promise<void> {
    return this.factor.reset(by, id);
  }

  private throttled<T>(memberId: number, from: Origin, act: () => Promise<T>): Promise<T> {
    return this.throttle.attempt(`second factor ${memberId}`, from.ip ?? '', act);
  }
}
