import { type Page, PageQuery } from '@fabomatic/kernel';
import type { MachineView } from '@fabomatic/machines';
import { Controller, Get, Query } from '@nestjs/common';
import { MachinesService } from './machines.service';

@Controller('machines')
export class MachinesController {
  constructor(private readonly machines: MachinesService) {}

  @Get()
  list(@Query({ schema: PageQuery }) query: PageQuery): Page<MachineView> {
    return this.machines.list(query);
  }
}
