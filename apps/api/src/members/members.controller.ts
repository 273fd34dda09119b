import { type Page, PageQuery } from '@fabomatic/kernel';
import type { MemberView } from '@fabomatic/members';
import { Controller, Get, Query } from '@nestjs/common';
import { ReadDb } from '../database/db';
import { listMembers } from './member-list.queries';

@Controller('members')
export class MembersController {
  constructor(private readonly db: ReadDb) {}

  @Get()
  list(@Query({ schema: PageQuery }) query: PageQuery): Promise<Page<MemberView>> {
    return listMembers(this.db, query);
  }
}
