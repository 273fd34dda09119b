import fc from 'fast-check';
import { parse } from 'smol-toml';
import { withTomlValue } from './toml-lines';

const FILE = `# Our lab.

[MQTT]
broker = "embedded" # no Mosquitto here
port   =   1883
unknown_to_us = [1, 2]   # somebody's

# the pages
[web]
base_url = "https://fab.example.org/#top"
`;
const port = { section: 'MQTT', name: 'port' };

test.each<[string, { section: string; name: string }, string | number | boolean | null, string]>([
  ['changes one line', port, 1884, FILE.replace('port   =   1883', 'port   =   1884')],
  [
    'keeps the comment behind a value',
    { section: 'MQTT', name: 'broker' },
    'a "b" # c',
    FILE.replace('"embedded" #', '"a \\"b\\" # c" #'),
  ],
  [
    'a "#" in a text is no comment',
    { section: 'web', name: 'base_url' },
    '',
    FILE.replace('"https://fab.example.org/#top"', '""'),
  ],
  ['takes a key out', port, null, FILE.replace('port   =   1883\n', '')],
  [
    'adds a key at the end of its section',
    { section: 'MQTT', name: 'user' },
    'lab',
    FILE.replace("# somebody's\n", `# somebody's\nuser = "lab"\n`),
  ],
  ['adds a section', { section: 'lab', name: 'name' }, 'Lago', `${FILE}\n[lab]\nname = "Lago"\n`],
  ['what is not there need not be taken out', { section: 'lab', name: 'name' }, null, FILE],
])('%s', (_, key, value, expected) => expect(withTomlValue(FILE, key, value)).toBe(expected));

test('begins a file', () => {
  expect(withTomlValue('', port, 1)).toBe('[MQTT]\nport = 1\n');
});

test.each([
  ['an inline table', 'MQTT = { port = 1883 }\n'],
  ['a dotted key', 'MQTT.port = 1883\n'],
  ['a text over several lines', '[MQTT]\nport = """\n1883\n"""\n'],
  ['no TOML at all', '[MQTT\n'],
])('%s is not guessed at', (_, text) => expect(withTomlValue(text, port, 1884)).toBeNull());

test('any text comes back as it went in, and nothing else changes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (value) => {
      const changed = withTomlValue(FILE, { section: 'MQTT', name: 'broker' }, value) ?? '';
      expect(parse(changed)['MQTT']).toMatchObject({ broker: value, port: 1883 });
      expect(changed.split('\n').length).toBe(FILE.split('\n').length);
    }),
  );
});
