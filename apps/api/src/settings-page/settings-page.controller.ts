import {
  BrokerTest,
  ConnectionTestView,
  DatabaseTest,
  MailTest,
  SettingsUpdate,
  SettingsView,
} from '@fabomatic/system';
import { Body, Controller, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '../audit/audit.service';
import { By, Needs } from '../auth/session.guard';
import { ConnectionTests } from './connection-tests.service';
import { SettingsPageService } from './settings-page.service';

@Needs('admin')
@Controller('settings')
export class SettingsPageController {
  constructor(
    private readonly settings: SettingsPageService,
    private readonly tests: ConnectionTests,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: SettingsView })
  view(): SettingsView {
    return this.settings.view();
  }

  @Patch()
  @ApiOkResponse({ standardSchema: SettingsView })
  update(
    @By() by: Actor,
    @Body({ schema: SettingsUpdate }) body: SettingsUpdate,
  ): Promise<SettingsView> {
    return this.settings.update(by, body);
  }

  @Post('test-broker')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: ConnectionTestView })
  testBroker(@Body({ schema: BrokerTest }) body: BrokerTest): Promise<ConnectionTestView> {
    return this.tests.testBroker(body);
  }

  @Post('test-database')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: ConnectionTestView })
  testDatabase(@Body({ schema: DatabaseTest }) body: DatabaseTest): Promise<ConnectionTestView> {
    return this.tests.testDatabase(body);
  }

  @Post('test-mail')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: ConnectionTestView })
  testMail(
    @By() by: Actor,
    @Body({ schema: MailTest }) body: MailTest,
  ): Promise<ConnectionTestView> {
    return this.tests.testMail(by, body);
  }
}
