/**
 * Lints texts as if they stood in the files that are named, and writes for each the rules that it
 * breaks: `[{ file, text }, ...]` on stdin -> `[["rule", ...], ...]` on stdout.
 * A process of its own, since ESLint's configuration is an ES module and jest runs CommonJS.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ESLint } from 'eslint';

const eslint = new ESLint({ cwd: resolve(import.meta.dirname, '../../..') });
const answers = [];
for (const { file, text } of JSON.parse(readFileSync(0, 'utf8'))) {
  const [result] = await eslint.lintText(text, { filePath: file });
  answers.push(
    (result?.messages ?? []).map((message) => message.ruleId ?? `unreadable: ${message.message}`),
  );
}
process.stdout.write(JSON.stringify(answers));
