/** `npm run bench`: how fast the product answers boards, beside a bare echo on the same broker. */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { aimLines } from './aims';
import { runEcho } from './echo';
import { runLoad } from './load';
import { readOptions, USAGE } from './options';
import { rowsOf, tableOf } from './report';
import { runBench } from './run-bench';
import { runLists } from './run-lists';

/** dist/tools/bench/main.js */
const rootFolder = resolve(import.meta.dirname, '../../..');

async function bench(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const samples = await runBench(rootFolder, options, say);
  const rows = rowsOf(samples);
  process.stdout.write(`\n${tableOf(rows)}\n\n${aimLines(rows).join('\n')}\n`);
  if (options.jsonFile === null) return;
  const environment = { node: process.version, cpus: cpus().map(({ model }) => model) };
  writeFileSync(options.jsonFile, `${JSON.stringify({ environment, options, rows }, null, 2)}\n`);
}

/** `npm run bench -- lists`: how fast the lists of the REST API are. */
async function lists(args: readonly string[]): Promise<void> {
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  await runLists(rootFolder, args, say);
}

const [role = '', ...args] = process.argv.slice(2);
if (role === 'load') runLoad();
else if (role === 'echo') {
  const [kind, whose, port] = args;
  await runEcho(
    kind === 'linked' ? 'linked' : 'client',
    whose === 'own' ? { ownPort: Number(port) } : { brokerPort: Number(port) },
  );
} else {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
  await (role === 'lists' ? lists(args) : bench(process.argv.slice(2))).catch((error: unknown) => {
    // Something could not be started, or has ended: what it said is the message.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
