/**
 * What the head of a firmware file says: Espressif's application image format
 * (`esp_image_header_t`, then the first segment, which begins with `esp_app_desc_t`).
 */

/** chip_id of the header -> name: the chips with WiFi, for which boards are built. */
const CHIPS: ReadonlyMap<number, string> = new Map([
  [0, 'ESP32'],
  [2, 'ESP32-S2'],
  [5, 'ESP32-C3'],
  [9, 'ESP32-S3'],
  [13, 'ESP32-C6'],
]);
const IMAGE_MAGIC = 0xe9;
const HEADER_BYTES = 24;
const SEGMENT_HEAD_BYTES = 8;
const APP_AT = HEADER_BYTES + SEGMENT_HEAD_BYTES;
const APP_MAGIC = 0xabcd5432;
const TEXT_BYTES = 32;
const DIGEST_BYTES = 32;
const MAX_SEGMENTS = 16;

export interface FirmwareFacts {
  /** 'ESP32-S3' */
  readonly chip: string;
  readonly version: string | null;
  readonly project: string | null;
  /** Where the SHA-256 of everything before it stands; null: built without one. */
  readonly digestAt: number | null;
}

export type FirmwareImageProblem = 'not_firmware' | 'no_app' | 'wrong_chip' | 'damaged';

/** Reads the head of a file; the digest is for the caller to compare. */
export function readFirmwareImage(
  image: Uint8Array,
): { readonly facts: FirmwareFacts } | { readonly problem: FirmwareImageProblem } {
  if (image.length < HEADER_BYTES || image[0] !== IMAGE_MAGIC) return { problem: 'not_firmware' };
  const bytes = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const chip = CHIPS.get(bytes.getUint16(12, true));
  if (chip === undefined) return { problem: 'wrong_chip' };
  const endsAt = endOfSegments(bytes);
  if (endsAt === null) return { problem: 'damaged' };
  // A boot loader, or a whole flash with one at its front, begins the same way and has no app there.
  const isApp =
    image.length >= APP_AT + 16 + 2 * TEXT_BYTES && bytes.getUint32(APP_AT, true) === APP_MAGIC;
  if (!isApp) return { problem: 'no_app' };
  const hasDigest = bytes.getUint8(23) === 1;
  if (hasDigest && endsAt + DIGEST_BYTES > image.length) return { problem: 'damaged' };
  return {
    facts: {
      chip,
      version: textAt(image, APP_AT + 16),
      project: textAt(image, APP_AT + 16 + TEXT_BYTES),
      digestAt: hasDigest ? endsAt : null,
    },
  };
}

/** Behind the segments and their checksum, which fills up 16 bytes; null: the file ends before. */
function endOfSegments(bytes: DataView): number | null {
  const segments = bytes.getUint8(1);
  if (segments === 0 || segments > MAX_SEGMENTS) return null;
  let at = HEADER_BYTES;
  for (let segment = 0; segment < segments; segment++) {
    if (at + SEGMENT_HEAD_BYTES > bytes.byteLength) return null;
    at += SEGMENT_HEAD_BYTES + bytes.getUint32(at + 4, true);
  }
  const endsAt = (Math.floor(at / 16) + 1) * 16;
  return endsAt > bytes.byteLength ? null : endsAt;
}

function textAt(image: Uint8Array, at: number): string | null {
  const field = image.subarray(at, at + TEXT_BYTES);
  const end = field.indexOf(0);
  const bytes = end < 0 ? field : field.subarray(0, end);
  const text = new TextDecoder('latin1').decode(bytes).replace(/[^\x20-\x7e]/g, '');
  return text.trim() || null;
}
