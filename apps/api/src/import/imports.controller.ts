import { ImportReportView, ImportRun, ImportState, ImportUploadQuery } from '@fabomatic/system';
import { Body, Controller, Delete, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiConsumes, ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Actor } from '../audit/audit.service';
import { By, Needs, NotByKey } from '../auth/session.guard';
import { TakesFile } from '../http/body-time';
import { ImportsService } from './imports.service';

/** Moving in from the original, in the portal. */
@Needs('admin')
@NotByKey()
@Controller('imports')
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Get()
  @ApiOkResponse({ standardSchema: ImportState })
  state(): Promise<ImportState> {
    return this.imports.state();
  }

  /** The body is the file itself. */
  @Post('upload')
  @TakesFile()
  @ApiConsumes('application/octet-stream')
  @ApiCreatedResponse({ standardSchema: ImportState })
  upload(
    @Query({ schema: ImportUploadQuery }) { name }: ImportUploadQuery,
    @Req() request: Request,
  ): Promise<ImportState> {
    return this.imports.takeIn(name, request);
  }

  @Delete('upload')
  @HttpCode(204)
  forget(): void {
    this.imports.forget();
  }

  /** Into a database that is thrown away: what would be done. */
  @Post('trial')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: ImportReportView })
  trial(@By() by: Actor, @Body({ schema: ImportRun }) body: ImportRun): Promise<ImportReportView> {
    return this.imports.tryOut(by, body);
  }

  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: ImportReportView })
  run(@By() by: Actor, @Body({ schema: ImportRun }) body: ImportRun): Promise<ImportReportView> {
    return this.imports.run(by, body);
  }
}
