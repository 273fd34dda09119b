import { Module } from '@nestjs/common';
import { BackupsModule } from '../backups/backups.module';
import { BoardsModule } from '../boards/boards.module';
import { MembersModule } from '../members/members.module';
import { MessageRates } from './message-rates.service';
import { MetricsService } from './metrics.service';
import { SystemController } from './system.controller';
import { SystemParts, SystemService } from './system.service';
import { WatchingController } from './watching.controller';

@Module({
  imports: [BackupsModule, BoardsModule, MembersModule],
  controllers: [SystemController, WatchingController],
  providers: [MessageRates, MetricsService, SystemParts, SystemService],
})
export class SystemModule {}
