import { LogQuery, LogView, SystemView } from '@fabomatic/system';
import { Controller, Get, HttpCode, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '../audit/audit.service';
import { By, Needs, NotByKey } from '../auth/session.guard';
import { SystemService } from './system.service';

@Needs('admin')
@Controller('system')
export class SystemController {
  constructor(private readonly system: SystemService) {}

  @Get()
  @ApiOkResponse({ standardSchema: SystemView })
  view(): Promise<SystemView> {
    return this.system.view();
  }

  @Get('logs')
  @ApiOkResponse({ standardSchema: LogView })
  logs(@Query({ schema: LogQuery }) query: LogQuery): Promise<LogView> {
    return this.system.logs(query);
  }

  @Get('logs/download')
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  async downloadLogs(@By() by: Actor): Promise<StreamableFile> {
    return new StreamableFile(await this.system.downloadLogs(by), {
      type: 'text/plain; charset=utf-8',
      disposition: 'attachment; filename="fabomatic-log.txt"',
    });
  }

  /** Ends it in half a second; 409 unless the settings say that something starts it again. */
  @NotByKey()
  @Post('restart')
  @HttpCode(204)
  restart(@By() by: Actor): Promise<void> {
    return this.system.restart(by);
  }
}
