import { type Page, pageOf } from '@fabomatic/kernel';
import { UseListQuery, UseView } from '@fabomatic/uses';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Needs } from '../auth/session.guard';
import { ReadDb } from '../database/db';
import { listUses } from './use-list.queries';

@Needs('read')
@Controller('uses')
export class UsesController {
  constructor(private readonly db: ReadDb) {}

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(UseView) })
  list(@Query({ schema: UseListQuery }) query: UseListQuery): Promise<Page<UseView>> {
    return listUses(this.db, query);
  }
}
