import type { FirmwareProblem } from '@fabomatic/boards';

/** Why a board has not got its firmware. */
export class OtaFailure extends Error {
  constructor(
    readonly problem: FirmwareProblem,
    /** What the board said. */
    readonly detail: string | null = null,
  ) {
    super(problem);
  }
}
