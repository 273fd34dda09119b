import { AppError } from '@fabomatic/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { SECRETS, type Secrets } from '../data-folder/data-folder.module';
import type { MemberPrincipal } from './principal';
import { ACCESS, AccessClaims, tokenKey } from './session-tokens';
import { SessionsService } from './sessions.service';

/** `Authorization: Bearer <token>`; session and account are read at every request. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    private readonly sessions: SessionsService,
    @Inject(SECRETS) secrets: Secrets,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      // jsonwebtoken, which checks it, takes a key as well; the types of passport-jwt do not know.
      secretOrKey: tokenKey(secrets.jwtSecret) as unknown as Buffer,
      algorithms: ['HS256'],
      audience: ACCESS,
    });
  }

  async validate(said: unknown): Promise<MemberPrincipal> {
    const claims = AccessClaims.safeParse(said);
    const principal = claims.success ? await this.sessions.principal(claims.data.sid) : null;
    if (principal === null) throw new AppError('auth.required');
    return principal;
  }
}
