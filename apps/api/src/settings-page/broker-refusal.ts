import { readFileSync } from 'node:fs';
import { connect } from 'mqtt';
import type { Settings } from '../settings/settings.module';
import { systemErrorCode } from '../start-error';

const PATIENCE_MS = 5000;

export type BrokerAddress = Pick<
  Settings['mqtt'],
  'broker' | 'port' | 'tls' | 'tlsCaFile' | 'user' | 'password' | 'clientId'
>;

/**
 * Why an external broker does not let us in; null when it does. Under another name than the
 * product's, which would be thrown out otherwise.
 */
export function brokerRefusal(mqtt: BrokerAddress): Promise<string | null> {
  return new Promise((resolve) => {
    const client = connect({
      host: mqtt.broker,
      port: mqtt.port,
      protocol: mqtt.tls ? 'mqtts' : 'mqtt',
      clientId: `${mqtt.clientId}-test`,
      connectTimeout: PATIENCE_MS,
      reconnectPeriod: 0,
      ...(mqtt.tlsCaFile === null ? {} : { ca: readFileSync(mqtt.tlsCaFile) }),
      ...(mqtt.user === null ? {} : { username: mqtt.user }),
      ...(mqtt.password === null ? {} : { password: mqtt.password }),
    });
    const finish = (refusal: string | null) => {
      client.end(true);
      resolve(refusal);
    };
    client.once('connect', () => finish(null));
    client.once('error', (error) => finish(error.message || systemErrorCode(error) || 'no answer'));
    client.once('close', () => finish('no answer'));
  });
}
