import { createWriteStream, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '@fabomatic/kernel';
import {
  type ImportReportView,
  type ImportRun,
  type ImportState,
  type ImportUpload,
  MAX_IMPORT_BYTES,
} from '@fabomatic/system';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../audit/audit.service';
import { BoardRegister } from '../boards/board-register.service';
import { ReadDb } from '../database/db';
import { withScratchDatabase } from '../database/scratch-database.service';
import { LabService } from '../lab/lab.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { StartError, systemErrorCode } from '../start-error';
import { importFromPortal } from './import-original';
import { importedBefore } from './import-record';
import type { ImportReport } from './import-report';
import { OriginalFile } from './original-file';
import { portalAdmins, portalCandidates } from './portal-admins';
import { type SettingsTakeover, storeTakeover, takeOverToml } from './settings-takeover';
import { isUntouched, refuseUnlessUntouched } from './target-tables';

const PRIVATE_FOLDER_MODE = 0o700;

/** The original's database, brought through the portal: looked at, tried out, and imported. */
@Injectable()
export class ImportsService implements OnModuleInit, OnModuleDestroy {
  private readonly folder: string;
  private upload: Omit<ImportUpload, 'importedAt'> | null = null;
  private running: ImportState['running'] = null;

  constructor(
    private readonly db: ReadDb,
    private readonly lab: LabService,
    private readonly boards: BoardRegister,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    this.folder = join(settings.data.folder, 'imports');
  }

  /** What a process that ended meanwhile left behind. */
  onModuleInit(): void {
    this.removeFile();
  }

  onModuleDestroy(): void {
    this.removeFile();
  }

  async state(): Promise<ImportState> {
    const { upload, running } = this;
    const isLabNew = await isUntouched(this.db);
    if (upload === null) return { isLabNew, upload, running };
    const importedAt = await importedBefore(this.db, upload.sha256);
    return { isLabNew, upload: { ...upload, importedAt }, running };
  }

  /** Takes a file in; what is no sound file of the original is not kept. */
  async takeIn(name: string, content: Readable): Promise<ImportState> {
    await this.alone(true, async () => {
      await refuseUnlessUntouched(this.db);
      this.removeFile();
      mkdirSync(this.folder, { recursive: true, mode: PRIVATE_FOLDER_MODE });
      const unfinished = `${this.file}.part`;
      try {
        await pipeline(content, limited, createWriteStream(unfinished, { mode: 0o600 }));
        this.upload = await lookAt(unfinished, name);
        renameSync(unfinished, this.file);
      } catch (error) {
        this.removeFile();
        throw refusal(error, unfinished, name);
      }
    });
    return this.state();
  }

  forget(): void {
    if (this.running !== null) throw new AppError('import.running');
    this.removeFile();
  }

  /** The whole import into a database that is thrown away. */
  tryOut(by: Actor, wish: ImportRun): Promise<ImportReportView> {
    return this.alone(true, () =>
      this.withOriginal(wish, async (original, { name, sha256 }) => {
        const takeover = takenOver(wish);
        // The account of whoever imports is there in a trial as well.
        const scratch = { parent: this.folder, adminEmail: await this.emailOf(by) };
        const report = await withScratchDatabase(scratch, ({ units }) =>
          units.run(async (db) => {
            const [first] = await db.query<{ id: number }>(
              'SELECT id FROM members WHERE password_hash IS NOT NULL',
            );
            const account = { ...by, id: first?.id ?? 0 };
            const brought = { original, sha256, name, by: account };
            return importFromPortal(db, brought, this.options(wish));
          }),
        );
        return view(report, { isTrial: true, takeover, writtenTo: null });
      }),
    );
  }

  /** In one unit, with memory; no board is answered in between, and all go on afterwards. */
  run(by: Actor, wish: ImportRun): Promise<ImportReportView> {
    return this.alone(false, async () => {
      const result = await this.withOriginal(wish, async (original, { name, sha256 }) => {
        const before = await importedBefore(this.db, sha256);
        if (before !== null) throw new AppError('import.done_before', { at: before });
        const takeover = takenOver(wish);
        const report = await this.lab.changeUses((db) =>
          importFromPortal(db, { original, sha256, name, by }, this.options(wish)),
        );
        await this.boards.load();
        const writtenTo = takeover === null ? null : storeTakeover(takeover, this.settings);
        return view(report, { isTrial: false, takeover, writtenTo });
      });
      this.removeFile();
      return result;
    });
  }

  private get file(): string {
    return join(this.folder, 'original.db');
  }

  private options({ mergeDuplicates, admins }: ImportRun) {
    return {
      mergeDuplicates,
      adminEmails: admins,
      // A turn of the loop now and then, so that the page that asks is answered.
      progress: async (readUses: number, totalUses: number) => {
        this.running = { isTrial: this.running?.isTrial ?? false, readUses, totalUses };
        await nextTurn();
      },
    };
  }

  /** Opens the file that was looked at; another one that came since is refused. */
  private async withOriginal<T>(
    { sha256 }: ImportRun,
    work: (original: OriginalFile, upload: Omit<ImportUpload, 'importedAt'>) => Promise<T>,
  ): Promise<T> {
    const { upload } = this;
    if (upload === null) throw new AppError('import.no_file');
    if (upload.sha256 !== sha256) throw new AppError('import.other_file');
    try {
      const original = OriginalFile.open(this.file);
      try {
        if ((await original.digest()) !== sha256) throw new AppError('import.other_file');
        return await work(original, upload);
      } finally {
        original.close();
      }
    } catch (error) {
      throw refusal(error, this.file, upload.name);
    }
  }

  /** One thing at a time: two imports would each find an empty lab. */
  private async alone<T>(isTrial: boolean, work: () => Promise<T>): Promise<T> {
    if (this.running !== null) throw new AppError('import.running');
    this.running = { isTrial, readUses: 0, totalUses: 0 };
    try {
      return await work();
    } finally {
      this.running = null;
    }
  }

  private async emailOf({ id }: Actor): Promise<string | null> {
    const [member] = await this.db.query<{ email: string | null }>(
      'SELECT email FROM members WHERE id = ?',
      [id],
    );
    return member?.email ?? null;
  }

  private removeFile(): void {
    this.upload = null;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function lookAt(path: string, name: string): Promise<Omit<ImportUpload, 'importedAt'>> {
  const original = OriginalFile.open(path);
  try {
    return {
      sha256: await original.digest(),
      name,
      sizeBytes: statSync(path).size,
      admins: portalAdmins(original),
      candidates: portalCandidates(original),
    };
  } finally {
    original.close();
  }
}

function takenOver({ settings }: ImportRun): SettingsTakeover | null {
  if (settings === null) return null;
  try {
    return takeOverToml(settings, 'settings.toml');
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    throw new AppError('import.settings_refused', { reason: error.message });
  }
}

function view(
  { tables, notes }: ImportReport,
  about: { isTrial: boolean; takeover: SettingsTakeover | null; writtenTo: string | null },
): ImportReportView {
  const { isTrial, takeover, writtenTo } = about;
  return {
    isTrial,
    tables: [...tables],
    notes: notes.map(({ code, count, examples }) => ({ code, count, examples: [...examples] })),
    settings: takeover && {
      taken: [...takeover.taken],
      leftOut: [...takeover.leftOut],
      writtenTo,
    },
  };
}

async function* limited(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const part of content) {
    bytes += part.length;
    if (bytes > MAX_IMPORT_BYTES) throw new AppError('import.too_large');
    yield part;
  }
}

/** What the command says in a sentence is an answer here; a person knows the file by its name. */
function refusal(error: unknown, path: string, name: string): unknown {
  if (error instanceof StartError) {
    return new AppError('import.refused', { reason: error.message.replaceAll(path, name) });
  }
  const code = systemErrorCode(error);
  if (error instanceof AppError || code === undefined) return error;
  // A full disk, or a browser that went away.
  return new AppError('import.not_written', { reason: code });
}
