import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { DataFolderModule, type DataFolder, type Secrets } from './data-folder/data-folder.module';
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
function features(_platform: Platform): (Type | DynamicModule)[] {
  return [];
}

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
        ...features(platform),
      ],
    };
  }
}
