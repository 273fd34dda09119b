import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { describePortHolder, listenError } from './port-holder';
import { StartError } from './start-error';

let server: Server;
let port: number;

beforeEach(async () => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterEach(() => server.close());

it('names the program that listens', async () => {
  expect(await describePortHolder(port)).toMatch(new RegExp(`^.+ \\(process ${process.pid}\\)$`));
});

it('knows nobody when nobody listens', async () => {
  server.close();
  await once(server, 'close');
  expect(await describePortHolder(port)).toBeUndefined();
});

it.each<['web' | 'MQTT', RegExp]>([
  ['web', /is taken by .+ \(process \d+\)[\s\S]*FABOMATIC_WEB_PORT=\d+ npm start/],
  ['MQTT', /is taken by[\s\S]*MQTT\.broker = "localhost"[\s\S]*FABOMATIC_MQTT_PORT=\d+/],
])('says what to do about a taken %s port', async (use, expected) => {
  const taken = Object.assign(new Error('in use'), { code: 'EADDRINUSE' });
  const error = await listenError(taken, { use, host: '0.0.0.0', port });
  expect(error).toBeInstanceOf(StartError);
  expect(String(error)).toMatch(expected);
});

it('leaves other errors as they are', async () => {
  const other = new Error('other');
  expect(await listenError(other, { use: 'web', host: 'x', port })).toBe(other);
});
