import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePort } from './free-port';

it('names ports one after another, and none that is taken', async () => {
  const first = await freePort();
  const server = createServer().listen(first + 1);
  await once(server, 'listening');
  try {
    const more = [await freePort(), await freePort()];
    expect(more).not.toContain(first);
    expect(more).not.toContain(first + 1);
  } finally {
    server.close();
    await once(server, 'close');
  }
});

it('stays below the ports of outgoing connections', async () => {
  for (let n = 0; n < 60; n++) expect(await freePort()).toBeLessThan(32_768);
});
