import { type Page, pageOf, QueryId } from '@fabomatic/kernel';
import {
  AlertMailsRequest,
  AlertMailsSent,
  MailListQuery,
  MailPreview,
  MailPreviewQuery,
  MailView,
  TestMailRequest,
  TestMailResult,
  WeeklySummaryPlan,
  WeeklySummarySent,
} from '@fabomatic/members';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '../audit/audit.service';
import { By, Needs } from '../auth/session.guard';
import { ReadDb } from '../database/db';
import { MachineAlerts } from './machine-alerts.service';
import { MailPreviews } from './mail-previews.service';
import { MailQueue } from './mail-queue.service';
import { listMails } from './mails.queries';
import { TestMailService } from './test-mail.service';
import { WeeklySummaries } from './weekly-summaries.service';

@Needs('admin')
@Controller('system')
export class MailController {
  constructor(
    private readonly db: ReadDb,
    private readonly testMail: TestMailService,
    private readonly queue: MailQueue,
    private readonly previews: MailPreviews,
    private readonly summaries: WeeklySummaries,
    private readonly alerts: MachineAlerts,
  ) {}

  /** Waits for the mail server, so that its own words are the answer. */
  @Post('test-mail')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: TestMailResult })
  test(
    @By() by: Actor,
    @Body({ schema: TestMailRequest }) body: TestMailRequest,
  ): Promise<TestMailResult> {
    return this.testMail.send(by, body);
  }

  @Get('mails')
  @ApiOkResponse({ standardSchema: pageOf(MailView) })
  list(@Query({ schema: MailListQuery }) query: MailListQuery): Promise<Page<MailView>> {
    return listMails(this.db, query);
  }

  @Post('mails/:id/retry')
  @HttpCode(204)
  retry(@By() by: Actor, @Param('id', { schema: QueryId }) id: number): Promise<void> {
    return this.queue.retry(by, id);
  }

  /** Takes it out of the queue; its line in the log stays. */
  @Delete('mails/:id')
  @HttpCode(204)
  discard(@By() by: Actor, @Param('id', { schema: QueryId }) id: number): Promise<void> {
    return this.queue.discard(by, id);
  }

  @Get('mail-preview')
  @ApiOkResponse({ standardSchema: MailPreview })
  preview(
    @By() by: Actor,
    @Query({ schema: MailPreviewQuery }) query: MailPreviewQuery,
  ): Promise<MailPreview> {
    return this.previews.preview(by, query);
  }

  @Get('weekly-summary')
  @ApiOkResponse({ standardSchema: WeeklySummaryPlan })
  plan(): Promise<WeeklySummaryPlan> {
    return this.summaries.plan();
  }

  @Post('weekly-summary/send')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: WeeklySummarySent })
  send(@By() by: Actor): Promise<WeeklySummarySent> {
    return this.summaries.send(by);
  }

  /** To whoever asked for mails of this kind: all that is due, or silent, now. */
  @Post('alert-mails/send')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: AlertMailsSent })
  async sendAlerts(
    @By() by: Actor,
    @Body({ schema: AlertMailsRequest }) { topic }: AlertMailsRequest,
  ): Promise<AlertMailsSent> {
    return { mails: await this.alerts.send(by, topic) };
  }
}
