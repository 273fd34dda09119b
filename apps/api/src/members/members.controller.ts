import { type Page, pageOf, PageQuery } from '@fabomatic/kernel';
import { MemberView } from '@fabomatic/members';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Needs } from '../auth/session.guard';
import { ReadDb } from '../database/db';
import { listMembers } from './member-list.queries';

@Needs('read')
@Controller('members')
export class MembersController {
  constructor(private readonly db: ReadDb) {}

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(MemberView) })
  list(@Query({ schema: PageQuery }) query: PageQuery): Promise<Page<MemberView>> {
    return listMembers(this.db, query);
  }
}
