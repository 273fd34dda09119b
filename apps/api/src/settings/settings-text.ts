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
import { basename, dirname, join } from 'node:path';
import { toIso } from '@fabomatic/kernel';

const KEPT_COPIES = 10;
const PRIVATE_FILE_MODE = 0o600;

/** The settings file as a text, and its dated copies beside it. */
export class SettingsText {
  constructor(readonly path: string) {}

  get exists(): boolean {
    return existsSync(this.path);
  }

  /** '' when there is no file yet. */
  read(): string {
    return this.exists ? readFileSync(this.path, 'utf8') : '';
  }

  /** Keeps what was there as `settings.toml.2026-11-24T14-18-00.000Z.bak`; ten of them stay. */
  write(text: string, nowS: number): void {
    mkdirSync(dirname(this.path), { recursive: true });
    if (this.exists) {
      const copy = `${this.path}.${toIso(nowS).replaceAll(':', '-')}.bak`;
      writeFileSync(copy, this.read(), { mode: PRIVATE_FILE_MODE });
      this.forgetOldCopies();
    }
    const unfinished = `${this.path}.new`;
    writeFileSync(unfinished, text, { mode: PRIVATE_FILE_MODE, flush: true });
    renameSync(unfinished, this.path);
  }

  private forgetOldCopies(): void {
    const folder = dirname(this.path);
    const copies = readdirSync(folder)
      .filter((name) => name.startsWith(`${basename(this.path)}.`) && name.endsWith('.bak'))
      .sort();
    for (const old of copies.slice(0, -KEPT_COPIES)) rmSync(join(folder, old), { force: true });
  }
}

/** Tells one text from another. */
export function versionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
