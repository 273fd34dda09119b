import { Catch, type ExceptionFilter } from '@nestjs/common';

/**
 * Leaves errors to the transport, which answers the board. Nest's own filter would turn them into a
 * stream that nobody reads, and log each of them: a board can cause as many as it likes.
 */
@Catch()
export class RethrowFilter implements ExceptionFilter<unknown> {
  catch(exception: unknown): never {
    throw exception;
  }
}
