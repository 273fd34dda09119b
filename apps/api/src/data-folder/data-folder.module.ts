import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { DataFolder } from './data-folder';
import { SealService } from './seal.service';
import type { Secrets } from './secrets';
import { DATA_FOLDER, SECRETS } from './tokens';

export type { DataFolder } from './data-folder';
export type { Secrets } from './secrets';

export { DATA_FOLDER, SECRETS };
export { type Certificate, certificateFromFiles, selfSignedCertificate } from './certificate';
export { PRIVATE_FOLDER_MODE, writePrivateFile } from './private-file';

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
        SealService,
      ],
      exports: [DATA_FOLDER, SECRETS, SealService],
    };
  }
}
