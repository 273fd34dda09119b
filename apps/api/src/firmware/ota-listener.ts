import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { systemErrorCode } from '../start-error';
import { OtaFailure } from './ota-failure';

export interface ListenOptions {
  readonly host: string;
  readonly portFrom: number;
  readonly portTo: number;
  /** The only address that is let in. */
  readonly ip: string;
}

/** Where one invited board fetches its firmware; anybody else is shown the door. */
export class OtaListener {
  private connected: Socket | null = null;
  private onConnected: ((socket: Socket) => void) | null = null;

  private constructor(
    private readonly server: Server,
    readonly port: number,
    ip: string,
  ) {
    server.on('connection', (socket) => {
      if (addressOf(socket) !== ip || this.connected !== null) {
        socket.destroy();
        return;
      }
      socket.setNoDelay(true);
      // Until the sender listens: a board that breaks off at once must not end the program.
      socket.on('error', () => socket.destroy());
      this.connected = socket;
      this.onConnected?.(socket);
    });
  }

  /** Opens the first port that is free. Throws {@link OtaFailure} `port_taken`. */
  static async open({ host, portFrom, portTo, ip }: ListenOptions): Promise<OtaListener> {
    for (let port = portFrom; port <= portTo; port++) {
      const server = createServer();
      try {
        server.listen({ host, port, backlog: 4 });
        await once(server, 'listening');
        return new OtaListener(server, port, ip);
      } catch (error) {
        // Somebody else has this one, or only root may open it.
        const code = systemErrorCode(error);
        if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
      }
    }
    throw new OtaFailure('port_taken', `${portFrom}-${portTo}`);
  }

  /** The board's connection. Throws {@link OtaFailure}. */
  accept(timeoutMs: number, signal: AbortSignal): Promise<Socket> {
    if (this.connected !== null) return Promise.resolve(this.connected);
    return new Promise((resolve, reject) => {
      const stop = () => finish(() => reject(new OtaFailure('stopped')));
      const timer = setTimeout(
        () => finish(() => reject(new OtaFailure('not_connected'))),
        timeoutMs,
      );
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        this.onConnected = null;
        settle();
      };
      this.onConnected = (socket) => finish(() => resolve(socket));
      if (signal.aborted) return stop();
      signal.addEventListener('abort', stop);
    });
  }

  close(): void {
    this.server.close();
    this.connected?.destroy();
  }
}

/** An IPv4 address as IPv4, also where the listener is on both. */
function addressOf({ remoteAddress }: Socket): string {
  return (remoteAddress ?? '').replace(/^::ffff:/i, '');
}
