import { HttpClient } from '@angular/common/http';
import { inject } from '@angular/core';
import {
  type BrokerTest,
  ConnectionTestView,
  type DatabaseTest,
  type MailTest,
  type SettingsUpdate,
  SettingsView,
} from '@fabomatic/system';
import { firstValueFrom } from 'rxjs';

export const SETTINGS_URL = '/api/v1/settings';

/** What each test button may be given; see the schemas. */
export interface TestBodies {
  mail: MailTest;
  broker: BrokerTest;
  database: DatabaseTest;
}
export type TestKind = keyof TestBodies;

export interface SettingsApi {
  update(body: SettingsUpdate): Promise<SettingsView>;
  test<K extends TestKind>(kind: K, body: TestBodies[K]): Promise<ConnectionTestView>;
}

/** Makes a {@link SettingsApi}; call it where `inject` may be called. */
export function settingsApi(): SettingsApi {
  const http = inject(HttpClient);
  return {
    update: async (body) =>
      SettingsView.parse(await firstValueFrom(http.patch(SETTINGS_URL, body))),
    test: async (kind, body) =>
      ConnectionTestView.parse(
        await firstValueFrom(http.post(`${SETTINGS_URL}/test-${kind}`, body)),
      ),
  };
}
