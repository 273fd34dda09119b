/** The only file that reads the environment and the settings file. */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { machineOfBoardUser } from '@fabomatic/boards';
import type { SystemErrorCode } from '@fabomatic/system';
import { parse, TomlError } from 'smol-toml';
import { findHomeFolder } from '../root-folder';
import { systemErrorCode } from '../start-error';
import { type GivenSettings, type Settings, toSettings } from './settings';
import { type Environment, overrideOf, unknownVariables } from './settings-environment';
import { badValue, didYouMean, nearestOf, SettingsError } from './settings-problems';
import { EMBEDDED_BROKER, SETTINGS_KEYS, SettingsFile, type SettingsKey } from './settings.schema';

type Table = Readonly<Record<string, unknown>>;

/** A settings file that was read: `name` is how errors call it. */
interface ReadFile {
  readonly path: string;
  readonly name: string;
  readonly content: Table;
}

/**
 * Reads, checks and completes the settings. Order, first wins: environment, file, default.
 * Throws one {@link SettingsError} that lists everything that is wrong.
 */
export function loadSettings(
  environment: Environment = process.env,
  rootFolder: string = findHomeFolder(),
): Settings {
  const file = readSettingsFile(environment, rootFolder);
  const { problems, values, given } = valuesOf(file, environment);
  problems.unshift(...unknownVariables(environment));
  if (problems.length > 0) throw new SettingsError(problems);

  const checked = SettingsFile.parse(values);
  const folder = environment.FABOMATIC_DATA_DIR || checked.data.folder;
  if (environment.FABOMATIC_DATA_DIR) given.fromEnvironment.add('data.folder');
  return toSettings(
    { ...checked, data: { folder } },
    { source: file?.path ?? null, rootFolder, given },
  );
}

/** What systemd hands to a service of `Type=notify`; null: it does not start this program, or asks for no signs of life. */
export interface ServiceVariables {
  readonly notifySocket: string | null;
  readonly watchdogMs: number | null;
}

export function serviceVariables(environment: Environment = process.env): ServiceVariables {
  const { NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID } = environment;
  // The signs of life of a program that started us are not ours to give.
  const isForUs = !WATCHDOG_PID || WATCHDOG_PID === String(process.pid);
  const watchdogUs = isForUs ? Number(WATCHDOG_USEC) : 0;
  return {
    notifySocket: NOTIFY_SOCKET || null,
    watchdogMs: watchdogUs > 0 ? watchdogUs / 1000 : null,
  };
}

/** What a text would be as the settings file. */
export interface CheckedText {
  /** Why the next start would refuse it. */
  readonly problems: readonly string[];
  /** Those of the problems that no value has by itself. */
  readonly contradictions: readonly Contradiction[];
  readonly inFile: readonly [string, unknown][];
  readonly unknown: readonly UnknownName[];
}

/** Values that are right each by itself and wrong together. */
export interface Contradiction {
  readonly code: SystemErrorCode;
  /** The keys that have a part in it, the likeliest to be at fault first: 'web.tls'. */
  readonly paths: readonly string[];
  /** One of the {@link CheckedText.problems}. */
  readonly problem: string;
}

/** A name in the file that means nothing to this program. */
export interface UnknownName {
  readonly section: string;
  /** null: the section itself, or what stands outside all sections. */
  readonly name: string | null;
  /** The known name that is nearest. */
  readonly nearest: string | null;
}

/**
 * Checks a text as if it were the settings file. `inFile`: 'MQTT.port' -> its value, for the keys that
 * stand there. A text that is no TOML is a {@link SettingsError}.
 */
export function checkSettingsText(name: string, text: string): CheckedText {
  const content = parseToml(name, text);
  const inFile = SETTINGS_KEYS.flatMap((key): [string, unknown][] => {
    const section = content[key.section];
    const found = isTable(section) ? section[key.name] : undefined;
    return found === undefined ? [] : [[key.path, found]];
  });
  const { problems, contradictions } = valuesOf({ path: name, name, content }, {});
  return { problems, contradictions, inFile, unknown: unknownNamesIn(content) };
}

