import type { BoardEvent } from './board-events';
import { faultsInOrder, MemoryLink, type NetworkFault } from './memory-link';
import { acceptAll } from './spec-broker';
import { VirtualBoard } from './virtual-board';
import { VirtualClock } from './virtual-clock';

/** Message 0 is `alive`, 1 the first `checkmachine`, 2 its answer, 3 `checkuser` of the card at 10 s. */
async function play(faults: readonly NetworkFault[], untilMs = 60_000) {
  const clock = new VirtualClock();
  const heard: string[] = [];
  const events: BoardEvent[] = [];
  const link: MemoryLink = new MemoryLink({
    clock,
    faults: faultsInOrder(faults),
    onPublish: (topic, payload) => {
      heard.push(
        /"action":"(\w+)".*?("replay":true)?}/.exec(payload)?.slice(1).join(' ').trim() ?? '',
      );
      const answer = acceptAll(topic, payload);
      if (answer !== null) link.deliver(`${topic}/reply`, answer);
    },
  });
  const board = new VirtualBoard({ machineId: 1, clock, link });
  board.on((event) => events.push(event));
  board.boot();
  clock.at(10_000, () => board.tap('0badf00d'));
  await clock.runUntil(untilMs);
  const { state } = board;
  await board.powerCut();
  return { heard, state, events, kinds: events.map(({ kind }) => kind) };
}

const none: NetworkFault = {};

it('without faults everything arrives once', async () => {
  const { heard, state } = await play([]);
  expect(heard).toEqual([
    'alive',
    'checkmachine',
    'checkuser',
    'startuse',
    'checkmachine',
    'checkmachine',
    'inuse',
  ]);
  expect(state.use?.uid).toBe('0badf00d');
});

it('loses a query: the board times out and reconnects', async () => {
  const { heard, kinds, state } = await play([none, none, none, { copies: 0 }]);
  expect(kinds).toContain('unanswered');
  expect(heard.filter((action) => action === 'alive')).toHaveLength(2);
  expect(state.use).toBeNull();
});

it('doubles a message', async () => {
  const { heard } = await play([none, { copies: 2 }]);
  expect(heard.slice(0, 3)).toEqual(['alive', 'checkmachine', 'checkmachine']);
});

it('delays an answer, in order', async () => {
  const { events } = await play([none, none, { delayMs: 700 }]);
  const answer = events.find((event) => event.kind === 'answered');
  expect(answer?.answerMs).toBeCloseTo(701, 0);
});

it('delays a startuse answer too long: the message is replayed', async () => {
  const faults = [none, none, none, none, none, none, { delayMs: 2500 }];
  const { heard } = await play(faults, 90_000);
  expect(heard.filter((action) => action.startsWith('startuse'))).toEqual([
    'startuse',
    'startuse "replay":true',
  ]);
});

it('breaks at a message, with and without immediate return', async () => {
  const dropped = await play([none, none, none, { breaks: 'drop' }]);
  expect(dropped.kinds).toContain('broken');
  expect(dropped.kinds).not.toContain('connection-failed');

  const cut = await play([none, none, none, { breaks: 'cut', restoreAfterMs: 15_000 }]);
  expect(cut.kinds).toContain('connection-failed');
  expect(cut.state.isOnline).toBe(true);

  const gone = await play([none, none, none, { breaks: 'cut' }]);
  expect(gone.state.isOnline).toBe(false);
});
