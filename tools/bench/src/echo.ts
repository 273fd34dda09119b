import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import { connect } from 'mqtt';

/** First level of the echo's topics, beside the product's `machine`. */
export const ECHO_TOPIC = 'echo';

/** `client`: mqtt.js over TCP, at the given broker or at an aedes in its process. `linked`: no client. */
export type EchoKind = 'client' | 'linked';

/**
 * The least that anybody could do: gives each message back on `<topic>/reply`. Runs in a process
 * of its own. `brokerPort` is that of a broker that runs already; with `ownPort` it starts an aedes
 * there, so that broker and echo share a process as the product and its embedded broker do.
 */
export async function runEcho(
  kind: EchoKind,
  port: { brokerPort: number } | { ownPort: number },
): Promise<void> {
  const aedes = 'ownPort' in port ? await listen(port.ownPort) : null;
  if (kind === 'linked' && aedes) echoLinked(aedes);
  else await echoAsClient('ownPort' in port ? port.ownPort : port.brokerPort);
  process.send?.('ready');
}

async function listen(port: number): Promise<Aedes> {
  const aedes = await Aedes.createBroker();
  const server = createServer({ noDelay: true }, (socket) => void aedes.handle(socket));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return aedes;
}

async function echoAsClient(port: number): Promise<void> {
  const client = connect(`mqtt://127.0.0.1:${port}`, { clientId: 'echo', protocolVersion: 4 });
  client.on('connect', () => {
    const { stream } = client;
    if ('setNoDelay' in stream && typeof stream.setNoDelay === 'function') stream.setNoDelay(true);
  });
  client.on('message', (topic, payload) => client.publish(`${topic}/reply`, payload));
  await client.subscribeAsync(`${ECHO_TOPIC}/+`, { qos: 1 });
}

function echoLinked(aedes: Aedes): void {
  const packet = { cmd: 'publish', qos: 0, retain: false, dup: false } as const;
  aedes.subscribe(
    `${ECHO_TOPIC}/+`,
    ({ topic, payload }, done) => {
      aedes.publish({ ...packet, topic: `${topic}/reply`, payload }, () => undefined);
      done();
    },
    () => undefined,
  );
}
