import type { JobRunView } from '@fabomatic/system';
import * as z from 'zod';
import type { Formats } from '../../language/formats';
import type { WordParams, Words } from '../../language/words';

const Params = z.record(z.string(), z.union([z.string(), z.number()]));

/**
 * i18n-keys: jobs.name.* jobs.about.* jobs.counted.*
 *
 * What a job is called; one that these pages do not know has its own name.
 */
export function jobName(words: Words, name: string): string {
  return known(words, `jobs.name.${name}`) ?? name;
}

/** What a job does, in a sentence; '' for one that these pages do not know. */
export function jobAbout(words: Words, name: string): string {
  return known(words, `jobs.about.${name}`) ?? '';
}

/** What came of a run, or would come of it: one sentence. */
export function runText(words: Words, formats: Formats, run: JobRunView): string {
  switch (run.outcome) {
    case 'running':
      return words.say(run.isDryRun ? 'jobs.trying' : 'jobs.running');
    case 'interrupted':
      return words.say('jobs.interrupted');
    case 'failed':
      return words.say('jobs.failed', { why: why(words, run.error ?? '') });
    case 'done':
      return doneText(words, formats, run);
  }
}

function doneText(words: Words, formats: Formats, { job, isDryRun, summary }: JobRunView): string {
  const entries = Object.entries(summary).filter(([, count]) => count !== 0);
  const counted = entries.map(([kind, count]) => {
    const figure = kind === 'bytes' ? formats.size(count) : formats.number(count);
    const own = known(words, `jobs.counted.${job}_${kind}`, { n: figure });
    return own ?? `${kind}: ${figure}`;
  });
  const all = counted.join(', ');
  if (entries.length === 0) {
    return words.say(isDryRun ? 'jobs.would_do_nothing' : 'jobs.did_nothing');
  }
  return isDryRun ? words.say('jobs.would_do', { all }) : words.say('jobs.did', { all });
}

/** A refusal of the product's own is stored as its code and what it names: 'mail.off {}'. */
function why(words: Words, error: string): string {
  const [, code, named] = /^([\w.-]+) (\{.*\})$/.exec(error) ?? [];
  if (code === undefined || named === undefined) return error;
  try {
    return known(words, `errors.${code}`, Params.parse(JSON.parse(named))) ?? error;
  } catch {
    return error; // looks like one, and is a sentence of somebody else
  }
}

/** null where there are no such words. */
function known(words: Words, key: string, params: WordParams = {}): string | null {
  const sentence = words.problem(key, params);
  return sentence === words.say('errors.field.invalid') ? null : sentence;
}