interface FoundValues {
  readonly problems: string[];
  readonly contradictions: readonly Contradiction[];
  readonly values: Record<string, Record<string, unknown>>;
  readonly given: GivenSettings;
}

function valuesOf(file: ReadFile | null, environment: Environment): FoundValues {
  const problems = file === null ? [] : unknownNames(file.name, file.content);
  const values: Record<string, Record<string, unknown>> = {};
  const given = { values: new Map<string, unknown>(), fromEnvironment: new Set<string>() };
  for (const key of SETTINGS_KEYS) {
    // A bad value in the file is told of even where the environment wins over it.
    const found = valueInFile(key, file);
    const override = overrideOf(key, environment);
    if (override !== undefined) given.fromEnvironment.add(key.path);
    const result = override ?? found;
    for (const each of new Set([found, result])) {
      if ('problem' in each) problems.push(each.problem);
    }
    if (!('value' in result)) continue;
    (values[key.section] ??= {})[key.name] = result.value;
    given.values.set(key.path, result.value);
  }
  const found =
    problems.length === 0 ? contradictionsIn(file?.name, SettingsFile.parse(values)) : [];
  problems.push(...found.map(({ problem }) => problem));
  return { problems, contradictions: found, values, given };
}

function readSettingsFile(environment: Environment, rootFolder: string): ReadFile | null {
  const named = environment.FABOMATIC_SETTINGS;
  const usual = [
    join(rootFolder, 'conf', 'settings.toml'),
    join(resolve(rootFolder, environment.FABOMATIC_DATA_DIR || 'data'), 'settings.toml'),
  ];
  const path = named
    ? resolve(rootFolder, named)
    : usual.find((candidate) => existsSync(candidate));
  if (path === undefined) return null;
  const shortened = relative(rootFolder, path);
  const name = shortened.startsWith('..') ? path : shortened;
  return { path, name, content: parseToml(name, readText(path, name)) };
}

function readText(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // The file that FABOMATIC_SETTINGS names may be missing, a folder, or not ours to read.
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
    throw new SettingsError([`${name}: ${why}`]);
  }
}

function parseToml(name: string, text: string): Table {
  try {
    return parse(text, { unsafeKeyBehaviour: 'throw' });
  } catch (error) {
    // TomlError is what smol-toml throws for a text that is not TOML.
    if (!(error instanceof TomlError)) throw error;
    const reason = error.message.split('\n')[0]?.replace(/^Invalid TOML document: /, '') ?? '';
    throw new SettingsError([`${name}: line ${error.line}, column ${error.column}: ${reason}`]);
  }
}

function unknownNames(fileName: string, content: Table): string[] {
  const noSections = SECTIONS.filter(
    (section) => section in content && !isTable(content[section]),
  ).map((section) => `${fileName}: ${section} is a value, expected a section [${section}]`);
  const unknown = unknownNamesIn(content).map(({ section, name, nearest }) => {
    const what = name === null ? `[${section}]` : `${section}.${name}`;
    return `${fileName}: ${what} is unknown${didYouMean(nearest)}`;
  });
  return [...unknown, ...noSections];
}

const SECTIONS = [...new Set(SETTINGS_KEYS.map((key) => key.section))];

function unknownNamesIn(content: Table): UnknownName[] {
  return Object.entries(content).flatMap(([section, keys]): UnknownName[] => {
    if (!SECTIONS.includes(section)) {
      return [{ section, name: null, nearest: nearestOf(section, SECTIONS) ?? null }];
    }
    if (!isTable(keys)) return [];
    const names = SETTINGS_KEYS.filter((key) => key.section === section).map((key) => key.name);
    return Object.keys(keys)
      .filter((name) => !names.includes(name))
      .map((name) => ({ section, name, nearest: nearestOf(name, names) ?? null }));
  });
}

