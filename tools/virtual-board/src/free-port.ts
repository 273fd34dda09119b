import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports from which Linux takes those of outgoing connections (32768 to 60999). */
const FIRST = 10_000;
const PER_PROCESS = 50;
const BLOCKS = 440;

let next = Math.floor(Math.random() * PER_PROCESS);

/**
 * A TCP port of this computer that nobody listens on, for a server that is about to be started. Each
 * process asks in a block of its own (by its id), so that two that start servers at the same time do
 * not choose the same one. Throws when all of the block are taken.
 */
export async function freePort(): Promise<number> {
  const block = FIRST + (process.pid % BLOCKS) * PER_PROCESS;
  for (let tried = 0; tried < PER_PROCESS; tried++) {
    const port = block + (next++ % PER_PROCESS);
    if (await isFree(port)) return port;
  }
  throw new Error(`no port is free between ${block} and ${block + PER_PROCESS - 1}`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port);
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  }
  server.close();
  await once(server, 'close');
  return true;
}
