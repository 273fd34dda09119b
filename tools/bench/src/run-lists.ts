import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeLab } from './bench-lab';
import { endChild } from './child';
import { writeKey, writeSpreadUses } from './list-lab';
import { measuredLists } from './list-requests';
import { type Product, startProduct } from './product';
import { shareOf } from './statistics';

/** No answer of a list may take longer at p95. */
const AIM_MS = 50;

interface Timing {
  readonly request: string;
  readonly p50: number;
  readonly p95: number;
}

/** Fills a database, starts the built product on it and times every list over HTTP. */
export async function runLists(
  rootFolder: string,
  args: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      uses: { type: 'string', default: '21989' },
      requests: { type: 'string', default: '30' },
      path: { type: 'string', default: '' },
      export: { type: 'boolean', default: false },
    },
  });
  // On the disk that the product would be on: /tmp may be memory.
  const dataFolder = mkdtempSync(join(rootFolder, 'dist', 'bench-lists-'));
  try {
    say(`Writing ${values.uses} uses ...`);
    const key = await writeDatabase(rootFolder, dataFolder, Number(values.uses));
    if (values.export) {
      const product = await start(rootFolder, dataFolder);
      say(await measureExport(product, key));
      await endChild(product.child);
    }
    const product = await start(rootFolder, dataFolder);
    try {
      await measureLists(new Reader(product, key, Number(values.requests)), values.path, say);
    } finally {
      await endChild(product.child);
    }
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

function start(rootFolder: string, dataFolder: string): Promise<Product> {
  const own = { brokerPort: null, topic: 'lists', profileFolder: null };
  return startProduct({ rootFolder, dataFolder, ...own });
}

/** The product itself makes the schema; the lab and its past are written beside it. */
async function writeDatabase(root: string, dataFolder: string, uses: number): Promise<string> {
  await endChild((await start(root, dataFolder)).child);
  const file = join(dataFolder, 'fabomatic.db');
  const nowS = Date.now() / 1000;
  writeLab(file, nowS);
  writeSpreadUses(file, uses, nowS);
  return writeKey(file, nowS);
}

class Reader {
  constructor(
    private readonly product: Product,
    private readonly key: string,
    private readonly requests: number,
  ) {}

  /** Times of one request, repeated; the first one, which prepares statements, is not among them. */
  async time(path: string): Promise<{ readonly timing: Timing; readonly total: number }> {
    const { total } = JSON.parse(await this.text(path)) as { total: number };
    const times: number[] = [];
    for (let n = 0; n < this.requests; n++) {
      const start = performance.now();
      await this.text(path);
      times.push(performance.now() - start);
    }
    const timing = { request: path, p50: shareOf(times, 0.5), p95: shareOf(times, 0.95) };
    return { timing, total };
  }

  private async text(path: string): Promise<string> {
    const answer = await get(this.product, this.key, path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.text();
  }
}

function get({ webPort }: Product, key: string, path: string): Promise<Response> {
  const headers = { authorization: `Bearer ${key}` };
  return fetch(`http://127.0.0.1:${webPort}/api/v1/${path}`, { headers });
}

async function measureLists(
  reader: Reader,
  only: string,
  say: (line: string) => void,
): Promise<void> {
  const timings: Timing[] = [];
  for (const { path, sorts, filters } of measuredLists()) {
    if (!path.startsWith(only)) continue;
    for (const filter of filters) {
      for (const sort of sorts) {
        const query = `${path}?sort=${sort}&pageSize=50${filter === '' ? '' : `&${filter}`}`;
        const first = await reader.time(`${query}&page=1`);
        timings.push(first.timing);
        const pages = Math.ceil(first.total / 50);
        for (const page of new Set([Math.ceil(pages / 2), pages])) {
          if (page > 1) timings.push((await reader.time(`${query}&page=${page}`)).timing);
        }
      }
    }
  }
  for (const timing of timings) process.stdout.write(`${lineOf(timing)}\n`);
  const missed = timings.filter(({ p95 }) => p95 >= AIM_MS);
  say(`${timings.length} lists, ${missed.length} of them not within ${AIM_MS} ms at p95`);
  for (const timing of missed) say(lineOf(timing));
}

function lineOf({ request, p50, p95 }: Timing): string {
  return `${p50.toFixed(1).padStart(8)} ${p95.toFixed(1).padStart(8)} ms  ${request}`;
}

/** Size, duration, and VmHWM of a product that has done nothing else; Linux only. */
async function measureExport(product: Product, key: string): Promise<string> {
  const peakMb = () => {
    const [, kb] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${product.pid}/status`, 'utf8')) ?? [];
    return Math.round(Number(kb) / 1024);
  };
  const before = peakMb();
  const start = performance.now();
  const answer = await get(product, key, 'exports/uses.xlsx');
  if (!answer.ok || answer.body === null) throw new Error(`the export: ${answer.status}`);
  let bytes = 0;
  for await (const chunk of answer.body) bytes += (chunk as Uint8Array).length;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const size = (bytes / 1e6).toFixed(1);
  return `exports/uses.xlsx: ${size} MB in ${seconds} s, VmHWM ${before} MB before, ${peakMb()} MB after`;
}
