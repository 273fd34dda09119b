import { BackupCheckView, BackupComparisonView, BackupList } from '@fabomatic/system';
import {
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Req,
  StreamableFile,
} from '@nestjs/common';
import { ApiConsumes, ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { Request } from 'express';
import * as z from 'zod';
import type { Actor } from '../audit/audit.service';
import { By, Needs } from '../auth/session.guard';
import { TakesFile } from '../http/body-time';
import { BackupsService } from './backups.service';

const BackupName = z.string().min(1).max(200);

@Needs('admin')
@Controller('backups')
export class BackupsController {
  constructor(private readonly backups: BackupsService) {}

  @Get()
  @ApiOkResponse({ standardSchema: BackupList })
  list(): BackupList {
    return this.backups.list();
  }

  /** Makes one now; answers when it was checked. */
  @Post()
  @ApiCreatedResponse({ standardSchema: BackupCheckView })
  make(@By() by: Actor): Promise<BackupCheckView> {
    return this.backups.make(by);
  }

  /** The body is the file itself. */
  @Post('upload')
  @TakesFile()
  @ApiConsumes('application/octet-stream')
  @ApiCreatedResponse({ standardSchema: BackupCheckView })
  upload(@By() by: Actor, @Req() request: Request): Promise<BackupCheckView> {
    return this.backups.takeIn(by, request);
  }

  @Delete('restore')
  @HttpCode(204)
  cancelRestore(@By() by: Actor): Promise<void> {
    return this.backups.cancelRestore(by);
  }

  @Get(':name/download')
  @ApiOkResponse({
    content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
  })
  async download(
    @By() by: Actor,
    @Param('name', { schema: BackupName }) name: string,
  ): Promise<StreamableFile> {
    const { stream, sizeBytes } = await this.backups.open(by, name);
    return new StreamableFile(stream, {
      type: 'application/octet-stream',
      disposition: `attachment; filename="${encodeURIComponent(name)}"`,
      length: sizeBytes,
    });
  }

  /** Opens it and reads all of it: 422 with what is wrong with it. Changes nothing. */
  @Post(':name/check')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: BackupComparisonView })
  check(@Param('name', { schema: BackupName }) name: string): Promise<BackupComparisonView> {
    return this.backups.check(name);
  }

  /** Takes effect at the next start: nothing has the database open then. */
  @Post(':name/restore')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: BackupCheckView })
  restore(
    @By() by: Actor,
    @Param('name', { schema: BackupName }) name: string,
  ): Promise<BackupCheckView> {
    return this.backups.askRestore(by, name);
  }

  @Delete(':name')
  @HttpCode(204)
  remove(@By() by: Actor, @Param('name', { schema: BackupName }) name: string): Promise<void> {
    return this.backups.remove(by, name);
  }
}
