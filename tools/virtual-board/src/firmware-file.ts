import { createHash } from 'node:crypto';

const HEADER_BYTES = 24;
const SEGMENT_HEAD_BYTES = 8;
const IMAGE_MAGIC = 0xe9;
const APP_MAGIC = 0xabcd5432;
const ESP32_S3 = 9;
const MAX_TEXT_BYTES = 31;

export interface FirmwareFileOptions {
  readonly version: string;
  readonly project?: string;
  /** chip_id of the header; default: ESP32-S3. */
  readonly chipId?: number;
  /** Of its one segment; default 40 000. */
  readonly segmentBytes?: number;
}

/** A file in the format of Espressif's application images, with nothing in it that would run. */
export function firmwareFile(options: FirmwareFileOptions): Buffer {
  const { version, project = 'fab-o-matic', chipId = ESP32_S3, segmentBytes = 40_000 } = options;
  const header = Buffer.alloc(HEADER_BYTES);
  header[0] = IMAGE_MAGIC;
  header[1] = 1;
  header.writeUInt16LE(chipId, 12);
  header[23] = 1;
  const segmentHead = Buffer.alloc(SEGMENT_HEAD_BYTES);
  segmentHead.writeUInt32LE(segmentBytes, 4);
  const segment = Buffer.alloc(segmentBytes, version);
  segment.fill(0, 0, 256);
  segment.writeUInt32LE(APP_MAGIC, 0);
  segment.write(version.slice(0, MAX_TEXT_BYTES), 16, 'latin1');
  segment.write(project.slice(0, MAX_TEXT_BYTES), 48, 'latin1');
  const content = Buffer.concat([header, segmentHead, segment]);
  const filled = Buffer.alloc((Math.floor(content.length / 16) + 1) * 16);
  content.copy(filled);
  return Buffer.concat([filled, createHash('sha256').update(filled).digest()]);
}

/** What {@link firmwareFile} called itself. */
export function versionInFile(image: Buffer): string {
  const at = HEADER_BYTES + SEGMENT_HEAD_BYTES + 16;
  return image
    .subarray(at, at + MAX_TEXT_BYTES + 1)
    .toString('latin1')
    .replace(/\0.*$/s, '');
}