function valueInFile(
  key: SettingsKey,
  file: ReadFile | null,
): { value: unknown } | { problem: string } {
  const section = file?.content[key.section];
  const found = isTable(section) ? section[key.name] : undefined;
  const parsed = key.schema.safeParse(found);
  if (parsed.success) return { value: parsed.data };
  return { problem: badValue(file?.name ?? 'settings', key, found) };
}

function contradictionsIn(
  fileName: string | undefined,
  { web, MQTT, firmware }: SettingsFile,
): Contradiction[] {
  const where = fileName ?? 'settings';
  return [
    ...missingFiles(where, web, MQTT),
    ...[...contradictoryPorts(firmware), ...contradictoryLogins(MQTT)].map((each) => ({
      ...each,
      problem: `${where}: ${each.problem}`,
    })),
  ];
}

/** A certificate without its key is none, and the other way round. */
function missingFiles(
  where: string,
  web: SettingsFile['web'],
  MQTT: SettingsFile['MQTT'],
): Contradiction[] {
  const missing = new Set<string>();
  if (web.tls === 'files') {
    if (web.tls_cert_file === '') missing.add('web.tls_cert_file');
    if (web.tls_key_file === '') missing.add('web.tls_key_file');
  }
  if (MQTT.tls_cert_file === '' && MQTT.tls_key_file !== '') missing.add('MQTT.tls_cert_file');
  if (MQTT.tls_cert_file !== '' && MQTT.tls_key_file === '') missing.add('MQTT.tls_key_file');
  return SETTINGS_KEYS.filter(({ path }) => missing.has(path)).map((key) => ({
    code: 'settings.files_needed',
    paths:
      key.section === 'web' ? [key.path, 'web.tls'] : ['MQTT.tls_cert_file', 'MQTT.tls_key_file'],
    problem: badValue(where, key, ''),
  }));
}

function contradictoryPorts({
  port_from: from,
  port_to: to,
}: SettingsFile['firmware']): Contradiction[] {
  if (to >= from) return [];
  return [
    {
      code: 'settings.ports_reversed',
      paths: ['firmware.port_to', 'firmware.port_from'],
      problem: `firmware.port_to is ${to}, expected ${from} (firmware.port_from) or more`,
    },
  ];
}

/** Names that would open more, or less, than whoever wrote them meant. */
function contradictoryLogins(MQTT: SettingsFile['MQTT']): Contradiction[] {
  if (MQTT.board_accounts === 'off') return [];
  const found: Contradiction[] = [];
  const add = (code: SystemErrorCode, paths: readonly string[], problem: string) =>
    found.push({ code, paths: [...paths, 'MQTT.board_accounts', 'MQTT.broker'], problem });
  const names = { 'MQTT.user': MQTT.user, 'MQTT.shared_user': MQTT.shared_user };
  for (const [path, name] of Object.entries(names)) {
    if (machineOfBoardUser(name) !== null) {
      const problem = `${path} is "${name}", which is the name of a board's account`;
      add('settings.user_of_board', [path], problem);
    }
    // The password file of Mosquitto has no way to write it.
    if (/[:\s]/.test(name)) {
      const problem = `${path} has a blank or a colon, which no account can`;
      add('settings.user_unusable', [path], problem);
    }
  }
  if (MQTT.broker === EMBEDDED_BROKER) return found;
  if (MQTT.user === '' || MQTT.password === '') {
    const problem = 'MQTT.user and MQTT.password are needed when boards have accounts';
    add('settings.broker_login_needed', ['MQTT.user', 'MQTT.password'], problem);
  }
  if (MQTT.user !== '' && MQTT.user === MQTT.shared_user) {
    const problem = 'MQTT.shared_user is MQTT.user: boards must not log in as the product does';
    add('settings.users_alike', ['MQTT.shared_user', 'MQTT.user'], problem);
  }
  return found;
}

function isTable(value: unknown): value is Table {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
  );
}
