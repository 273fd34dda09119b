import { StatisticsQuery, StatisticsView } from '@fabomatic/uses';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Needs } from '../auth/session.guard';
import { StatisticsService } from './statistics.service';

@Needs('read')
@Controller('statistics')
export class StatisticsController {
  constructor(private readonly statistics: StatisticsService) {}

  @Get()
  @ApiOkResponse({ standardSchema: StatisticsView })
  get(@Query({ schema: StatisticsQuery }) query: StatisticsQuery): Promise<StatisticsView> {
    return this.statistics.statistics(query);
  }
}
