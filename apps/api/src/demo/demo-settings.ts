import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../settings/settings.module';
import { DEMO_EMAIL } from './demo-login';

/**
 * Settings for `--demo`: the same ports and pages, but a database and a data folder of their own,
 * which are gone when the process ends, and no mails and no broker of somebody else.
 */
export function demoSettings(settings: Settings): Settings {
  const folder = mkdtempSync(join(tmpdir(), 'fabomatic-demo-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return {
    ...settings,
    data: { folder },
    backup: { ...settings.backup, folder: join(folder, 'backups') },
    database: {
      ...settings.database,
      url: 'sqlite:///demo.db',
      location: { kind: 'sqlite', file: join(folder, 'demo.db') },
    },
    // The demo's own boards have no accounts; whoever looks around can make some.
    mqtt: { ...settings.mqtt, broker: 'embedded', isEmbedded: true, boardAccounts: 'optional' },
    web: { ...settings.web, defaultAdminEmail: DEMO_EMAIL },
    email: { ...settings.email, server: null },
  };
}
