import { Module } from '@nestjs/common';
import { ConnectionTests } from './connection-tests.service';
import { SettingsPageController } from './settings-page.controller';
import { SettingsPageService } from './settings-page.service';

@Module({
  controllers: [SettingsPageController],
  providers: [SettingsPageService, ConnectionTests],
  exports: [SettingsPageService],
})
export class SettingsPageModule {}
