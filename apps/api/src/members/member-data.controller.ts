import { QueryId } from '@fabomatic/kernel';
import { type CurrentMemberView, ErasureView, MemberData } from '@fabomatic/members';
import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ByEditor, Caller, type Editor, Needs } from '../auth/session.guard';
import { MemberDataService } from './member-data.service';
import { MemberErasureService } from './member-erasure.service';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const FILE = { schema: { type: 'string', format: 'binary' } } as const;

/** What the law gives members: a copy of all that is known about them, and being forgotten. */
@Controller()
export class MemberDataController {
  constructor(
    private readonly data: MemberDataService,
    private readonly erasure: MemberErasureService,
  ) {}

  @Get('members/:id/data')
  @Needs('members')
  @ApiOkResponse({ standardSchema: MemberData })
  get(@ByEditor() editor: Editor, @Param('id', { schema: QueryId }) id: number) {
    return this.data.ofMember(editor, id);
  }

  @Get('members/:id/data.xlsx')
  @Needs('members')
  @ApiProduces(XLSX)
  @ApiOkResponse(FILE)
  async file(
    @ByEditor() editor: Editor,
    @Param('id', { schema: QueryId }) id: number,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.data.send(await this.data.ofMember(editor, id), request, response);
  }

  @Get('me/data')
  @Needs('self')
  @ApiOkResponse({ standardSchema: MemberData })
  own(@Caller() { id }: CurrentMemberView): Promise<MemberData> {
    return this.data.own(id);
  }

  @Get('me/data.xlsx')
  @Needs('self')
  @ApiProduces(XLSX)
  @ApiOkResponse(FILE)
  async ownFile(
    @Caller() { id }: CurrentMemberView,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.data.send(await this.data.own(id), request, response);
  }

  @Get('members/erasure')
  @Needs('admin')
  @ApiOkResponse({ standardSchema: ErasureView })
  erasureView(): Promise<ErasureView> {
    return this.erasure.view();
  }

  /** For ever: no restore brings it back. */
  @Post('members/:id/erase')
  @Needs('admin')
  @HttpCode(204)
  @ApiNoContentResponse()
  erase(@ByEditor() editor: Editor, @Param('id', { schema: QueryId }) id: number): Promise<void> {
    return this.erasure.erase(editor, id);
  }
}
