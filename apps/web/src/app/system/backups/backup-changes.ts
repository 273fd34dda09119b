import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import {
  type BackupComparisonView,
  type BackupView,
  COMPARED_TABLES,
  type ComparedTable,
} from '@fabomatic/system';
import { firstValueFrom } from 'rxjs';
import { apiError } from '../../auth/api-error';
import { Dialogs } from '../../frame/dialog/dialogs';
import { Downloads } from '../../frame/export-button/downloads';
import { Toasts } from '../../frame/toast/toasts';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { BACKUPS_URL, backupUrl, BackupWork } from './backup-work';

/** i18n-keys: backups.in_members backups.in_machines backups.in_authorizations backups.in_uses */
const IN_BACKUP = {
  members: 'backups.in_members',
  machines: 'backups.in_machines',
  authorizations: 'backups.in_authorizations',
  uses: 'backups.in_uses',
  interventions: 'backups.in_interventions',
} as const satisfies Record<ComparedTable, string>;

/** What is done with one backup, with the questions before it. */
@Injectable({ providedIn: 'root' })
export class BackupChanges {
  private readonly http = inject(HttpClient);
  private readonly dialogs = inject(Dialogs);
  private readonly downloads = inject(Downloads);
  private readonly toasts = inject(Toasts);
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);
  private readonly work = inject(BackupWork);

  /** 'Tue 24 Nov, 03:00' */
  nameOf({ createdAt }: BackupView): string {
    return `${this.formats.date(createdAt)}, ${this.formats.clock(createdAt)}`;
  }

  async download({ name }: BackupView): Promise<void> {
    const error = await this.downloads.save(backupUrl(name, 'download'), { name });
    if (error !== null) this.toasts.show(this.words.error(error.code, error.params));
  }

  /** null: it is not sound, which the reader was told. */
  async check({ name }: BackupView): Promise<BackupComparisonView | null> {
    try {
      return await this.work.check(name);
    } catch (error) {
      this.fail(error);
      return null;
    }
  }

  tell({ rows }: BackupComparisonView): void {
    const text = this.words.say('backups.sound_with', {
      members: this.formats.number(rows['members'] ?? 0),
      machines: this.formats.number(rows['machines'] ?? 0),
      uses: this.formats.number(rows['uses'] ?? 0),
    });
    this.toasts.show(text);
  }

  /** True: from now on the next start puts it in the place of the database. */
  askRestore({ backup, rows, now }: BackupComparisonView, canRestart: boolean): Promise<boolean> {
    const known = COMPARED_TABLES.filter((table) => rows[table] !== undefined);
    return this.dialogs.danger({
      title: this.words.say('backups.restore_title', { what: this.nameOf(backup) }),
      text: this.words.say(canRestart ? 'backups.restore_text' : 'backups.restore_text_by_hand'),
      losses: known.map((table) => ({
        label: this.words.say(IN_BACKUP[table], { now: this.formats.number(now[table] ?? 0) }),
        count: rows[table] ?? 0,
      })),
      action: this.words.say(canRestart ? 'backups.restore_now' : 'backups.restore_later'),
      run: async () => {
        await firstValueFrom(this.http.post(backupUrl(backup.name, 'restore'), {}));
      },
    });
  }

  async cancelRestore(): Promise<void> {
    try {
      await firstValueFrom(this.http.delete(`${BACKUPS_URL}/restore`));
      this.toasts.show(this.words.say('backups.cancelled'));
    } catch (error) {
      this.fail(error);
    }
  }

  remove(backup: BackupView): Promise<boolean> {
    return this.dialogs.danger({
      title: this.words.say('backups.delete_title', { what: this.nameOf(backup) }),
      text: this.words.say('backups.delete_text'),
      action: this.words.say('dialog.delete'),
      run: async () => {
        await firstValueFrom(this.http.delete(backupUrl(backup.name)));
      },
    });
  }

  /** A refusal, or no answer. */
  private fail(error: unknown): void {
    const { code, params } = apiError(error);
    this.toasts.show(this.words.error(code, params));
  }
}
