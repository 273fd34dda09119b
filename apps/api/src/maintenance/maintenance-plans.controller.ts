import { type Page, pageOf, QueryId } from '@fabomatic/kernel';
import {
  MaintenancePlanCreate,
  MaintenancePlanImpactView,
  MaintenancePlanListQuery,
  MaintenancePlanUpdate,
  MaintenancePlanView,
} from '@fabomatic/maintenance';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '../audit/audit.service';
import { By, Needs } from '../auth/session.guard';
import { MaintenancePlansService } from './maintenance-plans.service';

@Needs('machines')
@Controller('maintenance-plans')
export class MaintenancePlansController {
  constructor(private readonly plans: MaintenancePlansService) {}

  @Get()
  @Needs('read')
  @ApiOkResponse({ standardSchema: pageOf(MaintenancePlanView) })
  list(
    @Query({ schema: MaintenancePlanListQuery }) query: MaintenancePlanListQuery,
  ): Promise<Page<MaintenancePlanView>> {
    return this.plans.list(query);
  }

  @Get(':id')
  @Needs('read')
  @ApiOkResponse({ standardSchema: MaintenancePlanView })
  get(@Param('id', { schema: QueryId }) id: number): Promise<MaintenancePlanView> {
    return this.plans.get(id);
  }

  @Get(':id/impact')
  @ApiOkResponse({ standardSchema: MaintenancePlanImpactView })
  impact(@Param('id', { schema: QueryId }) id: number): Promise<MaintenancePlanImpactView> {
    return this.plans.impact(id);
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: MaintenancePlanView })
  create(
    @By() by: Actor,
    @Body({ schema: MaintenancePlanCreate }) body: MaintenancePlanCreate,
  ): Promise<MaintenancePlanView> {
    return this.plans.create(by, body);
  }

  @Patch(':id')
  @ApiOkResponse({ standardSchema: MaintenancePlanView })
  update(
    @By() by: Actor,
    @Param('id', { schema: QueryId }) id: number,
    @Body({ schema: MaintenancePlanUpdate }) body: MaintenancePlanUpdate,
  ): Promise<MaintenancePlanView> {
    return this.plans.update(by, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@By() by: Actor, @Param('id', { schema: QueryId }) id: number): Promise<void> {
    return this.plans.remove(by, id);
  }
}
