import {
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { fromIso, SECONDS_PER_DAY } from '@fabomatic/kernel';
import { BackupList, type BackupView } from '@fabomatic/system';
import { TranslatePipe } from '@ngx-translate/core';
import { detail } from '../../frame/detail-page/detail';
import { DetailColumns, DetailSection } from '../../frame/detail-page/detail-section';
import { DetailStates } from '../../frame/detail-page/detail-states';
import { Icon } from '../../frame/icon';
import { RowMenu } from '../../frame/list-page/row-menu';
import type { PageAction } from '../../frame/page-action';
import { PhoneLine } from '../../frame/phone-line/phone-line';
import { ScreenWidth } from '../../frame/screen-width';
import { TimeText } from '../../frame/time-text';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { LabClock } from '../../live/lab-clock';
import { Banner } from '../banner';
import { scheduleText } from '../jobs/schedule-text';
import { ProgramRestart } from '../program-restart';
import { reloadEvery } from '../reload-every';
import { SystemHead } from '../system-head';
import { BackupChanges } from './backup-changes';
import { BACKUPS_URL, BackupWork } from './backup-work';

const REFRESH_S = 15;

/** The backups: made, checked, taken away, brought, and put back in the place of the database. */
@Component({
  selector: 'fab-backups-page',
  imports: [
    Banner,
    DetailColumns,
    DetailSection,
    DetailStates,
    Icon,
    PhoneLine,
    RowMenu,
    SystemHead,
    TimeText,
    TranslatePipe,
  ],
  templateUrl: './backups-page.html',
  styleUrl: './backups-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BackupsPage {
  private readonly words = inject(Words);
  private readonly changes = inject(BackupChanges);
  private readonly nowS = inject(LabClock).nowS;
  protected readonly formats = inject(Formats);
  protected readonly isPhone = inject(ScreenWidth).isPhone;
  protected readonly work = inject(BackupWork);
  protected readonly restarting = inject(ProgramRestart);
  private readonly fileInput = viewChild.required<ElementRef<HTMLInputElement>>('file');

  protected readonly list = detail({ url: () => BACKUPS_URL, schema: BackupList });
  protected readonly back = { label: 'nav.system', link: '/system' } as const;
  /** The backup that is being read through. */
  protected readonly checking = signal<string | null>(null);

  protected readonly bring: PageAction = {
    label: 'backups.bring',
    run: () => this.fileInput().nativeElement.click(),
  };
  protected readonly makeOne: PageAction = { label: 'backups.make', run: () => void this.make() };
  protected readonly accepted = computed(() =>
    this.list.record()?.databaseKind === 'postgres' ? '.dump' : '.db',
  );

  /** What takes a while just now, in words; '' when nothing does. */
  protected readonly busy = computed(() => {
    const percent = this.work.sentPercent();
    if (this.restarting.state() === 'late') return '';
    if (this.restarting.state() === 'under way') {
      return this.words.say(
        this.list.record()?.pendingRestore ? 'backups.restoring' : 'health.restarting',
      );
    }
    if (this.work.isMaking()) return this.words.say('backups.making');
    if (percent !== null) return this.words.say('backups.bringing', { percent });
    return this.checking() === null ? '' : this.words.say('backups.checking');
  });
  protected readonly pending = computed(() => {
    const list = this.list.record();
    if (!list?.pendingRestore || this.restarting.state() === 'under way') return null;
    const restart: PageAction = { label: 'health.restart', run: () => void this.restart() };
    const cancel: PageAction = { label: 'backups.cancel', run: () => void this.cancel() };
    return {
      text: this.words.say(list.canRestart ? 'backups.pending' : 'backups.pending_by_hand', {
        what: this.nameOf(list.pendingRestore.name),
      }),
      actions: list.canRestart ? [restart, cancel] : [cancel],
    };
  });
  /** What became of the latest restore: for a day; a failure until the next one. */
  protected readonly outcome = computed(() => {
    const list = this.list.record();
    const last = list?.lastRestore;
    if (!last || list?.pendingRestore) return null;
    const params = {
      what: this.nameOf(last.name),
      when: this.formats.when(last.at, this.nowS()),
      why: this.words.error((last.error ?? '').split(':', 1)[0] ?? ''),
    };
    if (last.outcome === 'failed') {
      return { tone: 'bad', text: this.words.say('backups.restore_failed', params) } as const;
    }
    if (this.nowS() - fromIso(last.at) > SECONDS_PER_DAY) return null;
    return { tone: 'good', text: this.words.say('backups.restored', params) } as const;
  });
  protected readonly summary = computed(() => {
    const items = this.list.record()?.items ?? [];
    if (items.length === 0) return ''; // the page says that there is none
    const bytes = items.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    return this.words.count('backups.summary', items.length, { size: this.formats.size(bytes) });
  });
  protected readonly schedule = computed(() =>
    scheduleText(this.words, this.list.record()?.schedule ?? null),
  );

  constructor() {
    reloadEvery(
      REFRESH_S,
      () => this.list.reload(),
      () => this.restarting.state() === 'none',
    );
  }

  protected actionsOf(backup: BackupView): PageAction[] {
    return [
      {
        label: 'backups.download',
        icon: 'download',
        run: () => void this.changes.download(backup),
      },
      { label: 'backups.check', icon: 'done', run: () => void this.check(backup) },
      {
        label: 'backups.restore',
        icon: 'undo',
        isDanger: true,
        run: () => void this.restore(backup),
      },
      {
        label: 'dialog.delete',
        icon: 'delete',
        isDanger: true,
        run: () => void this.after(this.changes.remove(backup)),
      },
    ];
  }

  protected async take(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    // The same file can be chosen again.
    input.value = '';
    if (file) await this.after(this.work.bring(file));
  }

  private async make(): Promise<void> {
    await this.after(this.work.make());
  }

  private async check(backup: BackupView): Promise<void> {
    this.checking.set(backup.name);
    const found = await this.changes.check(backup);
    this.checking.set(null);
    if (found !== null) this.changes.tell(found);
    this.list.reload();
  }

  /** Read through first: what is not sound is not offered. */
  private async restore(backup: BackupView): Promise<void> {
    const canRestart = this.list.record()?.canRestart ?? false;
    this.checking.set(backup.name);
    const found = await this.changes.check(backup);
    this.checking.set(null);
    const isAsked = found !== null && (await this.changes.askRestore(found, canRestart));
    this.list.reload();
    if (isAsked && canRestart) await this.restart();
  }

  private async restart(): Promise<void> {
    await this.after(this.restarting.run());
  }

  private async cancel(): Promise<void> {
    await this.after(this.changes.cancelRestore());
  }

  private async after(work: Promise<unknown>): Promise<void> {
    await work;
    this.list.reload();
  }

  private nameOf(name: string): string {
    const backup = this.list.record()?.items.find((each) => each.name === name);
    return backup ? this.changes.nameOf(backup) : name;
  }
}
