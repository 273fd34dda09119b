import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { systemErrorCode } from '../start-error';

const inflate = promisify(inflateRaw);

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 65_535;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
const MAX_ENTRIES = 1000;

export type ZipProblem = 'broken' | 'too-large';

/**
 * Unpacks each part of a zip archive and throws it away, up to `maxBytes` in all: the sizes that an
 * archive tells of itself can be lies, and a file of a few kB can hold gigabytes. null: it is fine.
 */
export async function zipProblem(content: Buffer, maxBytes: number): Promise<ZipProblem | null> {
  try {
    return await measure(content, maxBytes);
  } catch (error) {
    // ERR_BUFFER_TOO_LARGE: larger than allowed. Z_DATA_ERROR, Z_BUF_ERROR, ERR_OUT_OF_RANGE: torn.
    const code = systemErrorCode(error);
    if (code === 'ERR_BUFFER_TOO_LARGE') return 'too-large';
    if (code?.startsWith('Z_') || code === 'ERR_OUT_OF_RANGE') return 'broken';
    throw error;
  }
}

async function measure(content: Buffer, maxBytes: number): Promise<ZipProblem | null> {
  const end = endOfDirectory(content);
  if (end === null) return 'broken';
  const entries = content.readUInt16LE(end + 10);
  if (entries > MAX_ENTRIES) return 'too-large';
  let at = content.readUInt32LE(end + 16);
  // Zip64, parts on other disks, or bytes in between: other programs would look elsewhere than here.
  const hasDisks = content.readUInt32LE(end + 4) !== 0;
  if (hasDisks || at + content.readUInt32LE(end + 12) !== end) return 'broken';
  let left = maxBytes;
  for (let number = 0; number < entries; number++) {
    if (content.readUInt32LE(at) !== DIRECTORY_ENTRY) return 'broken';
    const method = content.readUInt16LE(at + 10);
    const packedBytes = content.readUInt32LE(at + 20);
    const start = dataStart(content, content.readUInt32LE(at + 42));
    if (start === null || (method !== STORED && method !== DEFLATED)) return 'broken';
    const packed = content.subarray(start, start + packedBytes);
    if (packed.length !== packedBytes) return 'broken';
    const size =
      method === STORED
        ? packedBytes
        : (await inflate(packed, { maxOutputLength: Math.max(left, 1) })).length;
    left -= size;
    if (left <= 0) return 'too-large';
    const [name, extra, comment] = [28, 30, 32].map((offset) => content.readUInt16LE(at + offset));
    at += ENTRY_BYTES + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  // Whoever unpacks it reads on as long as there are parts, however many are said to be there.
  return at === end ? null : 'broken';
}

function endOfDirectory(content: Buffer): number | null {
  const lowest = Math.max(0, content.length - END_BYTES - MAX_COMMENT_BYTES);
  for (let at = content.length - END_BYTES; at >= lowest; at--) {
    if (content.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  return null;
}

function dataStart(content: Buffer, at: number): number | null {
  if (content.readUInt32LE(at) !== LOCAL_HEADER) return null;
  return at + LOCAL_BYTES + content.readUInt16LE(at + 26) + content.readUInt16LE(at + 28);
}
