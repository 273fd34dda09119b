import type { Page } from '@fabomatic/kernel';
import { UseListQuery, type UseView } from '@fabomatic/uses';
import { Controller, Get, Query } from '@nestjs/common';
import { ReadDb } from '../database/db';
import { listUses } from './use-list.queries';

@Controller('uses')
export class UsesController {
  constructor(private readonly db: ReadDb) {}

  @Get()
  list(@Query({ schema: UseListQuery }) query: UseListQuery): Promise<Page<UseView>> {
    return listUses(this.db, query);
  }
}
