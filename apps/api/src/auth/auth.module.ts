import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { SECRETS, type Secrets } from '../data-folder/data-folder.module';
import { AuthController } from './auth.controller';
import { AuthService } from './auth.service';
import { JwtStrategy } from './jwt.strategy';
import { LoginThrottle } from './login-throttle.service';
import { PasswordLinksController } from './password-links.controller';
import { PasswordLinksService } from './password-links.service';
import { PasswordsService } from './passwords.service';
import { SessionGuard } from './session.guard';
import { SessionTokens } from './session-tokens';
import { SessionsService } from './sessions.service';

/** Global: whoever changes what a login rests on ends sessions. */
@Global()
@Module({
  imports: [
    PassportModule,
    JwtModule.registerAsync({
      inject: [SECRETS],
      useFactory: ({ jwtSecret }: Secrets) => ({
        secret: jwtSecret,
        signOptions: { algorithm: 'HS256' },
      }),
    }),
  ],
  controllers: [AuthController, PasswordLinksController],
  providers: [
    AuthService,
    JwtStrategy,
    LoginThrottle,
    PasswordLinksService,
    PasswordsService,
    SessionsService,
    SessionTokens,
    { provide: APP_GUARD, useClass: SessionGuard },
  ],
  exports: [SessionsService],
})
export class AuthModule {}
