import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { DataFolder } from './data-folder';
import type { Secrets } from './secrets';

export type { DataFolder } from './data-folder';
export type { Secrets } from './secrets';

/** Injection token: `@Inject(DATA_FOLDER) folder: DataFolder`. */
export const DATA_FOLDER = Symbol('data folder');
/** Injection token: `@Inject(SECRETS) secrets: Secrets`. */
export const SECRETS = Symbol('secrets');

/** Gives every module the prepared data folder and the secrets in it. */
@Global()
@Module({})
export class DataFolderModule {
  static register(folder: DataFolder, secrets: Secrets): DynamicModule {
    return {
      module: DataFolderModule,
      providers: [
        { provide: DATA_FOLDER, useValue: folder },
        { provide: SECRETS, useValue: secrets },
      ],
      exports: [DATA_FOLDER, SECRETS],
    };
  }
}
