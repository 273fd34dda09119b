import { monotonicMs } from '@fabomatic/kernel';
import type { AppLogger } from './logging/app-logger';

const HARD_EXIT_AFTER_MS = 10_000;
/** One Ctrl-C reaches this process from the terminal and from npm: the same wish, not a second. */
const SAME_SIGNAL_MS = 500;

/**
 * Ends the process on Ctrl-C and SIGTERM: `close` lets every module finish and save, then exit
 * code 0. A second signal ends it at once; so do ten seconds.
 */
export function endOnSignals(logger: AppLogger, close: () => Promise<void>): void {
  let firstAtMs: number | undefined;
  const onSignal = (signal: string): void => {
    if (firstAtMs !== undefined) {
      if (monotonicMs() - firstAtMs < SAME_SIGNAL_MS) return;
      logger.warn('Stopped at once, without waiting for work that was under way.');
      process.exit(1);
    }
    firstAtMs = monotonicMs();
    logger.log(`Stopping (${signal}).`);
    setTimeout(() => {
      logger.error(
        `Stopped by force: something did not end within ${HARD_EXIT_AFTER_MS / 1000} s.`,
      );
      process.exit(1);
    }, HARD_EXIT_AFTER_MS).unref();
    close().then(
      () => {
        logger.log('Stopped.');
        process.exit(0);
      },
      (error: unknown) => {
        // A module failed while it closed: the others have had their turn.
        logger.error('Stopped, but not everything ended as it should.', error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

/**
 * A defect that nobody caught: what it was goes into the log, a sentence to the console, and the
 * process ends, since its state cannot be trusted any more. A supervisor starts it again.
 */
export function endOnDefects(logger: AppLogger, logsPath: string): void {
  process.on('uncaughtException', (error) => {
    logger.error(
      `FabOMatic has stopped because of a defect (${error.message}). Start it again; the details for a report are in ${logsPath}.`,
      error,
    );
    process.exit(1);
  });
  // Whoever read our lines has gone ("npm start | head"): no reason to stop.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => logger.record('debug', error));
  }
}
