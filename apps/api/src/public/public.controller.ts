import { LIVE_PING_S, PublicLabView, PublicMessage } from '@fabomatic/machines';
import { Controller, Get, Header, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Public } from '../auth/session.guard';
import { openEventStream } from '../http/event-stream';
import { PublicStatusService } from './public-status.service';

/** For the status page and the TV: without a session, and off until the settings turn it on. */
@Controller('public')
export class PublicController {
  constructor(private readonly status: PublicStatusService) {}

  @Get('status')
  @Public()
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ standardSchema: PublicLabView })
  show(): PublicLabView {
    return this.status.view();
  }

  /** Server-sent events: first the whole state, then each change as it is committed. */
  @Get('live')
  @Public()
  @ApiOkResponse({ standardSchema: PublicMessage })
  stream(@Req() request: Request, @Res() response: Response): void {
    // Refusals come before the first byte: a stream that has begun has no status any more.
    const snapshot = this.status.view();
    const leave = this.status.subscribe((message) => events.send(message));
    const events = openEventStream(request, response, { pingS: LIVE_PING_S });
    events.send({ type: 'snapshot', data: snapshot });
    events.onClose(leave);
  }
}
