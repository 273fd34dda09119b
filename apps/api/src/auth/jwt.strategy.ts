import { AppError } from '@fabomatic/kernel';
import type { CurrentMemberView } from '@fabomatic/members';
import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { SECRETS, type Secrets } from '../data-folder/data-folder.module';
import { AuthService, type TokenClaims } from './auth.service';

/** `Authorization: Bearer <token>`; the account is read at every request. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    private readonly auth: AuthService,
    @Inject(SECRETS) secrets: Secrets,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: secrets.jwtSecret,
      algorithms: ['HS256'],
    });
  }

  async validate(claims: TokenClaims): Promise<CurrentMemberView> {
    const member = await this.auth.memberOf(claims);
    if (!member) throw new AppError('auth.required');
    return member;
  }
}
