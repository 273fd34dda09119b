import { Global, Module } from '@nestjs/common';
import { UseRecordsService } from './use-records.service';
import { UseSweeper } from './use-sweeper.service';
import { UsesController } from './uses.controller';
import { UsesService } from './uses.service';

@Global()
@Module({
  controllers: [UsesController],
  providers: [UsesService, UseRecordsService, UseSweeper],
  exports: [UsesService, UseRecordsService, UseSweeper],
})
export class UsesModule {}
