import { type Page, pageOf, QueryId } from '@fabomatic/kernel';
import {
  MachineTypeCreate,
  MachineTypeListQuery,
  MachineTypeUpdate,
  MachineTypeView,
} from '@fabomatic/machines';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '../audit/audit.service';
import { By, Needs } from '../auth/session.guard';
import { MachineTypesService } from './machine-types.service';

@Needs('machines')
@Controller('machine-types')
export class MachineTypesController {
  constructor(private readonly types: MachineTypesService) {}

  @Get()
  @Needs('read')
  @ApiOkResponse({ standardSchema: pageOf(MachineTypeView) })
  list(
    @Query({ schema: MachineTypeListQuery }) query: MachineTypeListQuery,
  ): Promise<Page<MachineTypeView>> {
    return this.types.list(query);
  }

  @Get(':id')
  @Needs('read')
  @ApiOkResponse({ standardSchema: MachineTypeView })
  get(@Param('id', { schema: QueryId }) id: number): Promise<MachineTypeView> {
    return this.types.get(id);
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: MachineTypeView })
  create(
    @By() by: Actor,
    @Body({ schema: MachineTypeCreate }) body: MachineTypeCreate,
  ): Promise<MachineTypeView> {
    return this.types.create(by, body);
  }

  @Patch(':id')
  @ApiOkResponse({ standardSchema: MachineTypeView })
  update(
    @By() by: Actor,
    @Param('id', { schema: QueryId }) id: number,
    @Body({ schema: MachineTypeUpdate }) body: MachineTypeUpdate,
  ): Promise<MachineTypeView> {
    return this.types.update(by, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@By() by: Actor, @Param('id', { schema: QueryId }) id: number): Promise<void> {
    return this.types.remove(by, id);
  }
}
