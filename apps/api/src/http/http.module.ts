import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AppExceptionFilter } from './app-exception.filter';
import { HealthController, VERSION } from './health.controller';

export type { ErrorBody } from './app-exception.filter';
export { ZodValidationPipe } from './zod-validation.pipe';

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
      ],
    };
  }
}
