import { createServer, type Server, type Socket } from 'node:net';
import { Aedes, type AuthenticateError, type Client } from 'aedes';

/** A real broker on a free port of this computer, and a backend that is a function. For specs. */
export class SpecBroker {
  /** Client ids in the order of their CONNECT. */
  readonly clientIds: string[] = [];
  /** What boards published, oldest first. */
  readonly published: { topic: string; payload: Buffer }[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly aedes: Aedes,
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** `answer` gives what is sent to `<topic>/reply`, or null. With a password others are refused. */
  static async start(
    answer: (topic: string, payload: string) => string | null,
    password?: string,
  ): Promise<SpecBroker> {
    const aedes = await Aedes.createBroker(
      password === undefined ? {} : { authenticate: onlyWith(password) },
    );
    const server = createServer((socket) => aedes.handle(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const broker = new SpecBroker(aedes, server, `mqtt://127.0.0.1:${address.port}`);
    server.on('connection', (socket) => {
      broker.sockets.add(socket);
      socket.on('close', () => broker.sockets.delete(socket));
    });
    aedes.on('client', (client) => broker.clientIds.push(client.id));
    aedes.on('publish', (packet, client) => {
      if (!client) return;
      const payload = Buffer.from(packet.payload);
      broker.published.push({ topic: packet.topic, payload });
      const reply = answer(packet.topic, payload.toString('utf8'));
      if (reply !== null) broker.send(`${packet.topic}/reply`, reply);
    });
    return broker;
  }

  send(topic: string, payload: string): void {
    const packet = { cmd: 'publish' as const, qos: 0 as const, dup: false, retain: false };
    this.aedes.publish({ ...packet, topic, payload }, () => undefined);
  }

  /** All connections break, as when the broker is killed. */
  dropAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.dropAll();
    await new Promise<void>((resolve) => this.aedes.close(() => resolve()));
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

function onlyWith(password: string) {
  return (
    _client: Client,
    _username: string | undefined,
    given: Buffer | undefined,
    done: (error: AuthenticateError | null, success: boolean | null) => void,
  ): void => done(null, given?.toString('utf8') === password);
}

/** A backend that accepts every card on every machine. */
export function acceptAll(_topic: string, payload: string): string | null {
  if (payload.includes('"alive"')) return null;
  if (payload.includes('"checkuser"')) {
    return '{"request_ok":true,"is_valid":true,"name":"Luca","missing_auth":false,"level":1}';
  }
  if (payload.includes('"checkmachine"')) {
    return '{"request_ok":true,"is_valid":true,"maintenance":false,"allowed":true,"name":"LASER","logoff":480,"type":1,"grace":2,"description":""}';
  }
  return '{"request_ok":true,"message":""}';
}

/** Resolves as soon as `isTrue()`; rejects after `timeoutMs`. */
export async function eventually(isTrue: () => boolean, timeoutMs = 5000): Promise<void> {
  const endMs = performance.now() + timeoutMs;
  while (!isTrue()) {
    if (performance.now() > endMs) throw new Error(`not within ${timeoutMs} ms: ${isTrue}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
