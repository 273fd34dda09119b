import { DashboardView, LIVE_PING_S, LiveMessage } from '@fabomatic/machines';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Anybody, Needs, type Principal } from '../auth/session.guard';
import { SessionsService } from '../auth/sessions.service';
import type { Request, Response } from 'express';
import { LiveService } from './live.service';

/** A reader that does not take what it is sent is cut off at this many waiting bytes. */
const MAX_WAITING_BYTES = 1_000_000;

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
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    const send = (message: LiveMessage): void => {
      if (response.writableLength > MAX_WAITING_BYTES) response.destroy();
      else response.write(`event: ${message.type}\ndata: ${JSON.stringify(message.data)}\n\n`);
    };
    send({ type: 'snapshot', data: this.live.dashboard() });
    const unsubscribe = this.live.subscribe(send);
    const ping = setInterval(() => {
      this.pingOrEnd(who, response).catch((error: unknown) => response.destroy(error as Error));
    }, LIVE_PING_S * 1000);
    request.once('close', () => {
      clearInterval(ping);
      unsubscribe();
    });
  }
  private async pingOrEnd(who: Principal, response: Response): Promise<void> {
    if (await this.sessions.isStillIn(who, 'read')) response.write(': ping\n\n');
    else response.end();
  }
}
