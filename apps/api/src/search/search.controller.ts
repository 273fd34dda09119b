import { SearchQuery, SearchResults } from '@fabomatic/members';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Needs } from '../auth/session.guard';
import { SearchService } from './search.service';

@Needs('read')
@Controller('search')
export class SearchController {
  constructor(private readonly search: SearchService) {}

  @Get()
  @ApiOkResponse({ standardSchema: SearchResults })
  find(@Query({ schema: SearchQuery }) query: SearchQuery): Promise<SearchResults> {
    return this.search.find(query);
  }
}
