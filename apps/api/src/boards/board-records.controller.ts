import { BoardListQuery, BoardView } from '@fabomatic/boards';
import { type Page, pageOf, QueryId } from '@fabomatic/kernel';
import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '../audit/audit.service';
import { By, Needs } from '../auth/session.guard';
import { BoardRecords } from './board-records.service';

@Needs('machines')
@Controller('boards')
export class BoardRecordsController {
  constructor(private readonly boards: BoardRecords) {}

  @Get()
  @Needs('read')
  @ApiOkResponse({ standardSchema: pageOf(BoardView) })
  list(@Query({ schema: BoardListQuery }) query: BoardListQuery): Promise<Page<BoardView>> {
    return this.boards.list(query);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@By() by: Actor, @Param('id', { schema: QueryId }) id: number): Promise<void> {
    return this.boards.remove(by, id);
  }
}
