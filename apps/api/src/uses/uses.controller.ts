import { type Page, pageOf, QueryId } from '@fabomatic/kernel';
import { UseCorrection, UseCreate, UseListQuery, UseRemoval, UseView } from '@fabomatic/uses';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '../audit/audit.service';
import { By, Needs } from '../auth/session.guard';
import { UseRecordsService } from './use-records.service';

/** Uses move the hours of machines: who may change machines may change them. */
@Needs('machines')
@Controller('uses')
export class UsesController {
  constructor(private readonly records: UseRecordsService) {}

  @Get()
  @Needs('read')
  @ApiOkResponse({ standardSchema: pageOf(UseView) })
  list(@Query({ schema: UseListQuery }) query: UseListQuery): Promise<Page<UseView>> {
    return this.records.list(query);
  }

  @Get(':id')
  @Needs('read')
  @ApiOkResponse({ standardSchema: UseView })
  get(@Param('id', { schema: QueryId }) id: number): Promise<UseView> {
    return this.records.get(id);
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: UseView })
  create(@By() by: Actor, @Body({ schema: UseCreate }) body: UseCreate): Promise<UseView> {
    return this.records.create(by, body);
  }

  /** Ends an open use whose board has been silent for ten minutes. */
  @Post(':id/close')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: UseView })
  close(@By() by: Actor, @Param('id', { schema: QueryId }) id: number): Promise<UseView> {
    return this.records.close(by, id);
  }

  @Patch(':id')
  @ApiOkResponse({ standardSchema: UseView })
  correct(
    @By() by: Actor,
    @Param('id', { schema: QueryId }) id: number,
    @Body({ schema: UseCorrection }) body: UseCorrection,
  ): Promise<UseView> {
    return this.records.correct(by, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(
    @By() by: Actor,
    @Param('id', { schema: QueryId }) id: number,
    @Query({ schema: UseRemoval }) removal: UseRemoval,
  ): Promise<void> {
    return this.records.remove(by, id, removal);
  }
}
