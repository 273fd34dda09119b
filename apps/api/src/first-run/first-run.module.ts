import { Module } from '@nestjs/common';
import { FirstRunController } from './first-run.controller';
import { SettingsPageModule } from '../settings-page/settings-page.module';
import { FirstRunService } from './first-run.service';

/** The way of a new lab from the first login to the first use. */
@Module({
  imports: [SettingsPageModule],
  controllers: [FirstRunController],
  providers: [FirstRunService],
})
export class FirstRunModule {}
