import { type Page, pageOf, QueryId } from '@fabomatic/kernel';
import {
  MachineCreate,
  MachineDeleteQuery,
  MachineImpactView,
  MachineListQuery,
  MachineUpdate,
  MachineView,
} from '@fabomatic/machines';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '../audit/audit.service';
import { By, Needs } from '../auth/session.guard';
import { MachinesService } from './machines.service';

@Needs('machines')
@Controller('machines')
export class MachinesController {
  constructor(private readonly machines: MachinesService) {}

  @Get()
  @Needs('read')
  @ApiOkResponse({ standardSchema: pageOf(MachineView) })
  list(@Query({ schema: MachineListQuery }) query: MachineListQuery): Page<MachineView> {
    return this.machines.list(query);
  }

  @Get(':id')
  @Needs('read')
  @ApiOkResponse({ standardSchema: MachineView })
  get(@Param('id', { schema: QueryId }) id: number): MachineView {
    return this.machines.get(id);
  }

  @Get(':id/impact')
  @ApiOkResponse({ standardSchema: MachineImpactView })
  impact(@Param('id', { schema: QueryId }) id: number): Promise<MachineImpactView> {
    return this.machines.impact(id);
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: MachineView })
  create(
    @By() by: Actor,
    @Body({ schema: MachineCreate }) body: MachineCreate,
  ): Promise<MachineView> {
    return this.machines.create(by, body);
  }

  @Patch(':id')
  @ApiOkResponse({ standardSchema: MachineView })
  update(
    @By() by: Actor,
    @Param('id', { schema: QueryId }) id: number,
    @Body({ schema: MachineUpdate }) body: MachineUpdate,
  ): Promise<MachineView> {
    return this.machines.update(by, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(
    @By() by: Actor,
    @Param('id', { schema: QueryId }) id: number,
    @Query({ schema: MachineDeleteQuery }) { force }: MachineDeleteQuery,
  ): Promise<void> {
    return this.machines.remove(by, id, force);
  }
}
