import fc from 'fast-check';
import { faultsOf } from './use-truth/oracle';
import { rehearse } from './use-truth/rehearsal';
import { scenario } from './use-truth/scenario';

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
