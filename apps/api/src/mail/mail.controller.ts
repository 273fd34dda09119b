import { type Page, pageOf } from '@fabomatic/kernel';
import { MailListQuery, MailView, TestMailRequest, TestMailResult } from '@fabomatic/members';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '../audit/audit.service';
import { By, Needs } from '../auth/session.guard';
import { ReadDb } from '../database/db';
import { listMails } from './mails.queries';
import { TestMailService } from './test-mail.service';

@Needs('admin')
@Controller('system')
export class MailController {
  constructor(
    private readonly db: ReadDb,
    private readonly testMail: TestMailService,
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
}
