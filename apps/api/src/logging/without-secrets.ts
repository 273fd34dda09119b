import type { Settings } from '../settings/settings.module';
import type { LogFiles } from './log-files';

/** Shorter ones are words that a line may hold by chance. */
const MIN_LENGTH = 6;
const HIDDEN = '(hidden)';

/** What the settings know and nobody may read in a log, such as the password of a mail server. */
export function secretsOf({ database, mqtt, web, email, system }: Settings): string[] {
  const { location } = database;
  const password = location.kind === 'postgres' ? new URL(location.url).password : null;
  return [
    password,
    password === null ? null : decodeURIComponent(password),
    mqtt.password,
    web.secretKey,
    email.password,
    system.metricsToken,
  ].filter((secret): secret is string => secret !== null && secret.length >= MIN_LENGTH);
}

/** Takes them out of each line, whoever wrote them there: a driver's error may name its address. */
export function withoutSecrets(files: LogFiles, secrets: readonly string[]): LogFiles {
  // As they stand in a line of JSON.
  const written = secrets.map((secret) => JSON.stringify(secret).slice(1, -1));
  return {
    write: (line) =>
      files.write(written.reduce((text, secret) => text.replaceAll(secret, HIDDEN), line)),
    flush: () => files.flush(),
  };
}
