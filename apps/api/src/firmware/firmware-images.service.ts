import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import {
  type FirmwareImageList,
  type FirmwareImageView,
  MAX_FIRMWARE_BYTES,
  MAX_FIRMWARE_IMAGES,
  readFirmwareImage,
} from '@fabomatic/boards';
import { AppError, type Clock, toIso } from '@fabomatic/kernel';
import type { AuditActionOf } from '@fabomatic/system';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { ReadDb } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { CLOCK } from '../lab/lab.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { systemErrorCode } from '../start-error';
import { FirmwareFolder, md5Of } from './firmware-folder';

const SUBJECT = 'firmware' as const;

/** The firmware files that boards can be given: brought, checked, kept and removed. */
@Injectable()
export class FirmwareImages {
  private readonly folder: FirmwareFolder;
  private isTakingIn = false;

  constructor(
    private readonly units: UnitOfWork,
    private readonly db: ReadDb,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.folder = new FirmwareFolder(join(settings.data.folder, 'firmware'));
  }

  async list(): Promise<FirmwareImageList> {
    const kept = this.folder.list();
    const names = await this.namesOf(kept.map(({ uploadedById }) => uploadedById));
    const items = kept.map(({ uploadedById, ...view }) =>
      uploadedById === null ? view : { ...view, uploadedBy: names.get(uploadedById) ?? null },
    );
    return { items };
  }

  find(md5: string): Omit<FirmwareImageView, 'uploadedBy'> {
    return this.folder.find(md5);
  }

  content(md5: string): Buffer {
    return this.folder.content(md5);
  }

  /** One file at a time, since it is in memory until it was checked. */
  async takeIn(by: Actor, fileName: string, content: Readable): Promise<FirmwareImageView> {
    if (this.isTakingIn) throw new AppError('request.too_many');
    this.isTakingIn = true;
    try {
      return await this.takeInOne(by, fileName, content);
    } finally {
      this.isTakingIn = false;
    }
  }

  /** The same file brought twice is kept once. */
  private async takeInOne(
    by: Actor,
    fileName: string,
    content: Readable,
  ): Promise<FirmwareImageView> {
    const image = await readAll(content);
    const facts = checkedFacts(image);
    const md5 = md5Of(image);
    const kept = this.folder.list();
    if (kept.length >= MAX_FIRMWARE_IMAGES && kept.every((each) => each.md5 !== md5)) {
      throw new AppError('firmware.too_many_images', { max: MAX_FIRMWARE_IMAGES });
    }
    const view: FirmwareImageView = {
      md5,
      fileName,
      sizeBytes: image.length,
      ...facts,
      uploadedAt: toIso(this.clock.nowS()),
      uploadedBy: by.name,
    };
    try {
      const isMember = by.kind === 'member';
      const who = { uploadedBy: isMember ? null : by.name, uploadedById: isMember ? by.id : null };
      this.folder.store({ ...view, ...who }, image);
    } catch (error) {
      // A full disk, or one that may not be written.
      const reason = systemErrorCode(error);
      if (reason === undefined) throw error;
      throw new AppError('firmware.not_stored', { reason });
    }
    await this.record(by, 'upload', view);
    return view;
  }

  async remove(by: Actor, md5: string): Promise<void> {
    const { uploadedById: _, ...view } = this.folder.find(md5);
    this.folder.remove(md5);
    await this.record(by, 'delete', view);
  }

  /** Key: number of a member; whoever was erased is not in it. */
  private async namesOf(ids: readonly (number | null)[]): Promise<Map<number, string>> {
    const known = [...new Set(ids.filter((id) => id !== null))];
    if (known.length === 0) return new Map();
    const rows = await this.db.query<{ id: number; first_name: string; last_name: string }>(
      `SELECT id, first_name, last_name FROM members WHERE id IN (${known.map(() => '?').join(', ')})`,
      known,
    );
    return new Map(
      rows.map(({ id, first_name, last_name }) => [id, `${first_name} ${last_name}`.trim()]),
    );
  }

  private record(
    by: Actor,
    action: AuditActionOf<'firmware'>,
    view: FirmwareImageView,
  ): Promise<void> {
    const after = action === 'delete' ? null : view;
    const before = action === 'delete' ? view : null;
    const change = { action, subject: SUBJECT, id: null, name: view.fileName, before, after };
    return this.units.run((db) => this.audit.record(db, by, change));
  }
}

async function readAll(content: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of content) {
    bytes += part.length;
    if (bytes > MAX_FIRMWARE_BYTES) {
      throw new AppError('firmware.too_large', { max: MAX_FIRMWARE_BYTES / 1024 ** 2 });
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function checkedFacts(image: Buffer): Pick<FirmwareImageView, 'chip' | 'version' | 'project'> {
  const read = readFirmwareImage(image);
  if ('problem' in read) throw new AppError(`firmware.${read.problem}`);
  const { chip, version, project, digestAt } = read.facts;
  if (digestAt !== null) {
    const digest = createHash('sha256').update(image.subarray(0, digestAt)).digest();
    if (!digest.equals(image.subarray(digestAt, digestAt + digest.length))) {
      throw new AppError('firmware.damaged');
    }
  }
  return { chip, version, project };
}
