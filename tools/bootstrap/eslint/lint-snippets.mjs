/**
 * Lints texts as if they stood in the files that are named, and writes for each the rules that it
 * breaks: `[{ file, text }, ...]` on stdin -> `[["rule", ...], ...]` on stdout. Each text is whole
 * lines. Those of one file are one text for ESLint, since for each new one the types of its project
 * are looked at anew; what is found belongs to the text in whose lines it stands.
 * A process of its own, since ESLint's configuration is an ES module and jest runs CommonJS.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ESLint } from 'eslint';

const eslint = new ESLint({ cwd: resolve(import.meta.dirname, '../../..') });
const cases = JSON.parse(readFileSync(0, 'utf8'));
const answers = cases.map(() => []);
for (const file of new Set(cases.map((each) => each.file))) {
  let text = '';
  /** Place in `lines`: line - 1. Value: place of the text that the line is of. */
  const lines = [];
  for (const [place, each] of cases.entries()) {
    if (each.file !== file) continue;
    text += each.text;
    lines.push(
      ...each.text
        .trimEnd()
        .split('\n')
        .map(() => place),
    );
  }
  const [result] = await eslint.lintText(text, { filePath: file });
  for (const { ruleId, message, line } of result?.messages ?? []) {
    const place = lines[(line ?? 0) - 1];
    if (place === undefined) throw new Error(`${file}:${line}: ${message}`);
    answers[place].push(ruleId ?? `unreadable: ${message}`);
  }
}
process.stdout.write(JSON.stringify(answers));
