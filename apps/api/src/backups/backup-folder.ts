import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { AppError, toIso } from '@fabomatic/kernel';
import { type BackupFile, type BackupView, parseBackupName } from '@fabomatic/system';
import { systemErrorCode } from '../start-error';

const PRIVATE_FOLDER_MODE = 0o700;
const BACKUP = /\.(?:db|dump)$/;
const BYTES_PER_MB = 1024 * 1024;
/** What must stay free for everything else. */
const SPARE_BYTES = 20 * BYTES_PER_MB;

/** A backup as it lies in the folder. */
export interface StoredBackup extends BackupFile {
  readonly name: string;
  readonly sizeBytes: number;
}

/** The folder in which the backups lie. */
export class BackupFolder {
  constructor(readonly path: string) {}

  /** Makes it where it is missing. An error of the system is `backup.failed`. */
  prepare(): void {
    try {
      mkdirSync(this.path, { recursive: true, mode: PRIVATE_FOLDER_MODE });
    } catch (error) {
      // No permission, a file in the way, a disk that is not mounted.
      throw new AppError('backup.failed', {
        reason: `${this.path}: ${systemErrorCode(error) ?? String(error)}`,
      });
    }
  }

  /** The newest first. A file whose name says nothing was put there by somebody. */
  list(): StoredBackup[] {
    const names = existsSync(this.path) ? readdirSync(this.path) : [];
    return names
      .filter((name) => BACKUP.test(name))
      .flatMap((name) => this.stored(name) ?? [])
      .sort((a, b) => b.atS - a.atS || b.name.localeCompare(a.name));
  }

  /** `backup.not_found` for anything that is no backup in this folder, whatever the name is. */
  get(name: string): StoredBackup {
    const isPlain = basename(name) === name && BACKUP.test(name);
    const found = isPlain ? this.stored(name) : undefined;
    if (found === undefined) throw new AppError('backup.not_found', { name });
    return found;
  }

  pathOf({ name }: { readonly name: string }): string {
    return join(this.path, name);
  }

  remove({ name }: { readonly name: string }): void {
    rmSync(join(this.path, name), { force: true });
  }

  /** Refuses what the disk has no room for. */
  requireSpace(bytes: number): void {
    const { bavail, bsize } = statfsSync(this.path);
    const missing = bytes + SPARE_BYTES - bavail * bsize;
    if (missing > 0) {
      throw new AppError('backup.no_space', { neededMb: Math.ceil(missing / BYTES_PER_MB) });
    }
  }

  protect(name: string): void {
    chmodSync(join(this.path, name), 0o600);
  }

  private stored(name: string): StoredBackup | undefined {
    const found = statSync(join(this.path, name), { throwIfNoEntry: false });
    if (found?.isFile() !== true) return undefined;
    const unknown: BackupFile = { kind: 'uploaded', atS: found.mtimeMs / 1000, version: null };
    return { name, sizeBytes: found.size, ...(parseBackupName(name) ?? unknown) };
  }
}

/** What a check found; `problem`: the code of an error. */
export interface BackupCheck {
  readonly atS: number;
  readonly problem: string | null;
}

/** `check`: the latest since the start of the program. */
export function backupView(backup: StoredBackup, check?: BackupCheck): BackupView {
  const { name, kind, atS, version, sizeBytes } = backup;
  const known = check ?? checkedWhenMade(backup);
  return {
    name,
    kind,
    createdAt: toIso(atS),
    version,
    sizeBytes,
    check: known && { at: toIso(known.atS), problem: known.problem },
  };
}

/** A backup gets a name of ours once it was checked; only the copy before an update is not. */
function checkedWhenMade({ name, atS }: StoredBackup): BackupCheck | null {
  const named = parseBackupName(name);
  return named === null || named.kind === 'before-update' ? null : { atS, problem: null };
}
