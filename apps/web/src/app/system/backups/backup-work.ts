import { HttpClient, HttpEventType } from '@angular/common/http';
import { inject, Injectable, signal } from '@angular/core';
import { BackupCheckView, BackupComparisonView } from '@fabomatic/system';
import { firstValueFrom, last, tap } from 'rxjs';
import { apiError } from '../../auth/api-error';
import { Toasts } from '../../frame/toast/toasts';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';

export const BACKUPS_URL = '/api/v1/backups';

export const backupUrl = (name: string, what = '') =>
  `${BACKUPS_URL}/${encodeURIComponent(name)}${what === '' ? '' : `/${what}`}`;

/** What takes a while, whichever page it was begun on. Each answers true when it is done. */
@Injectable({ providedIn: 'root' })
export class BackupWork {
  private readonly http = inject(HttpClient);
  private readonly toasts = inject(Toasts);
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);
  private readonly making = signal(false);
  private readonly sent = signal<number | null>(null);
  readonly isMaking = this.making.asReadonly();
  /** Percent of the file that has been sent; null: none is. */
  readonly sentPercent = this.sent.asReadonly();

  async make(): Promise<boolean> {
    if (this.making()) return false;
    this.making.set(true);
    const isDone = await this.tell(async () => {
      const { backup } = BackupCheckView.parse(
        await firstValueFrom(this.http.post(BACKUPS_URL, {})),
      );
      return this.words.say('backups.made', { size: this.formats.size(backup.sizeBytes) });
    });
    this.making.set(false);
    return isDone;
  }

  async bring(file: File): Promise<boolean> {
    if (this.sent() !== null) return false;
    this.sent.set(0);
    const isDone = await this.tell(async () => {
      const { backup } = BackupCheckView.parse(await this.send(file));
      return this.words.say('backups.brought', { size: this.formats.size(backup.sizeBytes) });
    });
    this.sent.set(null);
    return isDone;
  }

  /** What is in it beside what there is; rejects with what is wrong with it. */
  async check(name: string): Promise<BackupComparisonView> {
    const answer = this.http.post(backupUrl(name, 'check'), {});
    return BackupComparisonView.parse(await firstValueFrom(answer));
  }

  private async send(file: File): Promise<unknown> {
    const events = this.http.post(`${BACKUPS_URL}/upload`, file, {
      headers: { 'Content-Type': 'application/octet-stream' },
      observe: 'events',
      reportProgress: true,
    });
    const end = await firstValueFrom(
      events.pipe(
        tap((event) => {
          if (event.type !== HttpEventType.UploadProgress) return;
          this.sent.set(Math.floor((event.loaded / (event.total ?? file.size)) * 100));
        }),
        last(),
      ),
    );
    return end.type === HttpEventType.Response ? end.body : null;
  }

  private async tell(work: () => Promise<string>): Promise<boolean> {
    try {
      this.toasts.show(await work());
      return true;
    } catch (error) {
      // A refusal (the disk is full, the file is damaged), or no answer.
      const { code, params } = apiError(error);
      this.toasts.show(this.words.error(code, params));
      return false;
    }
  }
}
