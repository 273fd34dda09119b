import { FirstRunView } from '@fabomatic/machines';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Needs } from '../auth/session.guard';
import { FirstRunService } from './first-run.service';

@Needs('admin')
@Controller('first-run')
export class FirstRunController {
  constructor(private readonly firstRun: FirstRunService) {}

  @Get()
  @ApiOkResponse({ standardSchema: FirstRunView })
  view(): Promise<FirstRunView> {
    return this.firstRun.view();
  }
}
