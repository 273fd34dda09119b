import { createServer } from 'node:net';
import type { BoardEvent } from './board-events';
import { MqttLink } from './mqtt-link';
import { RealClock } from './real-clock';
import { acceptAll, eventually, SpecBroker } from './spec-broker';
import { VirtualBoard } from './virtual-board';
import { fasterTimings } from './timings';

const clock = new RealClock();
let broker: SpecBroker;
let link: MqttLink;

async function start(password?: string): Promise<void> {
  broker = await SpecBroker.start(acceptAll, password);
  link = new MqttLink({ clock, broker: { url: broker.url } });
}

afterEach(async () => {
  link.close('abrupt');
  await broker.stop();
});

describe('a link to a broker', () => {
  it('connects under the client id, subscribes and reads what has come', async () => {
    await start();
    expect(await link.open('BOARD7')).toBe(true);
    expect(await link.subscribe('machine/7/reply')).toBe(true);
    expect(link.isAlive()).toBe(true);
    expect(link.hasUnread()).toBe(false);

    expect(link.publish('machine/7', '{"action":"checkmachine"}')).toBe(true);
    await eventually(() => link.hasUnread());

    const [packet] = link.take();
    expect(broker.clientIds).toEqual(['BOARD7']);
    expect(packet?.topic).toBe('machine/7/reply');
    expect(packet?.payload).toBe(acceptAll('', '"checkmachine"'));
    expect(packet?.packetBytes).toBe(1 + 2 + 2 + 15 + (packet?.payload.length ?? 0));
    expect(link.take()).toEqual([]);
  });

  it('sets no delay of small packets', async () => {
    await start();
    const setNoDelay = jest.spyOn(jest.requireActual('node:net').Socket.prototype, 'setNoDelay');
    await link.open('BOARD7');
    expect(setNoDelay).toHaveBeenCalledWith(true);
    setNoDelay.mockRestore();
  });

  it('says when the broker is gone, and keeps what came before that until it is read', async () => {
    await start();
    await link.open('BOARD7');
    await link.subscribe('machine/7/reply');
    let news = 0;
    link.onNews(() => news++);
    link.publish('machine/7', '{"action":"checkmachine"}');
    await eventually(() => link.hasUnread());
    broker.dropAll();
    await eventually(() => news === 2);

    expect(link.publish('machine/7', 'x')).toBe(false);
    expect(link.isAlive()).toBe(true);
    expect(link.take()).toHaveLength(1);
    expect(link.isAlive()).toBe(false);
    expect(await link.subscribe('machine/7/reply')).toBe(false);
  });

  it('can be cut and restored', async () => {
    await start();
    await link.open('BOARD7');
    link.cut();
    expect(link.isAlive()).toBe(false);
    expect(await link.open('BOARD7')).toBe(false);
    link.restore();
    expect(await link.open('BOARD7')).toBe(true);
  });

  it('says why it was refused', async () => {
    await start('secret');
    expect(await link.open('BOARD7')).toBe(false);
    expect(link.lastError?.message).toMatch(/not authorized|bad user/i);

    link = new MqttLink({ clock, broker: { url: broker.url, username: 'b', password: 'secret' } });
    expect(await link.open('BOARD7')).toBe(true);
  });

  it('gives up on a broker that does not answer', async () => {
    await start();
    const mute = createServer();
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const address = mute.address();
    const port = typeof address === 'object' ? address?.port : 0;
    link = new MqttLink({
      clock,
      broker: { url: `mqtt://127.0.0.1:${port}` },
      connectTimeoutMs: 100,
    });
    expect(await link.open('BOARD7')).toBe(false);
    mute.close();
  });

  it('gives up on a port where nobody listens', async () => {
    await start();
    link = new MqttLink({ clock, broker: { url: 'mqtt://127.0.0.1:1' } });
    expect(await link.open('BOARD7')).toBe(false);
    expect(link.lastError?.message).toMatch(/ECONNREFUSED/);
  });
});

describe('a board on a real broker', () => {
  it('boots, lets a card in and out, and loses nothing when the broker drops it', async () => {
    await start();
    const board = new VirtualBoard({
      machineId: 7,
      clock,
      link,
      timings: { ...fasterTimings(50), pollMs: 5 },
    });
    const events: BoardEvent[] = [];
    board.on((event) => events.push(event));
    const count = (kind: BoardEvent['kind']) => events.filter((it) => it.kind === kind).length;

    board.boot();
    await eventually(() => count('answered') === 1);
    board.tap('0BADF00D');
    await eventually(() => count('started') === 1);
    expect(board.state.power).toBe('on');
    broker.dropAll();
    await eventually(() => count('disconnected') === 1 && count('connected') === 2);
    board.tap('0badf00d', 1000);
    await eventually(() => count('stopped') === 1 && board.state.queueLength === 0);
    await board.powerCut();

    const actions = broker.published.map(({ payload }) => payload.toString('utf8'));
    expect(actions[0]).toMatch(/^{"action":"alive","version":"hardware-rev0-en_US,1.3.0",/);
    expect(actions).toContain('{"action":"startuse", "uid":"0badf00d"}');
    expect(actions.some((text) => /"stopuse", "uid":"0badf00d","duration":\d/.test(text))).toBe(
      true,
    );
    const answers = events.filter((event) => event.kind === 'answered');
    expect(answers.every((it) => it.answerMs > 0 && it.answerMs < 500)).toBe(true);
    expect(board.state.isRunning).toBe(false);
  });
});
