import { Module } from '@nestjs/common';
import { SearchController } from './search.controller';
import { SearchService } from './search.service';

/** One search over members, cards, machines and plans. */
@Module({ controllers: [SearchController], providers: [SearchService] })
export class SearchModule {}
