import { type Page, pageOf, QueryId } from '@fabomatic/kernel';
import { ApiKeyCreate, ApiKeyListQuery, ApiKeyView, NewApiKeyView } from '@fabomatic/members';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '../audit/audit.service';
import { ApiKeysService } from './api-keys.service';
import { By } from './principal';
import { Needs, NotByKey } from './session.guard';

/** For people only: a key that leaked must not make others. */
@Needs('admin')
@NotByKey()
@Controller('api-keys')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(ApiKeyView) })
  list(@Query({ schema: ApiKeyListQuery }) query: ApiKeyListQuery): Promise<Page<ApiKeyView>> {
    return this.keys.list(query);
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: ApiKeyView })
  get(@Param('id', { schema: QueryId }) id: number): Promise<ApiKeyView> {
    return this.keys.get(id);
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: NewApiKeyView })
  create(
    @By() by: Actor,
    @Body({ schema: ApiKeyCreate }) body: ApiKeyCreate,
  ): Promise<NewApiKeyView> {
    return this.keys.create(by, body);
  }

  @Delete(':id')
  @HttpCode(204)
  revoke(@By() by: Actor, @Param('id', { schema: QueryId }) id: number): Promise<void> {
    return this.keys.revoke(by, id);
  }
}
