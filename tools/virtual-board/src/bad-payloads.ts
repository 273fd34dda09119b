/** Kinds of misbehaviour that are a matter of what is in a message. */
export const BAD_PAYLOAD_KINDS = [
  'malformed-json',
  'not-utf8',
  'missing-fields',
  'wrong-types',
  'unknown-action',
  'megabyte',
  'deep-json',
] as const;

export type BadPayloadKind = (typeof BAD_PAYLOAD_KINDS)[number];

const MEGABYTE = 1024 * 1024;
const DEPTH = 20_000;

const TEXTS: Readonly<Record<BadPayloadKind, () => readonly (string | Buffer)[]>> = {
  'malformed-json': () => [
    '',
    ' ',
    '{',
    '}',
    'hello',
    '{"action":"checkmachine"',
    '{"action":"checkuser","uid":"0badf00d"',
    '{"action":"checkuser","uid":0badf00d}',
    "{'action':'checkmachine'}",
    '{"action":"checkmachine",}',
    '{"action":"checkmachine"}{"action":"checkmachine"}',
    '\ufeff{"action":"checkmachine"}',
    '[]',
    'null',
    'true',
    '42',
    '"checkmachine"',
    '[{"action":"checkmachine"}]',
    '{"action":"checkmachine"\u0000}',
    '<script>alert(1)</script>',
    '\u001b[31mred\u001b[0m\r\nforged log line',
  ],
  'not-utf8': () => [
    Buffer.from([0xff, 0xfe, 0xfd]),
    Buffer.from([0x00]),
    Buffer.concat([
      Buffer.from('{"action":"checkuser","uid":"'),
      Buffer.from([0xc3, 0x28, 0x22, 0x7d]),
    ]),
    Buffer.concat([Buffer.from('{"action":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
    Buffer.from('{"action":"checkmachine"}', 'utf16le'),
  ],
  'missing-fields': () => [
    '{}',
    '{"uid":"0badf00d"}',
    '{"action":"checkuser"}',
    '{"action":"startuse"}',
    '{"action":"inuse"}',
    '{"action":"inuse","uid":"0badf00d"}',
    '{"action":"inuse","duration":5}',
    '{"action":"stopuse"}',
    '{"action":"stopuse","uid":"0badf00d"}',
    '{"action":"stopuse","duration":5}',
    '{"action":"stopuse","duration":5,"replay":true}',
    '{"action":"maintenance"}',
    '{"action":"alive"}',
  ],
  'wrong-types': () => [
    '{"action":1}',
    '{"action":null}',
    '{"action":["checkmachine"]}',
    '{"action":{"action":"checkmachine"}}',
    '{"action":"checkuser","uid":null}',
    '{"action":"checkuser","uid":12345678}',
    '{"action":"checkuser","uid":["0badf00d"]}',
    '{"action":"checkuser","uid":{"$ne":""}}',
    '{"action":"checkuser","uid":"\' OR 1=1 --"}',
    '{"action":"checkuser","uid":""}',
    '{"action":"checkuser","uid":"zzzzzzzz"}',
    '{"action":"startuse","uid":true}',
    '{"action":"startuse","uid":"0badf00d","replay":"yes"}',
    '{"action":"inuse","uid":"0badf00d","duration":"long"}',
    '{"action":"inuse","uid":"0badf00d","duration":-5}',
    '{"action":"stopuse","uid":"0badf00d","duration":1e308}',
    '{"action":"stopuse","uid":"0badf00d","duration":99999999999999999999}',
    '{"action":"stopuse","uid":"0badf00d","duration":1.5}',
    '{"action":"stopuse","uid":"0badf00d","duration":null}',
    '{"action":"stopuse","uid":"0badf00d","duration":-1,"replay":true}',
    '{"action":"maintenance","uid":[]}',
    '{"action":"alive","version":1,"ip":{},"serial":[],"heap":-1}',
    '{"__proto__":{"action":"checkmachine"}}',
  ],
  'unknown-action': () => [
    '{"action":"selfdestruct"}',
    '{"action":""}',
    '{"action":"CHECKMACHINE"}',
    '{"action":"checkmachine "}',
    '{"action":"constructor"}',
    '{"action":"__proto__"}',
    '{"action":"toString"}',
  ],
  megabyte: () => [
    `{"action":"checkuser","uid":"${'a'.repeat(MEGABYTE)}"}`,
    `{"action":"${'x'.repeat(MEGABYTE)}"}`,
    Buffer.alloc(MEGABYTE, 0xff),
  ],
  'deep-json': () => [
    '['.repeat(DEPTH) + ']'.repeat(DEPTH),
    `${'{"action":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`,
    `{"action":"checkuser","uid":${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}}`,
  ],
};

/** The messages of a kind, each fit to upset a careless backend. */
export function badPayloads(kind: BadPayloadKind): readonly Buffer[] {
  return TEXTS[kind]().map((text) => Buffer.from(text));
}

export function isBadPayloadKind(kind: string): kind is BadPayloadKind {
  return BAD_PAYLOAD_KINDS.some((known) => known === kind);
}
