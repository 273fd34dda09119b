import { HELP, readCliOptions, readMachineIds, UsageError } from './cli-options';
import { MISBEHAVIOURS } from './misbehaviour';

it('has defaults', () => {
  expect(readCliOptions([])).toMatchObject({
    mode: 'pattern',
    broker: { url: 'mqtt://127.0.0.1:1883' },
    machineIds: [1],
    pattern: 'tap',
    speed: 1,
    durationS: Infinity,
  });
});

it('reads ranges and lists of machines', () => {
  expect(readMachineIds('1-3,7, 2')).toEqual([1, 2, 3, 7]);
});

it.each([
  [['--machines', '0']],
  [['--machines', '5-2']],
  [['--machines', '65536']],
  [['--machines', 'a']],
  [['--cards', '0badf0']],
  [['--broker', 'http://x']],
  [['--broker', 'nowhere']],
  [['--speed', '0']],
  [['--duration', 'long']],
  [['--pattern', 'dance']],
  [['--misbehave', 'badly']],
  [['--unknown']],
  [['tap']],
  [['tap', 'x']],
  [['tip', '0badf00d']],
  [['tap', '0badf00d', '--machines', '1,2']],
])('refuses %j', (args) => {
  expect(() => readCliOptions(args)).toThrow(UsageError);
});

it('knows its modes', () => {
  expect(readCliOptions(['tap', '0BADF00D'])).toMatchObject({ mode: 'tap', cards: ['0badf00d'] });
  expect(readCliOptions(['--interactive']).mode).toBe('interactive');
  expect(readCliOptions(['--misbehave', 'flood'])).toMatchObject({ mode: 'misbehave' });
  expect(readCliOptions(['--help']).mode).toBe('help');
});

it('names every misbehaviour in its help', () => {
  for (const kind of MISBEHAVIOURS) expect(HELP).toContain(kind);
});
