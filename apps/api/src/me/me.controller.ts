import { type Page, pageOf } from '@fabomatic/kernel';
import {
  CardView,
  MailPreferencesUpdate,
  MailPreferencesView,
  type CurrentMemberView,
  MemberSummary,
  MyAuthorizationView,
  MyDataUpdate,
  MyDataView,
  MyListQuery,
  MyUseView,
} from '@fabomatic/members';
import { Body, Controller, Get, Patch, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '../audit/audit.service';
import { By, Caller, Needs } from '../auth/session.guard';
import { MyMailsService } from './my-mails.service';
import { MeService } from './me.service';

/** A member's own page. The member is the one who is logged in, never one whom the request names. */
@Needs('self')
@Controller('me')
export class MeController {
  constructor(
    private readonly me: MeService,
    private readonly mails: MyMailsService,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: MyDataView })
  data(@Caller() { id }: CurrentMemberView): Promise<MyDataView> {
    return this.me.data(id);
  }

  @Patch()
  @ApiOkResponse({ standardSchema: MyDataView })
  update(
    @By() by: Actor,
    @Caller() { id }: CurrentMemberView,
    @Body({ schema: MyDataUpdate }) body: MyDataUpdate,
  ): Promise<MyDataView> {
    return this.me.update(by, id, body);
  }

  @Get('mail-preferences')
  @ApiOkResponse({ standardSchema: MailPreferencesView })
  mailPreferences(@Caller() { id }: CurrentMemberView): Promise<MailPreferencesView> {
    return this.mails.get(id);
  }

  @Patch('mail-preferences')
  @ApiOkResponse({ standardSchema: MailPreferencesView })
  updateMailPreferences(
    @By() by: Actor,
    @Caller() { id }: CurrentMemberView,
    @Body({ schema: MailPreferencesUpdate }) body: MailPreferencesUpdate,
  ): Promise<MailPreferencesView> {
    return this.mails.update(by, id, body);
  }

  @Get('cards')
  @ApiOkResponse({ standardSchema: pageOf(CardView) })
  cards(
    @Caller() { id }: CurrentMemberView,
    @Query({ schema: MyListQuery }) query: MyListQuery,
  ): Promise<Page<CardView>> {
    return this.me.cards(id, query);
  }

  @Get('authorizations')
  @ApiOkResponse({ standardSchema: pageOf(MyAuthorizationView) })
  authorizations(
    @Caller() { id }: CurrentMemberView,
    @Query({ schema: MyListQuery }) query: MyListQuery,
  ): Promise<Page<MyAuthorizationView>> {
    return this.me.authorizations(id, query);
  }

  /** What the member has done, machine by machine. */
  @Get('summary')
  @ApiOkResponse({ standardSchema: MemberSummary })
  summary(@Caller() { id }: CurrentMemberView): Promise<MemberSummary> {
    return this.me.summary(id);
  }

  @Get('uses')
  @ApiOkResponse({ standardSchema: pageOf(MyUseView) })
  uses(
    @Caller() { id }: CurrentMemberView,
    @Query({ schema: MyListQuery }) query: MyListQuery,
  ): Promise<Page<MyUseView>> {
    return this.me.uses(id, query);
  }
}
