import { parseArgs, types } from 'node:util';
import { AppError } from '@fabomatic/kernel';
import { StartError, systemErrorCode } from '../start-error';
import { englishSentence } from './english-sentence';

/** One word of the command line: `fabomatic <name>`. */
export interface Command {
  readonly name: string;
  /** What follows the name in the usage: '[--demo]'. */
  readonly parameters: string;
  /** One line of the usage. */
  readonly summary: string;
  /** Switches that it knows, without the two dashes. */
  readonly flags: readonly string[];
  /** Switches with a value: '--admin ada@example.org'. */
  readonly options?: readonly string[];
  /** How many words it takes besides. */
  readonly wordCount: number;
  /** Returns the exit code; undefined when the process is to go on running. */
  run(input: CommandInput): Promise<number | undefined>;
}

export interface CommandInput {
  readonly words: readonly string[];
  /** The switches that were given. */
  readonly flags: ReadonlySet<string>;
  /** Switch -> its value, for those that were given. */
  readonly options: ReadonlyMap<string, string>;
}

export const EXIT_FAILED = 1;
export const EXIT_USAGE = 2;

/** Runs a command. What a person can mend is one sentence and exit code 1; no stack is shown. */
export async function runCommand(command: Command, args: readonly string[]): Promise<void> {
  try {
    const input = parseInput(command, args);
    if (typeof input === 'string') {
      process.stderr.write(`${input}\nUsage: fabomatic ${command.name} ${command.parameters}\n`);
      process.exitCode = EXIT_USAGE;
      return;
    }
    const code = await command.run(input);
    if (code !== undefined) process.exitCode = code;
  } catch (error) {
    process.stderr.write(`${await sentenceOf(error)}\n`);
    process.exit(EXIT_FAILED);
  }
}

function parseInput(command: Command, args: readonly string[]): CommandInput | string {
  const options: Record<string, { type: 'boolean' | 'string' }> = {};
  for (const flag of command.flags) options[flag] = { type: 'boolean' };
  for (const option of command.options ?? []) options[option] = { type: 'string' };
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      allowPositionals: true,
    });
    if (positionals.length !== command.wordCount) {
      return `"${command.name}" was given ${positionals.length} words and takes ${command.wordCount}.`;
    }
    const given = Object.entries(values);
    return {
      words: positionals,
      flags: new Set(given.flatMap(([name, value]) => (value === true ? name : []))),
      options: new Map(
        given.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
      ),
    };
  } catch (error) {
    // ERR_PARSE_ARGS_...: a switch that does not exist.
    if (systemErrorCode(error)?.startsWith('ERR_PARSE_ARGS') && types.isNativeError(error)) {
      return `${error.message.split('. ')[0]}.`;
    }
    throw error;
  }
}

/** StartError and AppError are meant for the person; the rest is a defect: its stack helps a report. */
async function sentenceOf(error: unknown): Promise<string> {
  if (error instanceof StartError) return error.message;
  if (error instanceof AppError) return englishSentence(error);
  return defectText(error);
}

function defectText(error: unknown): string {
  const isError = types.isNativeError(error);
  return `FabOMatic has stopped because of a defect. For a report:\n${isError ? error.stack : String(error)}`;
}
