import {
  BoardAccountCreate,
  BoardAccountListQuery,
  BoardAccountView,
  NewBoardAccountView,
} from '@fabomatic/boards';
import { type Page, pageOf, QueryId } from '@fabomatic/kernel';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '../audit/audit.service';
import { By, Needs } from '../auth/session.guard';
import { BoardAccounts } from './board-accounts.service';

/** Accounts are named by their machines: a machine has one at most. */
@Needs('machines')
@Controller('board-accounts')
export class BoardAccountsController {
  constructor(private readonly accounts: BoardAccounts) {}

  @Get()
  @Needs('read')
  @ApiOkResponse({ standardSchema: pageOf(BoardAccountView) })
  list(
    @Query({ schema: BoardAccountListQuery }) query: BoardAccountListQuery,
  ): Promise<Page<BoardAccountView>> {
    return this.accounts.list(query);
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: NewBoardAccountView })
  create(
    @By() by: Actor,
    @Body({ schema: BoardAccountCreate }) body: BoardAccountCreate,
  ): Promise<NewBoardAccountView> {
    return this.accounts.create(by, body);
  }

  @Post(':id/password')
  @ApiCreatedResponse({ standardSchema: NewBoardAccountView })
  renewPassword(
    @By() by: Actor,
    @Param('id', { schema: QueryId }) machineId: number,
  ): Promise<NewBoardAccountView> {
    return this.accounts.renewPassword(by, machineId);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@By() by: Actor, @Param('id', { schema: QueryId }) machineId: number): Promise<void> {
    return this.accounts.remove(by, machineId);
  }
}
