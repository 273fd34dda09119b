import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { FirmwareImageView } from '@fabomatic/boards';
import { AppError } from '@fabomatic/kernel';
import * as z from 'zod';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/**
 * What lies beside a file. Of a member only the number: their name would outlive them here. The name of
 * whoever is no member stands in `uploadedBy`.
 */
const StoredImage = FirmwareImageView.extend({
  uploadedById: z.number().int().nullable().default(null),
});
export type StoredImage = z.infer<typeof StoredImage>;

/** The firmware files in the data folder: `<md5>.bin`, and beside each what is known of it. */
export class FirmwareFolder {
  constructor(private readonly path: string) {}

  /** The newest first. */
  list(): StoredImage[] {
    const names = existsSync(this.path) ? readdirSync(this.path) : [];
    return names
      .filter((name) => name.endsWith('.json'))
      .map((name) => this.read(name))
      .sort((a, b) => b.uploadedAt.localeCompare(a.uploadedAt));
  }

  find(md5: string): StoredImage {
    if (!existsSync(join(this.path, `${md5}.json`))) {
      throw new AppError('firmware.image_not_found');
    }
    return this.read(`${md5}.json`);
  }

  /** The bytes, which must still be what was brought. */
  content(md5: string): Buffer {
    this.find(md5);
    const file = join(this.path, `${md5}.bin`);
    const image = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
    if (md5Of(image) !== md5) throw new AppError('firmware.damaged');
    return image;
  }

  /** The facts are written last: what has none was cut short, and is not in the list. */
  store(view: StoredImage, image: Buffer): void {
    mkdirSync(this.path, { recursive: true, mode: FOLDER_MODE });
    this.write(`${view.md5}.bin`, image);
    this.write(`${view.md5}.json`, JSON.stringify(view));
  }

  remove(md5: string): void {
    rmSync(join(this.path, `${md5}.json`), { force: true });
    rmSync(join(this.path, `${md5}.bin`), { force: true });
  }

  private read(name: string): StoredImage {
    return StoredImage.parse(JSON.parse(readFileSync(join(this.path, name), 'utf8')));
  }

  private write(name: string, content: Buffer | string): void {
    const unfinished = join(this.path, `${name}.part`);
    writeFileSync(unfinished, content, { mode: FILE_MODE });
    renameSync(unfinished, join(this.path, name));
  }
}

export function md5Of(image: Buffer): string {
  return createHash('md5').update(image).digest('hex');
}
