import { once } from 'node:events';
import { join } from 'node:path';
import { type DestinationStream, pino } from 'pino';
import openRolling from 'pino-roll';

/** With these two a log never takes more than 55 MB of an SD card. */
const MAX_FILE_MB = 5;
const KEPT_FILES = 10;
/** How much of it there is: the file that is written to, and those before it. */
export const LOG_MB = MAX_FILE_MB * (KEPT_FILES + 1);
const PRIVATE_FILE_MODE = 0o600;

/** JSON lines in the data folder. */
export interface LogFiles extends DestinationStream {
  /** Puts everything on disk that was written so far. */
  flush(): void;
}

/**
 * Opens `fabomatic.<n>.log`. Lines go to disk without waiting for it. A disk that is full must
 * not stop the machines: `onError` is told, and lines are lost.
 */
export async function openLogFiles(
  logsPath: string,
  onError: (error: Error) => void,
): Promise<LogFiles> {
  const stream = await openRolling({
    file: join(logsPath, 'fabomatic'),
    extension: '.log',
    size: `${MAX_FILE_MB}m`,
    limit: { count: KEPT_FILES, removeOtherLogFiles: true },
    mode: PRIVATE_FILE_MODE,
    sync: false,
  });
  await once(stream, 'ready');
  stream.on('error', onError);
  return {
    write: (line) => void stream.write(line),
    flush: () => {
      try {
        stream.flushSync();
      } catch (error) {
        // Between two files, or on a full disk, there is nothing to flush into.
        if (!(error instanceof Error)) throw error;
        onError(error);
      }
    },
  };
}

/** The writer of JSON lines: times as ISO text, no host name or process number on each line. */
export function jsonLines(files: DestinationStream, level: string): pino.Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, files);
}
