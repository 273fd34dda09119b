import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { SECRETS, type Secrets } from '../data-folder/data-folder.module';
import { ApiKeysController } from './api-keys.controller';
import { ApiKeysService } from './api-keys.service';
import { AuthController } from './auth.controller';
import { AuthService } from './auth.service';
import { JwtStrategy } from './jwt.strategy';
import { LoginThrottle } from './login-throttle.service';
import { PasswordLinksController } from './password-links.controller';
import { PasswordLinksService } from './password-links.service';
import { PasswordsService } from './passwords.service';
import { SecondFactorController } from './second-factor.controller';
import { SecondFactorService } from './second-factor.service';
import { SessionGuard } from './session.guard';
import { SessionTokens, tokenKey } from './session-tokens';
import { SessionsService } from './sessions.service';

/** Global: whoever changes what a login rests on ends sessions. */
@Global()
@Module({
  imports: [
    PassportModule,
    JwtModule.registerAsync({
      inject: [SECRETS],
      useFactory: ({ jwtSecret }: Secrets) => ({
        secret: tokenKey(jwtSecret),
        signOptions: { algorithm: 'HS256' },
      }),
    }),
  ],
  controllers: [ApiKeysController, AuthController, PasswordLinksController, SecondFactorController],
  providers: [
    AuthService,
    JwtStrategy,
    ApiKeysService,
    LoginThrottle,
    SecondFactorService,
    PasswordLinksService,
    PasswordsService,
    SessionsService,
    SessionTokens,
    { provide: APP_GUARD, useClass: SessionGuard },
  ],
  exports: [SessionsService],
})
export class AuthModule {}
