import { Module } from '@nestjs/common';
import { BoardsModule } from '../boards/boards.module';
import { BoardUpdate } from './board-update.service';
import { FirmwareController } from './firmware.controller';
import { FirmwareImages } from './firmware-images.service';
import { FirmwareRollouts } from './firmware-rollouts.service';

/** New firmware for the boards, over the air. */
@Module({
  imports: [BoardsModule],
  controllers: [FirmwareController],
  providers: [BoardUpdate, FirmwareImages, FirmwareRollouts],
  exports: [FirmwareImages],
})
export class FirmwareModule {}
