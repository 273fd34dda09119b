import type { ClosedLoopCycle } from '@fabomatic/virtual-board';
import { parseArgs } from 'node:util';
import { MACHINES } from './bench-lab';

export interface BenchOptions {
  /**
   * How often everything is measured; the table shows medians. Short and often: what else the
   * computer does then disturbs all targets alike.
   */
  readonly rounds: number;
  /** Length of one measurement. */
  readonly phaseMs: number;
  /** Uses that are in the database of a second product, measured beside the one without. */
  readonly pastUses: number;
  readonly brokers: readonly BrokerKind[];
  /** Numbers of boards in closed loop. */
  readonly boards: readonly number[];
  readonly cycles: readonly ClosedLoopCycle[];
  /** Where the result goes as JSON; null: nowhere. */
  readonly jsonFile: string | null;
  /** Folder for a CPU profile of each product; null: none. */
  readonly profileFolder: string | null;
}

export const BROKER_KINDS = ['embedded', 'mosquitto'] as const;
const CYCLES = ['checkuser', 'checkmachine', 'use'] as const satisfies readonly ClosedLoopCycle[];
const BOARDS = [1, 50] as const;
export type BrokerKind = (typeof BROKER_KINDS)[number];

export const USAGE = `Usage: npm run bench -- [options]
  --quick            one round of short measurements, about 20 s
  --rounds <n>       rounds, of which the medians are shown (default 5)
  --phase-ms <n>     length of one measurement (default 500)
  --past-uses <n>    also measure with so many past uses in the database
  --broker <name>    only "embedded" or only "mosquitto"
  --boards <n>       only so many boards, 50 at most (default 1 and 50)
  --cycle <name>     only "checkuser", "checkmachine" or "use"
  --json <file>      write the result to a file as well
  --profile <folder> write a CPU profile of each product there
or: npm run bench -- lists [options], the lists of the REST API over HTTP
  --uses <n>         uses in the database (default 21989)
  --requests <n>     requests of each list and page (default 30)
  --path <text>      only lists whose path begins so
  --export           also read exports/uses.xlsx, with the most memory the product had
`;

/** A text: what is wrong with the arguments. */
export function readOptions(args: readonly string[]): BenchOptions | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean', default: false },
        rounds: { type: 'string' },
        'phase-ms': { type: 'string' },
        'past-uses': { type: 'string' },
        broker: { type: 'string' },
        boards: { type: 'string' },
        cycle: { type: 'string' },
        json: { type: 'string' },
        profile: { type: 'string' },
      },
    });
    const brokers = BROKER_KINDS.filter((kind) => kind === (values.broker ?? kind));
    if (brokers.length === 0) return `There is no broker "${values.broker}".`;
    const cycles = CYCLES.filter((cycle) => cycle === (values.cycle ?? cycle));
    if (cycles.length === 0) return `There is no cycle "${values.cycle}".`;
    const boards = wholeNumber('--boards', values.boards, 0);
    if (boards > MACHINES) return `There are ${MACHINES} boards at most.`;
    return {
      rounds: wholeNumber('--rounds', values.rounds, values.quick ? 1 : 5),
      phaseMs: wholeNumber('--phase-ms', values['phase-ms'], values.quick ? 300 : 500),
      pastUses: wholeNumber('--past-uses', values['past-uses'], 0),
      brokers,
      boards: boards === 0 ? BOARDS : [boards],
      cycles,
      jsonFile: values.json ?? null,
      profileFolder: values.profile ?? null,
    };
  } catch (error) {
    // parseArgs and wholeNumber throw for what the caller typed.
    return error instanceof Error ? error.message : String(error);
  }
}

function wholeNumber(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^[0-9]{1,9}$/.test(text)) throw new Error(`${name} takes a whole number, not "${text}".`);
  return Number(text);
}
