import { type Page, pageOf } from '@fabomatic/kernel';
import { JobList, JobRunListQuery, JobRunRequest, JobRunView } from '@fabomatic/system';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse } from '@nestjs/swagger';
import * as z from 'zod';
import type { Actor } from '../audit/audit.service';
import { By, Needs } from '../auth/session.guard';
import { JobsService } from './jobs.service';

const JobName = z.string().regex(/^[a-z][a-z-]{0,59}$/);

@Needs('admin')
@Controller('jobs')
export class JobsController {
  constructor(private readonly jobs: JobsService) {}

  @Get()
  @ApiOkResponse({ standardSchema: JobList })
  list(): Promise<JobList> {
    return this.jobs.list();
  }

  @Get(':name/runs')
  @ApiOkResponse({ standardSchema: pageOf(JobRunView) })
  runs(
    @Param('name', { schema: JobName }) name: string,
    @Query({ schema: JobRunListQuery }) query: JobRunListQuery,
  ): Promise<Page<JobRunView>> {
    return this.jobs.runs(name, query);
  }

  /** Starts a run; `runs` tells what becomes of it. */
  @Post(':name/run')
  @HttpCode(202)
  @ApiAcceptedResponse({ standardSchema: JobRunView })
  run(
    @By() by: Actor,
    @Param('name', { schema: JobName }) name: string,
    @Body({ schema: JobRunRequest }) { dryRun }: JobRunRequest,
  ): Promise<JobRunView> {
    return this.jobs.start(by, name, dryRun);
  }
}
