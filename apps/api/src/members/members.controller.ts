import { type Page, pageOf, QueryId } from '@fabomatic/kernel';
import {
  CardCreate,
  CardUpdate,
  MemberCreate,
  MemberImpact,
  MemberListQuery,
  MemberSummary,
  MemberUpdate,
  MemberView,
} from '@fabomatic/members';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { ByEditor, type Editor, Needs } from '../auth/session.guard';
import { MemberCardsService } from './member-cards.service';
import { MembersService } from './members.service';
import { MembershipsService } from './memberships.service';

@Needs('members')
@Controller('members')
export class MembersController {
  constructor(
    private readonly members: MembersService,
    private readonly memberships: MembershipsService,
    private readonly cards: MemberCardsService,
  ) {}

  @Get()
  @Needs('read')
  @ApiOkResponse({ standardSchema: pageOf(MemberView) })
  list(@Query({ schema: MemberListQuery }) query: MemberListQuery): Promise<Page<MemberView>> {
    return this.members.list(query);
  }

  @Get(':id')
  @Needs('read')
  @ApiOkResponse({ standardSchema: MemberView })
  get(@Param('id', { schema: QueryId }) id: number): Promise<MemberView> {
    return this.members.get(id);
  }

  @Get(':id/summary')
  @Needs('read')
  @ApiOkResponse({ standardSchema: MemberSummary })
  summary(@Param('id', { schema: QueryId }) id: number): Promise<MemberSummary> {
    return this.members.summary(id);
  }

  @Get(':id/impact')
  @ApiOkResponse({ standardSchema: MemberImpact })
  impact(@Param('id', { schema: QueryId }) id: number): Promise<MemberImpact> {
    return this.members.impact(id);
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: MemberView })
  create(
    @ByEditor() editor: Editor,
    @Body({ schema: MemberCreate }) body: MemberCreate,
  ): Promise<MemberView> {
    return this.members.create(editor, body);
  }

  @Patch(':id')
  @ApiOkResponse({ standardSchema: MemberView })
  update(
    @ByEditor() editor: Editor,
    @Param('id', { schema: QueryId }) id: number,
    @Body({ schema: MemberUpdate }) body: MemberUpdate,
  ): Promise<MemberView> {
    return this.members.update(editor, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@ByEditor() editor: Editor, @Param('id', { schema: QueryId }) id: number): Promise<void> {
    return this.memberships.remove(editor, id);
  }

  @Post(':id/restore')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: MemberView })
  restore(
    @ByEditor() editor: Editor,
    @Param('id', { schema: QueryId }) id: number,
  ): Promise<MemberView> {
    return this.memberships.restore(editor, id);
  }

  @Post(':id/cards')
  @ApiCreatedResponse({ standardSchema: MemberView })
  addCard(
    @ByEditor() editor: Editor,
    @Param('id', { schema: QueryId }) id: number,
    @Body({ schema: CardCreate }) body: CardCreate,
  ): Promise<MemberView> {
    return this.cards.add(editor, id, body);
  }

  @Patch(':id/cards/:cardId')
  @ApiOkResponse({ standardSchema: MemberView })
  updateCard(
    @ByEditor() editor: Editor,
    @Param('id', { schema: QueryId }) id: number,
    @Param('cardId', { schema: QueryId }) cardId: number,
    @Body({ schema: CardUpdate }) body: CardUpdate,
  ): Promise<MemberView> {
    return this.cards.update(editor, id, cardId, body);
  }
}
