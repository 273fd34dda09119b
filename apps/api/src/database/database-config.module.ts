import { Global, Module } from '@nestjs/common';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { DATABASE_CONFIG, type DatabaseConfig } from './database-config';

/** What the settings say about the database. */
@Global()
@Module({
  providers: [
    {
      provide: DATABASE_CONFIG,
      inject: [SETTINGS],
      useFactory: ({ database, backup, web }: Settings): DatabaseConfig => ({
        target: database.location,
        backupFolder: backup.folder,
        adminEmail: web.defaultAdminEmail,
      }),
    },
  ],
  exports: [DATABASE_CONFIG],
})
export class DatabaseConfigModule {}
