import { Module } from '@nestjs/common';
import { BoardsModule } from '../boards/boards.module';
import { ImportsController } from './imports.controller';
import { ImportsService } from './imports.service';

@Module({
  // What boards told of themselves is read anew.
  imports: [BoardsModule],
  controllers: [ImportsController],
  providers: [ImportsService],
})
export class ImportsModule {}
