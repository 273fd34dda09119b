import { type Page, pageOf, PageQuery } from '@fabomatic/kernel';
import { MachineView } from '@fabomatic/machines';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Needs } from '../auth/session.guard';
import { MachinesService } from './machines.service';

@Needs('read')
@Controller('machines')
export class MachinesController {
  constructor(private readonly machines: MachinesService) {}

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(MachineView) })
  list(@Query({ schema: PageQuery }) query: PageQuery): Page<MachineView> {
    return this.machines.list(query);
  }
}
