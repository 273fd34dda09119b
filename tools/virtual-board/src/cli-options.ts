import { parseArgs } from 'node:util';
import { type Misbehaviour, MISBEHAVIOURS } from './misbehaviour';
import type { BrokerAddress } from './mqtt-connection';
import { type PatternName, PATTERN_NAMES } from './patterns';

export const HELP = `Virtual Fab-O-Matic boards, against any MQTT broker.

Usage: virtual-board [options]              boards before which people come and go
       virtual-board --interactive          one board; type: help
       virtual-board tap <card> [options]   one board, one card, then the end

  --broker URL          default mqtt://127.0.0.1:1883; mqtts:// for TLS
  --user NAME --password WORD
  --insecure            accept any certificate of a mqtts broker
  --prefix TOPIC        default machine: the boards publish on machine/<id>
  --machines LIST       e.g. 1-8 or 1,3,5; default 1
  --cards LIST          8 hex digits each; default 0badf00d,aabbccdd
  --pattern NAME        ${PATTERN_NAMES.join(' | ')}; default tap
  --misbehave KIND      instead of a pattern, once for each machine:
                        ${MISBEHAVIOURS.slice(0, 7).join(' | ')}
                        ${MISBEHAVIOURS.slice(7).join(' | ')}
  --speed N             shorter waits, where a backend cannot tell; default 1
  --duration S          seconds; default: until Ctrl-C
  --seed N              the same seed gives the same people; default: by the time
  --verbose             every event of every board
  --help

Exit codes: 0 well, 1 no connection or a defect, 2 wrong arguments, 3 \`tap\` was not let in.
`;

/** A wrong argument, said in words for whoever typed it. */
export class UsageError extends Error {}

export interface CliOptions {
  readonly mode: 'pattern' | 'misbehave' | 'interactive' | 'tap' | 'help';
  readonly broker: BrokerAddress;
  readonly topicPrefix: string;
  readonly machineIds: readonly number[];
  readonly cards: readonly string[];
  readonly pattern: PatternName;
  readonly misbehaviour: Misbehaviour | null;
  readonly speed: number;
  /** Infinity: until stopped. */
  readonly durationS: number;
  /** null: not given. */
  readonly seed: number | null;
  readonly isVerbose: boolean;
}

/** Reads the arguments after the program's name. Throws UsageError. */
export function readCliOptions(args: readonly string[]): CliOptions {
  const { values, positionals } = parse(args);
  const [command, ...rest] = positionals;
  if (command !== undefined && command !== 'tap') {
    throw new UsageError(`unknown command "${command}"; the only one is: tap <card>`);
  }
  if (rest.length !== (command ? 1 : 0)) throw new UsageError('tap takes one card');
  const machineIds = readMachineIds(values.machines);
  const isSingle = values.interactive || command === 'tap';
  if (isSingle && machineIds.length > 1) throw new UsageError('this works with one machine only');
  const misbehaviour =
    values.misbehave === undefined
      ? null
      : readName('--misbehave', values.misbehave, MISBEHAVIOURS);
  return {
    mode: modeOf(values.help, command, values.interactive, misbehaviour),
    broker: {
      url: readBrokerUrl(values.broker),
      ...(values.user === undefined ? {} : { username: values.user }),
      ...(values.password === undefined ? {} : { password: values.password }),
      ...(values.insecure ? { rejectUnauthorized: false } : {}),
    },
    topicPrefix: values.prefix,
    machineIds,
    cards: readCards(rest[0] ?? values.cards),
    pattern: readName('--pattern', values.pattern, PATTERN_NAMES),
    misbehaviour,
    speed: readPositive('--speed', values.speed),
    durationS:
      values.duration === undefined ? Infinity : readPositive('--duration', values.duration),
    seed: values.seed === undefined ? null : readPositive('--seed', values.seed),
    isVerbose: values.verbose,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        broker: { type: 'string', default: 'mqtt://127.0.0.1:1883' },
        user: { type: 'string' },
        password: { type: 'string' },
        insecure: { type: 'boolean', default: false },
        prefix: { type: 'string', default: 'machine' },
        machines: { type: 'string', default: '1' },
        cards: { type: 'string', default: '0badf00d,aabbccdd' },
        pattern: { type: 'string', default: 'tap' },
        misbehave: { type: 'string' },
        speed: { type: 'string', default: '1' },
        duration: { type: 'string' },
        seed: { type: 'string' },
        interactive: { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    // parseArgs throws a TypeError that says which argument it does not know.
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function modeOf(
  isHelp: boolean,
  command: string | undefined,
  isInteractive: boolean,
  misbehaviour: Misbehaviour | null,
): CliOptions['mode'] {
  if (isHelp) return 'help';
  if (command === 'tap') return 'tap';
  if (isInteractive) return 'interactive';
  return misbehaviour === null ? 'pattern' : 'misbehave';
}

/** '1-3,7' -> [1, 2, 3, 7] */
export function readMachineIds(text: string): readonly number[] {
  const ids = text.split(',').flatMap((part) => {
    const range = /^(\d+)(?:-(\d+))?$/.exec(part.trim());
    const first = Number(range?.[1]);
    const last = Number(range?.[2] ?? first);
    if (!(first >= 1 && first <= last && last <= 65_535)) {
      throw new UsageError(`--machines: "${part}" is no id or range of ids from 1 to 65535`);
    }
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  return [...new Set(ids)];
}

function readCards(text: string): readonly string[] {
  return text.split(',').map((part) => {
    const uid = part.trim().toLowerCase();
    if (!/^[0-9a-f]{8}$/.test(uid)) throw new UsageError(`"${part}" is no card of 8 hex digits`);
    return uid;
  });
}

function readBrokerUrl(text: string): string {
  if (URL.canParse(text) && /^(mqtts?|tcp|ssl):$/.test(new URL(text).protocol)) return text;
  throw new UsageError(`--broker: "${text}" is no mqtt:// or mqtts:// address`);
}

function readPositive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new UsageError(`${name}: "${text}" is no number above 0`);
}

function readName<T extends string>(option: string, text: string, names: readonly T[]): T {
  const name = names.find((known) => known === text);
  if (name !== undefined) return name;
  throw new UsageError(`${option}: "${text}" is none of ${names.join(', ')}`);
}
