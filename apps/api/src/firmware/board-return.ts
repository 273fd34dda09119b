import type { BoardRegister } from '../boards/board-register.service';
import { OtaFailure } from './ota-failure';

/** The board of one machine that is expected back after its restart. */
export interface ExpectedBoard {
  readonly machineId: number;
  /** null: a firmware that sends none. */
  readonly serial: string | null;
}

/**
 * Waits until a board tells of itself, and gives the version that it says. Begin before the board
 * can have restarted. Throws {@link OtaFailure} `not_back`.
 */
export function boardReturn(
  register: BoardRegister,
  { machineId, serial }: ExpectedBoard,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      forget();
      signal.removeEventListener('abort', stop);
      settle();
    };
    const stop = () => finish(() => reject(new OtaFailure('stopped')));
    const timer = setTimeout(() => finish(() => reject(new OtaFailure('not_back'))), timeoutMs);
    const forget = register.onAlive((machine, alive) => {
      // A newer firmware may send a serial where the old one had none.
      const isIt = machine.id === machineId && (serial === null || alive.serial === serial);
      if (isIt) finish(() => resolve(alive.version));
    });
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
  });
}
