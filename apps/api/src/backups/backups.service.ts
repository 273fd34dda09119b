import { createReadStream, createWriteStream, renameSync, rmSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError, type Clock, toIso } from '@fabomatic/kernel';
import {
  type BackupCheckView,
  type BackupComparisonView,
  type BackupKind,
  type BackupList,
  backupName,
  type BackupView,
  COMPARED_TABLES,
  rotatedOut,
  type AuditActionOf,
} from '@fabomatic/system';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { ReadDb } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { type JobContext, JobsService, type JobSummary } from '../jobs/jobs.service';
import { CLOCK } from '../lab/lab.service';
import { findRootFolder, readVersion } from '../root-folder';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { systemErrorCode } from '../start-error';
import { type BackupCheck, BackupFolder, backupView, type StoredBackup } from './backup-folder';
import { checkBackup, type RowCounts } from './check-backup';
import { type MadeBackup, makeBackup } from './make-backup';
import { type LastRestore, RestoreNotes } from './pending-restore';

const SUBJECT = 'backup' as const;
const MAX_UPLOAD_BYTES = 4 * 1024 ** 3;
const SPACE_CHECKED_EVERY_BYTES = 16 * 1024 ** 2;

/** Backups of the database: made, listed, brought, and put back at the next start. */
@Injectable()
export class BackupsService implements OnModuleInit, OnApplicationBootstrap {
  private readonly folder: BackupFolder;
  private readonly notes: RestoreNotes;
  private readonly version = readVersion(findRootFolder());
  private readonly log = new Logger('Backups');
  private isMaking = false;
  private isTakingIn = false;
  /** Key: name; what was found when somebody asked. */
  private readonly checks = new Map<string, BackupCheck>();

  constructor(
    private readonly jobs: JobsService,
    private readonly audit: AuditService,
    private readonly units: UnitOfWork,
    private readonly db: ReadDb,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    this.folder = new BackupFolder(settings.backup.folder);
    this.notes = new RestoreNotes(settings.data.folder);
  }

  onModuleInit(): void {
    this.jobs.register({
      name: 'backup',
      schedule: this.settings.backup.schedule,
      canDryRun: false,
      run: (context) => this.run(context),
    });
  }

  /** The restored database does not know yet that it was restored. */
  async onApplicationBootstrap(): Promise<void> {
    const { last } = this.notes;
    if (last === null || last.isAudited) return;
    // The trail knows now who it was, and forgets it with them: this note would not.
    if (last.error === null) await this.recordRestore(last);
    this.notes.last = { ...last, isAudited: true, memberName: '' };
  }

  list(): BackupList {
    const { pending, last } = this.notes;
    const { backup, database } = this.settings;
    return {
      items: this.folder.list().map((each) => this.view(each)),
      folder: this.folder.path,
      databaseKind: database.location.kind,
      schedule: backup.schedule?.text ?? null,
      keepDaily: backup.keepDaily,
      keepWeekly: backup.keepWeekly,
      pendingRestore: pending && { name: pending.name, askedAt: toIso(pending.askedAtS) },
      lastRestore: last && {
        name: last.name,
        at: toIso(last.atS),
        outcome: last.error === null ? 'done' : 'failed',
        error: last.error,
      },
      canRestart: this.settings.system.isRestartedByManager,
    };
  }

  /** The newest; null when there is none. */
  latest(): BackupView | null {
    const [newest] = this.folder.list();
    return newest === undefined ? null : this.view(newest);
  }

  async make(by: Actor): Promise<BackupCheckView> {
    const { backup, rows } = await this.makeOne('manual');
    await this.record(by, 'create', backup);
    return { backup: this.view(backup), rows: { ...rows } };
  }

