/** The forms of values that more than one key of the settings takes, each with its words. */
import { isIP } from 'node:net';
import { z } from 'zod';
import { key } from './settings-keys';
import { parseJobSchedule } from '@fabomatic/system';
import { parseDatabaseUrl } from './database-url';

/** Languages that `libs/i18n` has words for. */
export const LANGUAGES = ['en', 'it', 'de', 'fr', 'es'] as const;
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug', 'trace'] as const;

/**
 * The keys in the original's manuals and example files, and the one of the settings that its tests use:
 * whoever copied one of them has a secret that everybody knows.
 */
const PUBLISHED_SECRET_KEY = /some_long_hex_string|lkgsj.12412lgjsd/i;
const MIN_SECRET_KEY_LENGTH = 16;

export const text = (fallback: string, description: string) =>
  key(z.string().default(fallback), { description, expected: 'a text', format: 'text' });

/** A text that is never shown. */
export const secret = (description: string) =>
  key(z.string().default(''), { description, expected: 'a text', format: 'text', isSecret: true });

/** `when`: what the path is needed for, or may be instead, in words that follow "the path of a file". */
export const filePath = (description: string, when = '') =>
  key(z.string().default(''), {
    description,
    expected: `the path of a file${when}`,
    format: 'file',
  });

export const folderPath = (description: string) =>
  key(z.string().default(''), {
    description,
    expected: 'the path of a folder, or ""',
    format: 'folder',
  });

export const requiredText = (fallback: string, description: string) =>
  key(z.string().trim().min(1).default(fallback), {
    description,
    expected: 'a text, not empty',
    format: 'not_empty',
  });

export const flag = (fallback: boolean, description: string) =>
  key(z.boolean().default(fallback), { description, expected: 'true or false', format: 'flag' });

export const port = (fallback: number, description: string) =>
  key(z.number().int().min(1).max(65535).default(fallback), {
    description,
    expected: 'a whole number from 1 to 65535',
    format: 'whole_number',
  });

/** So many days, weeks or minutes. */
export const count = (
  fallback: number,
  { max, unit }: { max: number; unit: 'days' | 'weeks' | 'minutes' },
  description: string,
) =>
  key(z.number().int().min(0).max(max).default(fallback), {
    description,
    expected: `a whole number from 0 to ${max}`,
    format: 'whole_number',
    unit,
  });

/** How often something may happen in a second; 0: as often as it likes. */
export const perSecond = (fallback: number, max: number, description: string) =>
  key(z.number().int().min(0).max(max).default(fallback), {
    description,
    expected: `a whole number from 0 to ${max}`,
    format: 'whole_number',
  });

/** How long something is waited for. */
export const seconds = (fallback: number, max: number, description: string) =>
  key(z.number().int().min(1).max(max).default(fallback), {
    description,
    expected: `a whole number of seconds from 1 to ${max}`,
    format: 'seconds',
  });

/** When a job runs: 'daily 03:30'. */
export const jobSchedule = (fallback: string, description: string) =>
  key(
    z
      .string()
      .refine((value) => value === '' || parseJobSchedule(value) !== null)
      .default(fallback),
    {
      description,
      expected: '"daily 03:30" or "monday 07:00", or "" for never',
      format: 'schedule',
      control: 'schedule',
    },
  );

export const oneOf = <const T extends readonly [string, ...string[]]>(
  values: T,
  fallback: T[number],
  description: string,
) =>
  key(
    z.enum(values).default(() => fallback),
    {
      description,
      expected: `one of ${values.map((value) => `"${value}"`).join(', ')}`,
      format: 'choice',
    },
  );

export const email = (fallback: string, description: string) =>
  key(z.email().default(fallback), {
    description,
    expected: 'an e-mail address',
    format: 'email',
  });

/** A topic of MQTT to publish under: a trailing slash, as in the original's manual, is let pass. */
export const topic = (fallback: string, description: string) =>
  key(
    z
      .string()
      .regex(/^[^/#+\s][^#+\s]*$/)
      .default(fallback),
    {
      description,
      expected: 'a topic without wildcards (# and +), spaces or a slash in front',
      format: 'topic',
    },
  );

export const subtopic = (fallback: string, description: string) =>
  key(
    z
      .string()
      .regex(/^\/[^#+\s]*[^#+\s/]$/)
      .default(fallback),
    {
      description,
      expected: 'a "/" and a topic without wildcards (# and +) or spaces',
      format: 'subtopic',
    },
  );

export const secretKey = (description: string) =>
  key(
    z
      .string()
      .refine(
        (value) =>
          value === '' ||
          (value.length >= MIN_SECRET_KEY_LENGTH && !PUBLISHED_SECRET_KEY.test(value)),
      )
      .default(''),
    {
      description,
      expected: `"" (then one is made at the first start) or at least ${MIN_SECRET_KEY_LENGTH} random characters, not one of the published examples`,
      format: 'secret_key',
      minLength: MIN_SECRET_KEY_LENGTH,
      isSecret: true,
    },
  );

export const databaseUrl = (fallback: string, description: string) =>
  key(
    z
      .string()
      .refine((value) => parseDatabaseUrl(value) !== undefined)
      .default(fallback),
    {
      description,
      expected:
        '"sqlite:///file.db", "sqlite:////folder/file.db" or "postgresql://user:password@host/name"',
      format: 'database_url',
      isSecret: true,
    },
  );

export const timezone = (description: string) =>
  key(
    z
      .string()
      .refine((value) => value === '' || isTimezone(value))
      .default(''),
    {
      description,
      expected: 'a time zone such as "Europe/Rome", or "" for the one of this computer',
      format: 'timezone',
      control: 'timezone',
    },
  );

/** The original's example had a host name without a scheme here: `https://` is put in front. */
export const baseUrl = (description: string) =>
  key(
    z
      .string()
      .refine((value) => value === '' || normaliseBaseUrl(value) !== undefined)
      .default(''),
    {
      description,
      expected: 'an address such as "https://fab.example.org", or ""',
      format: 'web_address',
    },
  );

/** 'fab.example.org/' -> 'https://fab.example.org'; undefined when it is no web address. */
export function normaliseBaseUrl(value: string): string | undefined {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `https://${value}`;
  if (/\s/.test(value) || !URL.canParse(withScheme)) return undefined;
  const { protocol } = new URL(withScheme);
  return protocol === 'https:' || protocol === 'http:' ? withScheme.replace(/\/+$/, '') : undefined;
}

/** Express's notation, checked here because Express throws for a bad one. */
export const trustedProxies = (description: string) =>
  key(
    z
      .string()
      .refine((value) => value.trim() === '' || value.split(',').every(isProxyAddress))
      .default(''),
    {
      description,
      expected: '"" or a list such as "loopback, 192.168.1.5, 10.0.0.0/8"',
      format: 'proxies',
      control: 'list',
    },
  );

function isProxyAddress(item: string): boolean {
  const trimmed = item.trim();
  if (['loopback', 'linklocal', 'uniquelocal'].includes(trimmed)) return true;
  const [address = '', bits, ...rest] = trimmed.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    // RangeError is how Intl says that it does not know the zone.
    if (error instanceof RangeError) return false;
    throw error;
  }
}
