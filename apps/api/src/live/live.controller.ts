import { DashboardView, LIVE_PING_S, LiveMessage } from '@fabomatic/machines';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Needs } from '../auth/session.guard';
import type { Request, Response } from 'express';
import { openEventStream } from '../http/event-stream';
import { LiveService } from './live.service';

@Needs('read')
@Controller()
export class LiveController {
  constructor(private readonly live: LiveService) {}

  @Get('dashboard')
  @ApiOkResponse({ standardSchema: DashboardView })
  dashboard(): DashboardView {
    return this.live.dashboard();
  }

  /**
   * Server-sent events: first the whole state, then each change as it is committed. The session is
   * checked when the stream opens; a page that reconnects is checked again.
   */
  @Get('live')
  @ApiOkResponse({ standardSchema: LiveMessage })
  stream(@Req() request: Request, @Res() response: Response): void {
    const stream = openEventStream(request, response, { pingS: LIVE_PING_S });
    stream.send({ type: 'snapshot', data: this.live.dashboard() });
    stream.onClose(this.live.subscribe(stream.send));
  }
}
