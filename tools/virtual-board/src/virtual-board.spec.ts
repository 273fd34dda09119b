import { loadRecordings } from './recording';
import { type Observation, playScenario, recordedObservations } from './recording-player';

/**
 * Not compared: frozen links and WiFi, the cache-sync branch, two boards on one link, what the
 * flash overflow does, and 7-byte cards (the reader is given the 8 digits).
 */
const NOT_COMPARED =
  /retained_start|frozen|wifi|synccache|two_boards|same_client|7_and_10|^flash|smoke/;

const recordings = loadRecordings();
const compared = [...recordings.keys()].filter((name) => !NOT_COMPARED.test(name));

/** The bytes of a message, durations apart: those may differ by a second. */
function withoutDuration({ what, text }: Observation): string {
  return `${what} ${text.replace(/"duration":\d+/, '"duration":N')}`;
}

function durationS({ text }: Observation): number {
  return Number(/"duration":(\d+)/.exec(text)?.[1] ?? 0);
}

/** How far a moment may be off: the phase of the reader's poll is free, power-off has 1 s. */
function toleranceMs({ what, text }: Observation): number {
  return what === 'relay' && text === 'off' ? 1000 : 400;
}

it('has the recordings', () => {
  expect(compared).toHaveLength(126);
});

describe('does what the recorded firmware did', () => {
  it.each(compared)('%s', async (name) => {
    const lines = recordings.get(name) ?? [];
    const expected = recordedObservations(lines);

    const actual = await playScenario(lines);

    expect(actual.map(withoutDuration)).toEqual(expected.map(withoutDuration));
    const deviations = actual.map((observation, index) => {
      const model = expected[index] ?? observation;
      return {
        observation,
        isOnTime: Math.abs(observation.atMs - model.atMs) <= toleranceMs(model),
        isDurationRight: Math.abs(durationS(observation) - durationS(model)) <= 1,
      };
    });
    expect(deviations.filter((it) => !it.isOnTime || !it.isDurationRight)).toEqual([]);
  });
});
