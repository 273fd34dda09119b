import { parseBoardRequest } from './board-requests';

const parse = (body: unknown) => parseBoardRequest(JSON.stringify(body));

test.each([
  ['{"action":"checkmachine"}', { action: 'checkmachine' }],
  ['{"action":"synccache"}', { action: 'synccache' }],
  ['{"action":"checkuser","uid":"0BADF00D"}', { action: 'checkuser', cardUid: '0badf00d' }],
  ['{"action":"checkuser"}', { action: 'checkuser', cardUid: null }],
  ['{"action":"checkuser","uid":null}', { action: 'checkuser', cardUid: null }],
  ['{"action":"checkuser","uid":12345678}', { action: 'checkuser', cardUid: null }],
  [
    '{"action":"startuse", "uid":"0badf00d"}',
    { action: 'startuse', cardUid: '0badf00d', replay: false },
  ],
  [
    '{"action":"startuse", "uid":"0badf00d", "replay":true}',
    { action: 'startuse', cardUid: '0badf00d', replay: true },
  ],
  [
    '{"action":"inuse", "uid":"0badf00d","duration":28}',
    { action: 'inuse', cardUid: '0badf00d', durationS: 28 },
  ],
  [
    '{"action":"stopuse", "uid":"0badf00d","duration":16, "replay":true}',
    { action: 'stopuse', cardUid: '0badf00d', durationS: 16, replay: true },
  ],
  [
    '{"action":"stopuse", "uid":"00000000","duration":0}',
    { action: 'stopuse', cardUid: null, durationS: 0, replay: false },
  ],
  [
    '{"action":"stopuse", "uid":"0badf00d","duration":-1}',
    { action: 'stopuse', cardUid: '0badf00d', durationS: null, replay: false },
  ],
  [
    '{"action":"stopuse", "uid":"0badf00d","duration":1e400}',
    { action: 'stopuse', cardUid: '0badf00d', durationS: null, replay: false },
  ],
  [
    '{"action":"maintenance", "uid":"aabbccdd"}',
    { action: 'maintenance', cardUid: 'aabbccdd', replay: false },
  ],
  [
    '{"action":"alive","version":"hardware-rev0-en_US,1.3.0","ip":"192.168.1.41","serial":"dcda0c419755","heap":"214572"}',
    {
      action: 'alive',
      version: 'hardware-rev0-en_US,1.3.0',
      ip: '192.168.1.41',
      serial: 'dcda0c419755',
      heapBytes: 214572,
    },
  ],
  [
    '{"action":"alive","version":"0.9\\u0000","ip":"10.0.0.1\\u001b","serial":"a\\u0000b"}',
    { action: 'alive', version: '0.9', ip: '10.0.0.1', serial: 'ab', heapBytes: null },
  ],
  [
    '{"action":"alive","version":"0.9","ip":"10.0.0.1"}',
    { action: 'alive', version: '0.9', ip: '10.0.0.1', serial: '', heapBytes: null },
  ],
  ['  {"extra":[1,{}], "action":"checkmachine","action":"synccache"}\n', { action: 'synccache' }],
])('%s is read', (text, request) => {
  expect(parseBoardRequest(text)).toEqual({ ok: true, request });
});

test.each([
  [null, null, 'payload'],
  ['', null, 'payload'],
  ['5', null, 'payload'],
  ['null', null, 'payload'],
  ['true', null, 'payload'],
  ['"my action"', null, 'payload'],
  ['["action"]', null, 'payload'],
  ["{'action':'checkmachine'}", null, 'payload'],
  ['\ufeff{"action":"checkmachine"}', null, 'payload'],
  ['['.repeat(4000), null, 'payload'],
  [`{"action":"checkmachine","x":"${'x'.repeat(5000)}"}`, null, 'payload'],
  ['{}', null, 'action'],
  ['{"action":7}', null, 'action'],
  ['{"action":"CHECKUSER"}', null, 'action'],
  ['{"action":"startuse"}', 'startuse', 'uid'],
  ['{"action":"startuse","uid":null}', 'startuse', 'uid'],
  ['{"action":"startuse","uid":"0badf00d","replay":"yes"}', 'startuse', 'replay'],
  ['{"action":"stopuse","uid":"0badf00d"}', 'stopuse', 'duration'],
  ['{"action":"stopuse","uid":"0badf00d","duration":"12"}', 'stopuse', 'duration'],
  ['{"action":"inuse","uid":"0badf00d","duration":true}', 'inuse', 'duration'],
  ['{"action":"stopuse","uid":"0badf00d","duration":NaN}', null, 'payload'],
  ['{"action":"maintenance"}', 'maintenance', 'uid'],
  ['{"action":"alive","ip":"10.0.0.1"}', 'alive', 'version'],
  ['{"action":"alive","version":"1","ip":{"a":1}}', 'alive', 'ip'],
])('%.60s names the field that is wrong', (text, action, field) => {
  const parsed = parseBoardRequest(text);
  expect(parsed).toMatchObject({ ok: false, problem: { action, field } });
});

test('what a board says about itself is cut', () => {
  const parsed = parse({ action: 'alive', version: 'v'.repeat(1000), ip: '1', heap: -4 });
  expect(parsed).toMatchObject({ ok: true, request: { version: 'v'.repeat(64), heapBytes: null } });
});
