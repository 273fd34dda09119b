import { type Page, pageOf, QueryId } from '@fabomatic/kernel';
import {
  InterventionCreate,
  InterventionListQuery,
  InterventionUpdate,
  InterventionView,
} from '@fabomatic/maintenance';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '../audit/audit.service';
import { By, Needs } from '../auth/session.guard';
import { InterventionsService } from './interventions.service';

@Needs('machines')
@Controller('interventions')
export class InterventionsController {
  constructor(private readonly interventions: InterventionsService) {}

  @Get()
  @Needs('read')
  @ApiOkResponse({ standardSchema: pageOf(InterventionView) })
  list(
    @Query({ schema: InterventionListQuery }) query: InterventionListQuery,
  ): Promise<Page<InterventionView>> {
    return this.interventions.list(query);
  }

  @Get(':id')
  @Needs('read')
  @ApiOkResponse({ standardSchema: InterventionView })
  get(@Param('id', { schema: QueryId }) id: number): Promise<InterventionView> {
    return this.interventions.get(id);
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: InterventionView })
  create(
    @By() by: Actor,
    @Body({ schema: InterventionCreate }) body: InterventionCreate,
  ): Promise<InterventionView> {
    return this.interventions.create(by, body);
  }

  @Patch(':id')
  @ApiOkResponse({ standardSchema: InterventionView })
  update(
    @By() by: Actor,
    @Param('id', { schema: QueryId }) id: number,
    @Body({ schema: InterventionUpdate }) body: InterventionUpdate,
  ): Promise<InterventionView> {
    return this.interventions.update(by, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@By() by: Actor, @Param('id', { schema: QueryId }) id: number): Promise<void> {
    return this.interventions.remove(by, id);
  }
}
