import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { AuditModule } from './audit/audit.module';
import { AuthModule } from './auth/auth.module';
import { BackupsModule } from './backups/backups.module';
import { AuthorizationsModule } from './authorizations/authorizations.module';
import { BoardsModule } from './boards/boards.module';
import { DatabaseModule } from './database/database.module';
import { DatabaseConfigModule } from './database/database-config.module';
import { JobsModule } from './jobs/jobs.module';
import { ExportsModule } from './exports/exports.module';
import { ImportsModule } from './import/imports.module';
import { LabModule } from './lab/lab.module';
import { LiveModule } from './live/live.module';
import { MailModule } from './mail/mail.module';
import { MachinesModule } from './machines/machines.module';
import { MeModule } from './me/me.module';
import { MemberImportModule } from './member-import/member-import.module';
import { MembersModule } from './members/members.module';
import { PublicModule } from './public/public.module';
import { SearchModule } from './search/search.module';
import { RetentionModule } from './retention/retention.module';
import { StatisticsModule } from './statistics/statistics.module';
import { SettingsPageModule } from './settings-page/settings-page.module';
import { SystemModule } from './system/system.module';
import { UsesModule } from './uses/uses.module';
import { DataFolderModule, type DataFolder, type Secrets } from './data-folder/data-folder.module';
import { DemoModule } from './demo/demo.module';
import { FirstRunModule } from './first-run/first-run.module';
import { FirmwareModule } from './firmware/firmware.module';
import { HttpModule } from './http/http.module';
import { LoggingModule } from './logging/logging.module';
import { type Settings, SettingsModule } from './settings/settings.module';

/** What the start has prepared before Nest begins. */
export interface Platform {
  readonly settings: Settings;
  readonly dataFolder: DataFolder;
  readonly secrets: Secrets;
  readonly version: string;
  /** `--demo`: a believable lab on a database that is thrown away. */
  readonly isDemo: boolean;
}

/** The domains, one line each. They get settings, data folder and logging by injection. */
const FEATURES: readonly Type[] = [
  DatabaseConfigModule,
  DatabaseModule,
  LabModule,
  AuditModule,
  MailModule,
  AuthModule,
  LiveModule,
  MachinesModule,
  MemberImportModule,
  MembersModule,
  MeModule,
  AuthorizationsModule,
  UsesModule,
  StatisticsModule,
  BoardsModule,
  FirmwareModule,
  PublicModule,
  SearchModule,
  FirstRunModule,
  JobsModule,
  RetentionModule,
  BackupsModule,
  ImportsModule,
  ExportsModule,
  SystemModule,
  SettingsPageModule,
];

@Module({})
export class AppModule {
  static register(platform: Platform): DynamicModule {
    return {
      module: AppModule,
      imports: [
        SettingsModule.register(platform.settings),
        DataFolderModule.register(platform.dataFolder, platform.secrets),
        LoggingModule,
        HttpModule.register(platform.version),
        ...FEATURES,
        ...(platform.isDemo ? [DemoModule] : []),
      ],
    };
  }
}
