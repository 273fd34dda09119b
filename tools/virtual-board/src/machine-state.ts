import { type Answer, readBoolean, readInteger, readText } from './answers';

/** What a board knows of its machine, from the last good `checkmachine`. */
export interface MachineState {
  readonly allowed: boolean;
  readonly maintenance: boolean;
  readonly name: string;
  /** 0 = never. */
  readonly logoffMin: number;
  /** Power stays on this long after a log-out; 0 = not at all. */
  readonly graceMin: number;
  readonly description: string;
}

/** Until the first good answer after a boot a machine is open (F23). */
export const MACHINE_AT_BOOT: MachineState = {
  allowed: true,
  maintenance: false,
  name: 'MACHINE1',
  logoffMin: 720,
  graceMin: 1.5,
  description: '',
};

/** The state that a `checkmachine` answer leaves: the one before it unless the answer is good (F23, F24). */
export function machineAfter(before: MachineState, answer: Answer): MachineState {
  if (!readBoolean(answer.request_ok) || !readBoolean(answer.is_valid)) return before;
  return {
    allowed: readBoolean(answer.allowed),
    maintenance: readBoolean(answer.maintenance),
    name: readText(answer.name),
    logoffMin: readInteger(answer.logoff, 65_535),
    graceMin: isMissing(answer.grace) ? 1 : readInteger(answer.grace, 65_535),
    description: isMissing(answer.description) ? '' : readText(answer.description),
  };
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined;
}
