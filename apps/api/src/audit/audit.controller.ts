import { type Page, pageOf, QueryId } from '@fabomatic/kernel';
import { AuditEntryView, AuditListQuery, AuditVerificationView } from '@fabomatic/system';
import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse } from '@nestjs/swagger';
import { Needs } from '../auth/session.guard';
import { AuditTrailService } from './audit-trail.service';

@Needs('admin')
@Controller('audit')
export class AuditController {
  constructor(private readonly trail: AuditTrailService) {}

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(AuditEntryView) })
  list(@Query({ schema: AuditListQuery }) query: AuditListQuery): Promise<Page<AuditEntryView>> {
    return this.trail.list(query);
  }

  @Get('verification')
  @ApiOkResponse({ standardSchema: AuditVerificationView })
  verification(): AuditVerificationView {
    return this.trail.verification();
  }

  /** Begins to check every seal; `GET` tells how far it is, and the result. */
  @Post('verification')
  @HttpCode(202)
  @ApiAcceptedResponse({ standardSchema: AuditVerificationView })
  verify(): AuditVerificationView {
    return this.trail.startVerification();
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: AuditEntryView })
  get(@Param('id', { schema: QueryId }) id: number): Promise<AuditEntryView> {
    return this.trail.get(id);
  }
}
