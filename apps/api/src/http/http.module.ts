import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { AppExceptionFilter } from './app-exception.filter';
import { HealthController, VERSION } from './health.controller';
import { SchemaPipe } from './schema.pipe';

export type { ErrorBody } from './app-exception.filter';

/** What every request goes through, whichever domain it is for. */
@Module({})
export class HttpModule {
  static register(version: string): DynamicModule {
    return {
      module: HttpModule,
      controllers: [HealthController],
      providers: [
        { provide: VERSION, useValue: version },
        { provide: APP_FILTER, useClass: AppExceptionFilter },
        { provide: APP_PIPE, useClass: SchemaPipe },
      ],
    };
  }
}
