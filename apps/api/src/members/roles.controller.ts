import { type Page, pageOf, QueryId } from '@fabomatic/kernel';
import { RoleCreate, RoleDelete, RoleListQuery, RoleUpdate, RoleView } from '@fabomatic/members';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '../audit/audit.service';
import { By, Needs } from '../auth/session.guard';
import { RolesService } from './roles.service';

@Needs('admin')
@Controller('roles')
export class RolesController {
  constructor(private readonly roles: RolesService) {}

  @Get()
  @Needs('read')
  @ApiOkResponse({ standardSchema: pageOf(RoleView) })
  list(@Query({ schema: RoleListQuery }) query: RoleListQuery): Promise<Page<RoleView>> {
    return this.roles.list(query);
  }

  @Get(':id')
  @Needs('read')
  @ApiOkResponse({ standardSchema: RoleView })
  get(@Param('id', { schema: QueryId }) id: number): Promise<RoleView> {
    return this.roles.get(id);
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: RoleView })
  create(@By() by: Actor, @Body({ schema: RoleCreate }) body: RoleCreate): Promise<RoleView> {
    return this.roles.create(by, body);
  }

  @Patch(':id')
  @ApiOkResponse({ standardSchema: RoleView })
  update(
    @By() by: Actor,
    @Param('id', { schema: QueryId }) id: number,
    @Body({ schema: RoleUpdate }) body: RoleUpdate,
  ): Promise<RoleView> {
    return this.roles.update(by, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(
    @By() by: Actor,
    @Param('id', { schema: QueryId }) id: number,
    @Query({ schema: RoleDelete }) query: RoleDelete,
  ): Promise<void> {
    return this.roles.remove(by, id, query);
  }
}
