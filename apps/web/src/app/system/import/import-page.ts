import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  inject,
  signal,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  type ImportReportView,
  type ImportRun,
  type ImportState,
  MAX_IMPORT_BYTES,
} from '@fabomatic/system';
import { TranslatePipe } from '@ngx-translate/core';
import { apiError } from '../../auth/api-error';
import { Dialogs } from '../../frame/dialog/dialogs';
import { FileChoice } from '../../frame/file-choice/file-choice';
import { Icon } from '../../frame/icon';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { SystemHead } from '../system-head';
import { importApi } from './import-api';
import { ImportReport } from './import-report';

const ASK_EVERY_MS = 1000;
const BYTES_PER_MB = 1024 * 1024;

/** Moving in from the original: a file is looked at, tried out, and imported. */
@Component({
  selector: 'fab-import-page',
  imports: [FileChoice, Icon, ImportReport, SystemHead, RouterLink, TranslatePipe],
  templateUrl: './import-page.html',
  styleUrl: './import-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ImportPage {
  private readonly api = importApi();
  private readonly words = inject(Words);
  private readonly dialogs = inject(Dialogs);
  protected readonly formats = inject(Formats);

  protected readonly state = signal<ImportState | null>(null);
  protected readonly problem = signal('');
  /** What goes on: '' when the reader may do something. */
  protected readonly busy = signal<'' | 'sending' | 'trying' | 'importing'>('');
  /** What part of the file has left, in per cent. */
  protected readonly sentPercent = signal(0);
  protected readonly merges = signal(false);
  protected readonly admins = signal<readonly string[]>([]);
  private readonly settings = signal<string | null>(null);
  protected readonly trial = signal<{ run: ImportRun; report: ImportReportView } | null>(null);
  protected readonly result = signal<ImportReportView | null>(null);

  private readonly wish = computed<ImportRun>(() => ({
    sha256: this.state()?.upload?.sha256 ?? '',
    mergeDuplicates: this.merges(),
    admins: [...this.admins()],
    settings: this.settings(),
  }));
  /** What is imported is what was looked at. */
  protected readonly isTried = computed(
    () => JSON.stringify(this.trial()?.run) === JSON.stringify(this.wish()),
  );
  protected readonly progress = computed(() => {
    switch (this.busy()) {
      case 'sending':
        return this.sentPercent() < 100
          ? this.words.say('import_original.sending', { percent: this.sentPercent() })
          : this.words.say('import_original.checking');
      case 'trying':
        return `${this.words.say('import_original.trying')} ${this.usesRead()}`;
      case 'importing':
        return `${this.words.say('import_original.importing')} ${this.usesRead()}`;
      case '':
        return '';
    }
  });
  private readonly usesRead = computed(() => {
    const running = this.state()?.running;
    if (!running || running.totalUses === 0) return '';
    return this.words.say('import_original.progress', {
      read: this.formats.number(running.readUses),
      total: this.formats.number(running.totalUses),
    });
  });
  protected readonly sizeMb = computed(() =>
    Math.max(0.1, Math.round(((this.state()?.upload?.sizeBytes ?? 0) / BYTES_PER_MB) * 10) / 10),
  );

  constructor() {
    void this.load();
    const timer = setInterval(() => {
      if (this.busy() === 'trying' || this.busy() === 'importing') void this.load();
    }, ASK_EVERY_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  protected take(file: File | null): void {
    if (file === null) return;
    this.trial.set(null);
    this.admins.set([]);
    if (file.size > MAX_IMPORT_BYTES) {
      this.problem.set(this.words.say('errors.import.too_large'));
      return;
    }
    this.sentPercent.set(0);
    void this.during('sending', async () => {
      const sent = (part: number) => this.sentPercent.set(Math.round(part * 100));
      this.state.set(await this.api.upload(file, sent));
    });
  }

  protected takeSettings(file: File | null): void {
    void this.during('', async () => this.settings.set(file === null ? null : await file.text()));
  }

  protected toggleAdmin(email: string, isTicked: boolean): void {
    this.admins.update((known) =>
      isTicked ? [...known, email] : known.filter((each) => each !== email),
    );
  }

  protected forget(): void {
    void this.during('', async () => {
      await this.api.forget();
      this.trial.set(null);
      this.admins.set([]);
      this.settings.set(null);
      this.state.set(await this.api.state());
    });
  }

  protected tryOut(): void {
    const run = this.wish();
    void this.during('trying', async () => {
      this.trial.set({ run, report: await this.api.tryOut(run) });
    });
  }

  protected async importNow(): Promise<void> {
    const run = this.trial()?.run;
    if (run === undefined) return;
    const isSure = await this.dialogs.confirm({
      title: this.words.say('import_original.confirm_title'),
      text: this.words.say('import_original.confirm_text'),
      action: this.words.say('import_original.run'),
    });
    if (!isSure) return;
    await this.during('importing', async () => this.result.set(await this.api.run(run)));
  }

  private async load(): Promise<void> {
    try {
      this.state.set(await this.api.state());
    } catch (error) {
      this.tell(error);
    }
  }

  private async during(what: '' | 'sending' | 'trying' | 'importing', work: () => Promise<void>) {
    this.problem.set('');
    this.busy.set(what);
    try {
      await work();
    } catch (error) {
      this.tell(error); // a refusal, or no answer
    } finally {
      this.busy.set('');
    }
  }

  private tell(error: unknown): void {
    const { code, params } = apiError(error);
    this.problem.set(this.words.error(code, params));
  }
}
