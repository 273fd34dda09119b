import { Controller, Get, Header, Inject } from '@nestjs/common';
import { Public } from '../auth/session.guard';

/** Injection token of the product's version. */
export const VERSION = Symbol('version');

/** Tells a supervisor that the process serves. Outside `/api/v1`, without a session. */
@Controller('healthz')
export class HealthController {
  constructor(@Inject(VERSION) private readonly version: string) {}

  @Public()
  @Get()
  @Header('Cache-Control', 'no-store')
  health(): { status: 'ok'; version: string; uptimeS: number } {
    return { status: 'ok', version: this.version, uptimeS: Math.floor(process.uptime()) };
  }
}
