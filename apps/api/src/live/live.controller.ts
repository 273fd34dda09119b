import { DashboardView, LIVE_PING_S, LiveMessage } from '@fabomatic/machines';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Anybody, Needs, type Principal } from '../auth/session.guard';
import { SessionsService } from '../auth/sessions.service';
import type { Request, Response } from 'express';
import { openEventStream } from '../http/event-stream';
import { LiveService } from './live.service';

@Needs('read')
@Controller()
export class LiveController {
  constructor(
    private readonly live: LiveService,
    private readonly sessions: SessionsService,
  ) {}

  @Get('dashboard')
  @ApiOkResponse({ standardSchema: DashboardView })
  dashboard(): DashboardView {
    return this.live.dashboard();
  }

  /**
   * Server-sent events: first the whole state, then each change as it is committed. The session is
   * checked when the stream opens and at each ping: who is logged out hears no more.
   */
  @Get('live')
  @ApiOkResponse({ standardSchema: LiveMessage })
  stream(@Anybody() who: Principal, @Req() request: Request, @Res() response: Response): void {
    const stream = openEventStream(request, response, {
      pingS: LIVE_PING_S,
      isWelcome: () => this.sessions.isStillIn(who, 'read'),
    });
    stream.send({ type: 'snapshot', data: this.live.dashboard() });
    stream.onClose(this.live.subscribe(stream.send));
  }
}
