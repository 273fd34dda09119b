import fc from 'fast-check';
import { faultsOf } from './use-truth/oracle';
import { rehearse } from './use-truth/rehearsal';
import { type Act, CARDS, scenario } from './use-truth/scenario';

/**
 * The rule about uses against boards that behave as the firmware does, on a network and with a
 * backend that fail in every way that was recorded. More runs, or others:
 * `USES_RUNS=20000 USES_SEED=7 npx jest --selectProjects node --testPathPatterns uses-are-true`.
 */
const numRuns = Number(process.env['USES_RUNS'] ?? 1000);
const seed = Number(process.env['USES_SEED'] ?? 20_260_610);

it('what is recorded is what the machines did', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (played) => {
      const aftermath = await rehearse(played);
      const faults = faultsOf(aftermath);
      if (faults.length > 0) {
        throw new Error([...faults, ...aftermath.trace].join('\n'));
      }
    }),
    { numRuns, seed, endOnFailure: false },
  );
}, 3_600_000);

/** What chance hardly ever makes: the wire does not tell two equal uses from one that came again. */
it('two equal uses in two outages are one record that says it is not certain', async () => {
  const tap: Act = { kind: 'tap', card: CARDS[0] };
  const learnsTheCard: [number, Act][] = [
    [10, tap],
    [9, tap],
  ];
  const outage: [number, Act][] = [
    [40, { kind: 'cut-link', forS: 50 }],
    [10, tap],
    [20.5, tap], // the board counts 20 s
  ];
  const steps = [...learnsTheCard, ...outage, ...outage].map(
    ([afterS, act]) => ({ afterS, machine: 0, act }) as const,
  );
  const aftermath = await rehearse({ logoffMin: 0, steps });
  expect(faultsOf(aftermath)).toEqual([]);
  const records = [...aftermath.backend.machines.values()].flatMap(({ stored }) => [
    ...stored.values(),
  ]);
  expect(records.map(({ estimated }) => estimated)).toEqual([false, true]);
});
