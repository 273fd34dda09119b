import { DashboardView, LIVE_PING_S, LiveMessage } from '@fabomatic/machines';
import { AppError } from '@fabomatic/kernel';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Anybody, Needs, type Principal } from '../auth/session.guard';
import { SessionsService } from '../auth/sessions.service';
import type { Request, Response } from 'express';
import { openEventStream } from '../http/event-stream';
import { LiveService } from './live.service';

/** Of one member or key at a time: a browser needs one, a lab's screens may share an account. */
export const MAX_STREAMS_OF_ONE = 30;

@Needs('read')
@Controller()
export class LiveController {
  /** Key: 'member 7'; value: open streams. */
  private readonly open = new Map<string, number>();

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
    const leave = this.enter(who);
    const stream = openEventStream(request, response, {
      pingS: LIVE_PING_S,
      isWelcome: () => this.sessions.isStillIn(who, 'read'),
    });
    stream.send({ type: 'snapshot', data: this.live.dashboard() });
    stream.onClose(this.live.subscribe(stream.send));
    stream.onClose(leave);
  }

  /** 503 for whoever has too many streams already. Returns how to leave. */
  private enter(who: Principal): () => void {
    const key = `${who.kind} ${who.kind === 'member' ? who.member.id : who.id}`;
    const count = this.open.get(key) ?? 0;
    if (count >= MAX_STREAMS_OF_ONE) throw new AppError('request.too_many');
    this.open.set(key, count + 1);
    return () => {
      const left = (this.open.get(key) ?? 1) - 1;
      if (left === 0) this.open.delete(key);
      else this.open.set(key, left);
    };
  }
}
