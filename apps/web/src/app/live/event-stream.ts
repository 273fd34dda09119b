import { createParser, type EventSourceMessage } from 'eventsource-parser';

/** The server answered, but not with a stream. */
export class StreamRefused extends Error {
  constructor(readonly status: number) {
    super(`the live stream was refused with status ${status}`);
  }
}

export interface StreamRequest {
  url: string;
  /** Null where no session is asked for. */
  token: string | null;
  /** Ends the stream. */
  signal: AbortSignal;
  /** A stream that brings no byte for so long counts as lost. */
  silenceMs: number;
  /** Called for every piece that comes, also for one that says nothing. */
  onHeard?: () => void;
}

/**
 * Reads server-sent events until the stream ends, fails or falls silent; each of the three throws
 * or returns, and the caller decides about trying again. `EventSource` cannot send a token, and
 * does not notice a connection that a sleeping laptop or a router has cut.
 */
export async function readEventStream(
  request: StreamRequest,
  onMessage: (message: EventSourceMessage) => void,
): Promise<void> {
  const silence = new AbortController();
  let watchdog = setTimeout(() => silence.abort(), request.silenceMs);
  const heard = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => silence.abort(), request.silenceMs);
    request.onHeard?.();
  };
  const stop = () => silence.abort();
  request.signal.addEventListener('abort', stop);
  try {
    const response = await fetch(request.url, {
      headers: {
        Accept: 'text/event-stream',
        ...(request.token === null ? {} : { Authorization: `Bearer ${request.token}` }),
      },
      cache: 'no-store',
      signal: silence.signal,
    });
    if (!response.ok || response.body === null) throw new StreamRefused(response.status);
    await readBody(response.body, silence.signal, heard, onMessage);
  } finally {
    clearTimeout(watchdog);
    request.signal.removeEventListener('abort', stop);
    silence.abort(); // frees the connection when a handler threw
  }
}

async function readBody(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  heard: () => void,
  onMessage: (message: EventSourceMessage) => void,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parser = createParser({ onEvent: onMessage });
  const cancel = () => void reader.cancel();
  signal.addEventListener('abort', cancel);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heard();
      parser.feed(decoder.decode(value, { stream: true }));
    }
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
