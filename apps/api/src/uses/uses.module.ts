import { Global, Module } from '@nestjs/common';
import { UseSweeper } from './use-sweeper.service';
import { UsesController } from './uses.controller';
import { UsesService } from './uses.service';

@Global()
@Module({
  controllers: [UsesController],
  providers: [UsesService, UseSweeper],
  exports: [UsesService, UseSweeper],
})
export class UsesModule {}
