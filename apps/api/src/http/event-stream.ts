import type { Request, Response } from 'express';

/** A reader that does not take what it is sent is cut off at this many waiting bytes. */
const MAX_WAITING_BYTES = 1_000_000;

export interface EventStream {
  /** Sends one event; `data` is put into JSON. */
  send(message: { readonly type: string; readonly data: unknown }): void;
  /** Called once, when the reader has gone. */
  onClose(callback: () => void): void;
}

/** Answers with server-sent events, and with a comment line every `pingS` seconds. */
export function openEventStream(
  request: Request,
  response: Response,
  { pingS }: { readonly pingS: number },
): EventStream {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  const ping = setInterval(() => response.write(': ping\n\n'), pingS * 1000);
  request.once('close', () => clearInterval(ping));
  return {
    send: ({ type, data }) => {
      if (response.writableLength > MAX_WAITING_BYTES) response.destroy();
      else response.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    onClose: (callback) => request.once('close', callback),
  };
}