  /** Opens it and reads all of it; what it holds stands beside what the database holds. */
  async check(name: string): Promise<BackupComparisonView> {
    const backup = this.folder.get(name);
    const rows = await this.checked(backup);
    const counts = COMPARED_TABLES.map(async (table) => {
      const [row] = await this.db.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`);
      return [table, Number(row?.n ?? 0)] as const;
    });
    const now = Object.fromEntries(await Promise.all(counts));
    return { backup: this.view(backup), rows: { ...rows }, now };
  }

  async remove(by: Actor, name: string): Promise<void> {
    const backup = this.folder.get(name);
    this.folder.remove(backup);
    this.checks.delete(name);
    await this.record(by, 'delete', backup);
  }

  /** For a download, which the trail remembers: the file is all of the lab. */
  async open(by: Actor, name: string): Promise<{ stream: Readable; sizeBytes: number }> {
    const backup = this.folder.get(name);
    await this.record(by, 'download', backup);
    const stream = createReadStream(this.folder.pathOf(backup));
    return { stream, sizeBytes: backup.sizeBytes };
  }

  /** One file at a time: several could fill the disk together. */
  async takeIn(by: Actor, content: Readable): Promise<BackupCheckView> {
    if (this.isTakingIn) throw new AppError('backup.running');
    this.isTakingIn = true;
    try {
      return await this.takeInOne(by, content);
    } finally {
      this.isTakingIn = false;
    }
  }

  /** What does not pass the check is not kept. */
  private async takeInOne(by: Actor, content: Readable): Promise<BackupCheckView> {
    this.folder.prepare();
    const { location } = this.settings.database;
    const file = { kind: 'uploaded', atS: Math.floor(this.clock.nowS()), version: null } as const;
    const name = backupName(file, location.kind === 'sqlite' ? 'db' : 'dump');
    const unfinished = `${this.folder.pathOf({ name })}.part`;
    try {
      const room = (chunks: AsyncIterable<Buffer>) => limited(chunks, this.folder);
      await pipeline(content, room, createWriteStream(unfinished, { mode: 0o600 }));
      const rows = await checkBackup(unfinished, location.kind);
      renameSync(unfinished, this.folder.pathOf({ name }));
      const backup = this.folder.get(name);
      await this.record(by, 'upload', backup);
      return { backup: this.view(backup), rows: { ...rows } };
    } catch (error) {
      rmSync(unfinished, { force: true });
      throw uploadProblem(error);
    }
  }

  /** From now on the next start puts this backup in the place of the database. */
  async askRestore(by: Actor, name: string): Promise<BackupCheckView> {
    const backup = this.folder.get(name);
    const rows = await this.checked(backup);
    await this.record(by, 'ask-restore', backup);
    this.notes.pending = {
      name,
      askedAtS: this.clock.nowS(),
      memberId: by.kind === 'member' ? by.id : null,
      memberName: by.name,
    };
    return { backup: this.view(backup), rows: { ...rows } };
  }

  async cancelRestore(by: Actor): Promise<void> {
    const { pending } = this.notes;
    if (pending === null) throw new AppError('backup.nothing_pending');
    this.notes.pending = null;
    await this.record(by, 'cancel-restore', pending);
  }

  private async recordRestore(last: LastRestore): Promise<void> {
    const by: Actor = {
      kind: last.memberId === null ? 'command' : 'member',
      id: last.memberId,
      name: last.memberName,
      ip: null,
      correlationId: null,
    };
    const entry = { action: 'restore', subject: SUBJECT, id: null, name: last.name } as const;
    await this.units.run((db) => this.audit.record(db, by, entry));
  }

  /**
   * The job: makes one, and takes away what the rotation no longer needs. Started by hand it makes a
   * backup like any other by hand, which stays.
   */
  private async run({ by }: JobContext): Promise<JobSummary> {
    const { backup, rows } = await this.makeOne(by.kind === 'job' ? 'scheduled' : 'manual');
    const { keepDaily, keepWeekly } = this.settings.backup;
    const rules = { keepDaily, keepWeekly, timezone: this.settings.lab.timezone };
    const outdated = rotatedOut(this.folder.list(), rules);
    for (const each of outdated) {
      // A backup that is about to be restored stays until it is.
      if (each.name !== this.notes.pending?.name) this.folder.remove(each);
    }
    await this.record(by, 'create', backup);
    const { uses = 0, members = 0, machines = 0 } = rows;
    return { bytes: backup.sizeBytes, removed: outdated.length, uses, members, machines };
  }

  private async makeOne(kind: BackupKind): Promise<MadeBackup> {
    if (this.isMaking) throw new AppError('backup.running');
    this.isMaking = true;
    try {
      const made = await makeBackup(this.folder, {
        database: this.settings.database.location,
        kind,
        version: this.version,
        nowS: this.clock.nowS(),
      });
      this.log.log(`Backed up to ${this.folder.pathOf(made.backup)}.`);
      return made;
    } finally {
      this.isMaking = false;
    }
  }

  private view(backup: StoredBackup): BackupView {
    return backupView(backup, this.checks.get(backup.name));
  }

  /** Remembers what was found: a file that is damaged is known as such until the next check. */
  private async checked(backup: StoredBackup): Promise<RowCounts> {
    const atS = this.clock.nowS();
    try {
      const { kind } = this.settings.database.location;
      const rows = await checkBackup(this.folder.pathOf(backup), kind);
      this.checks.set(backup.name, { atS, problem: null });
      return rows;
    } catch (error) {
      if (error instanceof AppError) this.checks.set(backup.name, { atS, problem: error.code });
      throw error;
    }
  }

  private record(
    by: Actor,
    action: AuditActionOf<'backup'>,
    { name }: Pick<StoredBackup, 'name'>,
  ): Promise<void> {
    const change = { action, subject: SUBJECT, id: null, name };
    return this.units.run((db) => this.audit.record(db, by, change));
  }
}

/** Up to the limit, and as long as the disk has room left for everything else. */
async function* limited(
  content: AsyncIterable<Buffer>,
  folder: BackupFolder,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  let checkedBytes = 0;
  for await (const part of content) {
    bytes += part.length;
    if (bytes > MAX_UPLOAD_BYTES) throw new AppError('backup.too_large');
    if (bytes - checkedBytes >= SPACE_CHECKED_EVERY_BYTES || checkedBytes === 0) {
      folder.requireSpace(SPACE_CHECKED_EVERY_BYTES);
      checkedBytes = bytes;
    }
    yield part;
  }
}

/** A full disk, or a browser that went away. */
function uploadProblem(error: unknown): unknown {
  const code = systemErrorCode(error);
  if (error instanceof AppError || code === undefined) return error;
  return new AppError('backup.failed', { reason: code });
}
