import { boardCommand, commandEvidence, type SentCommand } from './board-commands';
import { parseBoardRequest } from './board-requests';
import { requestTopic } from './board-topics';

test('[36] a command is exactly its kind and a card', () => {
  expect(JSON.stringify(boardCommand('start', '0badf00d'))).toBe(
    '{"request_type":"start","uid":"0badf00d"}',
  );
});

test('[37] a command goes to the subtopic of the settings', () => {
  const names = { topic: 'lab', replySubtopic: '/reply', requestSubtopic: '/do', statsTopic: 's' };
  expect(requestTopic(names, 7)).toBe('lab/7/do');
});

const start: SentCommand = { kind: 'start', cardUid: '0badf00d' };
const stop: SentCommand = { kind: 'stop', cardUid: '0badf00d' };
const stopOfUnknown: SentCommand = { kind: 'stop', cardUid: null };

test.each<[string, SentCommand, object, ReturnType<typeof commandEvidence>]>([
  ['the start of that card', start, { action: 'startuse', uid: '0BADF00D' }, 'confirmed'],
  ['the start of another', start, { action: 'startuse', uid: 'aabbccdd' }, null],
  ['an old start', start, { action: 'startuse', uid: '0badf00d', replay: true }, null],
  [
    'its use, the start being lost',
    start,
    { action: 'inuse', uid: '0badf00d', duration: 3 },
    'confirmed',
  ],
  ['a question about that card', start, { action: 'checkuser', uid: '0badf00d' }, 'ask-access'],
  ['the end of the use before', start, { action: 'stopuse', uid: '0badf00d', duration: 9 }, null],
  ['the end of that use', stop, { action: 'stopuse', uid: '0badf00d', duration: 9 }, 'confirmed'],
  ['an old end', stop, { action: 'stopuse', uid: '0badf00d', duration: 9, replay: true }, null],
  ['the end of another use', stop, { action: 'stopuse', uid: 'aabbccdd', duration: 9 }, null],
  [
    'the end of a use whose card is not known',
    stopOfUnknown,
    { action: 'stopuse', uid: 'aabbccdd', duration: 9 },
    'confirmed',
  ],
  ['a question about the machine', stopOfUnknown, { action: 'checkmachine' }, null],
])('%s', (_, command, message, evidence) => {
  const parsed = parseBoardRequest(JSON.stringify(message));
  if (!parsed.ok) throw new Error('unreadable');
  expect(commandEvidence(command, parsed.request)).toBe(evidence);
});
