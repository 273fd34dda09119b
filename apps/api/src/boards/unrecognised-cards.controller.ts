import { type Page, pageOf } from '@fabomatic/kernel';
import { UnrecognizedCardListQuery, UnrecognizedCardView } from '@fabomatic/members';
import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import * as z from 'zod';
import type { Actor } from '../audit/audit.service';
import { By, Needs } from '../auth/session.guard';
import { UnrecognisedCards } from './unrecognised-cards.service';

/** As it stands on the list: an import may have brought other forms than boards send. */
const ListedUid = z.string().min(1).max(60);

@Needs('members')
@Controller('unrecognized-cards')
export class UnrecognisedCardsController {
  constructor(private readonly cards: UnrecognisedCards) {}

  @Get()
  @Needs('read')
  @ApiOkResponse({ standardSchema: pageOf(UnrecognizedCardView) })
  list(
    @Query({ schema: UnrecognizedCardListQuery }) query: UnrecognizedCardListQuery,
  ): Promise<Page<UnrecognizedCardView>> {
    return this.cards.list(query);
  }

  @Delete(':uid')
  @HttpCode(204)
  remove(@By() by: Actor, @Param('uid', { schema: ListedUid }) uid: string): Promise<void> {
    return this.cards.remove(by, uid);
  }
}
