import { timingSafeEqual } from 'node:crypto';
import { AppError } from '@fabomatic/kernel';
import { Controller, Get, Header, Headers, Inject, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import * as z from 'zod';
import { Public } from '../auth/session.guard';
import { ReadDb } from '../database/db';
import { LiveService } from '../live/live.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { databaseAnswers } from './database-answers';
import { MetricsService } from './metrics.service';

const ReadyView = z.object({ ready: z.boolean(), database: z.boolean(), broker: z.boolean() });
type ReadyView = z.infer<typeof ReadyView>;

const UNAVAILABLE = 503;

/** For those who watch the program from outside: without a session, outside `/api/v1`. */
@Controller()
export class WatchingController {
  constructor(
    private readonly db: ReadDb,
    private readonly live: LiveService,
    private readonly metrics: MetricsService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** 200 when boards and pages are served; 503 says what is missing. */
  @Public()
  @Get('readyz')
  @ApiOkResponse({ standardSchema: ReadyView })
  @Header('Cache-Control', 'no-store')
  async ready(@Res({ passthrough: true }) response: Response): Promise<ReadyView> {
    const database = await databaseAnswers(this.db);
    const broker = this.live.dashboard().broker.connected;
    const ready = database && broker;
    if (!ready) response.status(UNAVAILABLE);
    return { ready, database, broker };
  }

  /** There is nothing here unless `system.metrics_token` is set, and then only for who knows it. */
  @Public()
  @Get('metrics')
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  @Header('Cache-Control', 'no-store')
  async read(
    @Headers('authorization') authorization: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const { metricsToken } = this.settings.system;
    if (metricsToken === null) throw new AppError('request.not_found');
    if (!isSame(authorization ?? '', `Bearer ${metricsToken}`)) throw new AppError('auth.required');
    response.setHeader('Content-Type', this.metrics.contentType);
    return this.metrics.text();
  }
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
