import { type Page, pageOf, QueryId } from '@fabomatic/kernel';
import {
  AuthorizationBulk,
  AuthorizationBulkResult,
  AuthorizationCreate,
  AuthorizationListQuery,
  AuthorizationMatrix,
  AuthorizationMatrixQuery,
  AuthorizationView,
} from '@fabomatic/members';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '../audit/audit.service';
import { By, Needs } from '../auth/session.guard';
import { AuthorizationsService } from './authorizations.service';

@Needs('members')
@Controller('authorizations')
export class AuthorizationsController {
  constructor(private readonly authorizations: AuthorizationsService) {}

  @Get()
  @Needs('read')
  @ApiOkResponse({ standardSchema: pageOf(AuthorizationView) })
  list(
    @Query({ schema: AuthorizationListQuery }) query: AuthorizationListQuery,
  ): Promise<Page<AuthorizationView>> {
    return this.authorizations.list(query);
  }

  @Get('matrix')
  @Needs('read')
  @ApiOkResponse({ standardSchema: AuthorizationMatrix })
  matrix(
    @Query({ schema: AuthorizationMatrixQuery }) query: AuthorizationMatrixQuery,
  ): Promise<AuthorizationMatrix> {
    return this.authorizations.matrix(query);
  }

  @Get(':id')
  @Needs('read')
  @ApiOkResponse({ standardSchema: AuthorizationView })
  get(@Param('id', { schema: QueryId }) id: number): Promise<AuthorizationView> {
    return this.authorizations.get(id);
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: AuthorizationView })
  create(
    @By() by: Actor,
    @Body({ schema: AuthorizationCreate }) body: AuthorizationCreate,
  ): Promise<AuthorizationView> {
    return this.authorizations.create(by, body);
  }

  /** Gives and takes away many together: all of it, or nothing. */
  @Post('bulk')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: AuthorizationBulkResult })
  bulk(
    @By() by: Actor,
    @Body({ schema: AuthorizationBulk }) body: AuthorizationBulk,
  ): Promise<AuthorizationBulkResult> {
    return this.authorizations.bulk(by, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@By() by: Actor, @Param('id', { schema: QueryId }) id: number): Promise<void> {
    return this.authorizations.remove(by, id);
  }
}
