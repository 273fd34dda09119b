import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { SECRETS, type Secrets } from '../data-folder/data-folder.module';
import { AuthController } from './auth.controller';
import { AuthService } from './auth.service';
import { JwtStrategy } from './jwt.strategy';
import { LoginThrottle } from './login-throttle.service';
import { SessionGuard } from './session.guard';

/** How long a session lasts; whoever is disabled is out at the next request all the same. */
const SESSION = '12h';

@Module({
  imports: [
    PassportModule,
    JwtModule.registerAsync({
      inject: [SECRETS],
      useFactory: ({ jwtSecret }: Secrets) => ({
        secret: jwtSecret,
        signOptions: { algorithm: 'HS256', expiresIn: SESSION },
      }),
    }),
  ],
  controllers: [AuthController],
  providers: [
    AuthService,
    JwtStrategy,
    LoginThrottle,
    { provide: APP_GUARD, useClass: SessionGuard },
  ],
})
export class AuthModule {}
