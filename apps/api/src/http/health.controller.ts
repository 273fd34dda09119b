import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import * as z from 'zod';
import { Public } from '../auth/session.guard';

/** Injection token of the product's version. */
export const VERSION = Symbol('version');

const HealthView = z.object({
  status: z.literal('ok'),
  version: z.string(),
  uptimeS: z.number().int(),
});

/** Tells a supervisor that the process serves. Outside `/api/v1`, without a session. */
@Controller('healthz')
export class HealthController {
  constructor(@Inject(VERSION) private readonly version: string) {}

  @Public()
  @Get()
  @ApiOkResponse({ standardSchema: HealthView })
  @Header('Cache-Control', 'no-store')
  health(): z.infer<typeof HealthView> {
    return { status: 'ok', version: this.version, uptimeS: Math.floor(process.uptime()) };
  }
}
