/** Runs the checks, each with one closing line, and adds up what they found. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { provideDebianPackages } from './debian-packages.mjs';
import { ensureDeps } from './ensure-deps.mjs';
import { runCaptured } from './run-captured.mjs';
import { stepGroups } from './test-steps.mjs';

const root = resolve(import.meta.dirname, '../..');

export async function runTests({ isQuick }) {
  if (!(await ensureDeps()) || !(isQuick || (await provideDebianPackages()))) {
    process.exitCode = 1;
    return;
  }
  mkdirSync(join(root, 'dist', 'test-results'), { recursive: true });
  const total = { passed: 0, failed: 0 };
  /** Names of the steps that failed. */
  const broken = new Set();
  for (const group of stepGroups(root, { isQuick })) {
    const results = group.map(async (step) => ({ step, ...(await runStep(step, broken)) }));
    for (const { step, ok, passed, failed } of await Promise.all(results)) {
      if (!ok) broken.add(step.name);
      total.passed += passed;
      total.failed += ok ? failed : Math.max(failed, 1);
    }
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

/** A step is a command, or a function of its own; `needs` names one without which it is senseless. */
async function runStep(step, broken) {
  if (step.needs !== undefined && broken.has(step.needs)) {
    console.log(`${step.name}: failed (not run, since "${step.needs}" failed)`);
    return { ok: false, passed: 0, failed: 1 };
  }
  const startMs = performance.now();
  const { ok: isDone, output } = step.run
    ? { ok: await step.run(), output: '' }
    : await runCaptured(step.command, { cwd: root, env: step.env, title: step.name });
  const counts = step.count?.() ?? { passed: 0, failed: 0, skipped: 0 };
  const ok = isDone && counts.failed === 0;
  if (!ok) console.log(output);
  const seconds = Math.round((performance.now() - startMs) / 1000);
  const tests = step.count ? `, ${counts.passed} passed, ${counts.failed} failed` : '';
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  console.log(`${step.name}: ${ok ? 'ok' : 'FAILED'} in ${seconds} s${tests}${skipped}`);
  return { ok, passed: counts.passed, failed: counts.failed };
}
