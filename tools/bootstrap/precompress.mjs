/**
 * Puts a .br and a .gz beside each text file of the built web app, so that a small computer does
 * not compress at every visit. Fonts (woff) and pictures are compressed already.
 * Usage: node tools/bootstrap/precompress.mjs [folder]
 */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const TEXT_FILE = /\.(?:js|css|html|svg|json|txt|webmanifest)$/;
/** Below this a packet is not saved. */
const MIN_BYTES = 1024;

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

export async function precompress(folder) {
  const files = await readdir(folder, { recursive: true });
  const texts = files.filter((file) => TEXT_FILE.test(file));
  await Promise.all(texts.map((file) => compress(join(folder, file))));
}

async function compress(path) {
  const content = await readFile(path);
  if (content.length < MIN_BYTES) {
    await Promise.all([rm(`${path}.br`, { force: true }), rm(`${path}.gz`, { force: true })]);
    return;
  }
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  await Promise.all([
    toBrotli(content, { params }).then((packed) => writeFile(`${path}.br`, packed)),
    toGzip(content, { level: 9 }).then((packed) => writeFile(`${path}.gz`, packed)),
  ]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = resolve(import.meta.dirname, '../..');
  await precompress(resolve(process.argv[2] ?? join(root, 'dist/apps/web/browser')));
}
