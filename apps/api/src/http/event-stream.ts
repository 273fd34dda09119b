import type { Request, Response } from 'express';

/** A reader that does not take what it is sent is cut off at this many waiting bytes. */
const MAX_WAITING_BYTES = 1_000_000;

export interface EventStream {
  /** Sends one event; `data` is put into JSON. */
  send(message: { readonly type: string; readonly data: unknown }): void;
  /** Called once, when the reader has gone. */
  onClose(callback: () => void): void;
}

export interface EventStreamOptions {
  /** Seconds between two comment lines. */
  readonly pingS: number;
  /** Asked before each comment line: the stream of a session that has ended ends as well. */
  readonly isWelcome?: () => Promise<boolean>;
}

/** Answers with server-sent events, and with a comment line every `pingS` seconds. */
export function openEventStream(
  request: Request,
  response: Response,
  { pingS, isWelcome }: EventStreamOptions,
): EventStream {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  const pingOrEnd = async (): Promise<void> => {
    if (isWelcome === undefined || (await isWelcome())) response.write(': ping\n\n');
    else response.end();
  };
  const ping = setInterval(() => {
    pingOrEnd().catch((error: unknown) => response.destroy(error as Error));
  }, pingS * 1000);
  request.once('close', () => clearInterval(ping));
  return {
    send: ({ type, data }) => {
      if (response.writableLength > MAX_WAITING_BYTES) response.destroy();
      else response.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    onClose: (callback) => request.once('close', callback),
  };
}
