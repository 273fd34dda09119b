import type { Page } from '@fabomatic/kernel';
import { UseListQuery, type UseView } from '@fabomatic/uses';
import { Controller, Get, Query } from '@nestjs/common';
import { ReadDb } from '../database/db';
import { ZodValidationPipe } from '../http/http.module';
import { listUses } from './use-list.queries';

@Controller('uses')
export class UsesController {
  constructor(private readonly db: ReadDb) {}

  @Get()
  list(@Query(new ZodValidationPipe(UseListQuery)) query: UseListQuery): Promise<Page<UseView>> {
    return listUses(this.db, query);
  }
}
