import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Settings } from './settings';

export type { DatabaseLocation } from './database-url';
export type { Settings } from './settings';

/** Injection token: `@Inject(SETTINGS) settings: Settings`. */
export const SETTINGS = Symbol('settings');

/** Gives every module the settings that the start read once. */
@Global()
@Module({})
export class SettingsModule {
  static register(settings: Settings): DynamicModule {
    return {
      module: SettingsModule,
      providers: [{ provide: SETTINGS, useValue: settings }],
      exports: [SETTINGS],
    };
  }
}
