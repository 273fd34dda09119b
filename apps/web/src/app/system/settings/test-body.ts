import type { TestBodies, TestKind } from './settings-api';
import type { SettingsDraft } from './setting-value';

/** What each key is called in the body of its test. */
const NAMES: Record<TestKind, Readonly<Record<string, string>>> = {
  mail: {
    'email.server': 'server',
    'email.port': 'port',
    'email.use_tls': 'useTls',
    'email.tls_ca_file': 'tlsCaFile',
    'email.username': 'username',
    'email.password': 'password',
    'email.sender': 'sender',
  },
  broker: {
    'MQTT.broker': 'broker',
    'MQTT.port': 'port',
    'MQTT.tls': 'tls',
    'MQTT.tls_ca_file': 'tlsCaFile',
    'MQTT.user': 'user',
    'MQTT.password': 'password',
  },
  database: { 'database.url': 'url' },
};

/** Of what was changed that which the test takes; the API knows the rest. */
export function testBody<K extends TestKind>(kind: K, changes: SettingsDraft): TestBodies[K] {
  const entries = Object.entries(NAMES[kind]).flatMap(([path, name]) => {
    const value = changes[path];
    return value === undefined || value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries) as TestBodies[K];
}
