import { HttpClient } from '@angular/common/http';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  DOCUMENT,
  effect,
  type ElementRef,
  inject,
  linkedSignal,
  signal,
  viewChild,
} from '@angular/core';
import {
  BoardView,
  FirmwareImageList,
  FirmwareImageView,
  type FirmwareRolloutRequest,
  FirmwareRolloutState,
  FirmwareRolloutView,
} from '@fabomatic/boards';
import { pageOf } from '@fabomatic/kernel';
import { TranslatePipe } from '@ngx-translate/core';
import { firstValueFrom } from 'rxjs';
import { apiError } from '../auth/api-error';
import { detail } from '../frame/detail-page/detail';
import { DetailColumns, DetailSection } from '../frame/detail-page/detail-section';
import { DetailStates } from '../frame/detail-page/detail-states';
import { Dialogs } from '../frame/dialog/dialogs';
import { Icon } from '../frame/icon';
import { ListFoot } from '../frame/list-page/list-foot';
import { pagedList } from '../frame/list-page/paged-list';
import { PageTabs } from '../frame/page-tabs/page-tabs';
import { TimeText } from '../frame/time-text';
import { Toasts } from '../frame/toast/toasts';
import { Formats } from '../language/formats';
import { Words } from '../language/words';
import { LiveFeed } from '../live/live-feed';
import { MACHINE_TABS } from '../machines/machine-tabs';
import { FirmwareProgress } from './firmware-progress';

const URL = '/api/v1/firmware';
const WATCH_MS = 1000;
/** So many turns of {@link WATCH_MS} while nothing goes on. */
const IDLE_TURNS = 10;

/** New firmware for boards: bring a file, choose boards, watch, and look back. */
@Component({
  selector: 'fab-firmware-page',
  imports: [
    DetailColumns,
    DetailSection,
    DetailStates,
    FirmwareProgress,
    Icon,
    ListFoot,
    PageTabs,
    TimeText,
    TranslatePipe,
  ],
  templateUrl: './firmware-page.html',
  styleUrl: './firmware-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FirmwarePage {
  private readonly http = inject(HttpClient);
  private readonly words = inject(Words);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly feed = inject(LiveFeed);
  protected readonly formats = inject(Formats);

  protected readonly tabs = MACHINE_TABS;
  protected readonly back = { label: 'boards.title', link: '/boards' } as const;
  protected readonly images = detail({ url: () => `${URL}/images`, schema: FirmwareImageList });
  protected readonly boards = detail({
    url: () => '/api/v1/boards?online=true&pageSize=200',
    schema: pageOf(BoardView),
  });
  private readonly state = detail({ url: () => `${URL}/rollout`, schema: FirmwareRolloutState });
  private readonly rollout = computed(() => this.state.record()?.rollout ?? null);
  protected readonly isRunning = computed(() => this.rollout()?.outcome === 'running');
  /** The id of the run that goes on or was seen to end here; any other is in the record alone. */
  private readonly watchedId = linkedSignal<FirmwareRolloutView | null, number | null>({
    source: this.rollout,
    computation: (rollout, previous) =>
      rollout?.outcome === 'running' ? rollout.id : (previous?.value ?? null),
  });
  protected readonly watched = computed(() => {
    const rollout = this.rollout();
    return rollout?.id === this.watchedId() ? rollout : null;
  });
  private readonly progress = viewChild<ElementRef<HTMLElement>>('progress');
  /** A run was begun here, far below the place where it is watched. */
  private readonly isToShow = signal(false);
  protected readonly runs = pagedList({
    url: `${URL}/rollouts`,
    item: FirmwareRolloutView,
    pageSize: 10,
    refreshOn: () => `${this.rollout()?.id} ${this.isRunning()}`,
  });

  /** The MD5 of the chosen file: the newest, until another is chosen. */
  protected readonly chosenImage = linkedSignal<readonly FirmwareImageView[], string | null>({
    source: () => this.images.record()?.items ?? [],
    computation: (items, previous) => {
      const kept = items.find(({ md5 }) => md5 === previous?.value);
      return (kept ?? items[0])?.md5 ?? null;
    },
  });
  /** Board ids in the order in which they were chosen. */
  private readonly ticked = signal<readonly number[]>([]);
  protected readonly password = signal('');
  protected readonly sameVersion = signal(false);
  protected readonly isUploading = signal(false);
  protected readonly problem = signal('');

  /** Machines that somebody uses now. */
  private readonly used = computed(
    () =>
      new Set(
        (this.feed.view()?.machines ?? [])
          .filter(({ currentUse }) => currentUse !== null)
          .map(({ id }) => id),
      ),
  );
  protected readonly choices = computed(() => {
    const images = this.images.record()?.items ?? [];
    const version = images.find(({ md5 }) => md5 === this.chosenImage())?.version ?? null;
    return (this.boards.record()?.items ?? []).map((board) => ({
      board,
      isInUse: this.used().has(board.machineId),
      // A board says its build, a comma and the version.
      isUpToDate: version !== null && board.firmware.split(',').at(-1) === version,
    }));
  });
  /** What is chosen and can still be had. */
  protected readonly chosen = computed(() => {
    const free = this.choices().filter(({ isInUse }) => !isInUse);
    const ids = new Set(free.map(({ board }) => board.id));
    return this.ticked().filter((id) => ids.has(id));
  });
  protected readonly canStart = computed(
    () => this.chosenImage() !== null && this.chosen().length > 0 && !this.isRunning(),
  );

  constructor() {
    const document = inject(DOCUMENT);
    let turn = 0;
    const timer = setInterval(() => {
      turn++;
      if (document.hidden) return;
      if (this.isRunning() || turn % IDLE_TURNS === 0) this.state.reload();
      if (turn % IDLE_TURNS === 0) this.boards.reload();
    }, WATCH_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
    effect(() => {
      const progress = this.progress();
      if (progress === undefined || !this.isToShow()) return;
      this.isToShow.set(false);
      progress.nativeElement.focus();
    });
  }

  protected toggle(id: number): void {
    this.ticked.update((ids) =>
      ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id],
    );
  }

  /** Those that have the version would end the run: they come back with the one they had. */
  protected chooseAll(): void {
    const due = this.choices().filter(
      ({ isInUse, isUpToDate }) => !isInUse && (!isUpToDate || this.sameVersion()),
    );
    const rest = due.map(({ board }) => board.id).filter((id) => !this.chosen().includes(id));
    this.ticked.set([...this.chosen(), ...rest]);
  }

  protected doneText({ boards }: FirmwareRolloutView): string {
    const n = boards.filter(({ state }) => state === 'done').length;
    return this.words.say('firmware.done_count', { n, all: boards.length });
  }

  protected size({ sizeBytes }: FirmwareImageView): string {
    return `${this.formats.number(sizeBytes / 1024)}\u00a0kB`;
  }

  protected async upload(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    // The same file can be chosen again.
    input.value = '';
    if (file === undefined) return;
    this.isUploading.set(true);
    await this.orSayWhyNot(async () => {
      const headers = { 'Content-Type': 'application/octet-stream' };
      const params = { fileName: file.name };
      const answer = this.http.post(`${URL}/images`, file, { headers, params });
      const image = FirmwareImageView.parse(await firstValueFrom(answer));
      this.chosenImage.set(image.md5);
      this.toasts.show(this.words.say('firmware.uploaded', { name: image.fileName }));
    });
    this.isUploading.set(false);
    this.images.reload();
  }

  protected async remove({ md5, fileName: name }: FirmwareImageView): Promise<void> {
    const isDone = await this.dialogs.danger({
      title: this.words.say('firmware.remove_title', { name }),
      text: this.words.say('firmware.remove_text'),
      action: this.words.say('firmware.remove'),
      run: async () => {
        await firstValueFrom(this.http.delete(`${URL}/images/${md5}`));
      },
    });
    if (isDone) this.images.reload();
  }

  protected async start(): Promise<void> {
    const image = this.images.record()?.items.find(({ md5 }) => md5 === this.chosenImage());
    if (image === undefined || !this.canStart()) return;
    const isSure = await this.dialogs.confirm({
      title: this.words.count('firmware.confirm_title', this.chosen().length),
      text: this.words.say('firmware.confirm_text', { file: image.fileName }),
      action: this.words.say('firmware.start'),
    });
    if (!isSure) return;
    const body: FirmwareRolloutRequest = {
      md5: image.md5,
      boardIds: [...this.chosen()],
      sameVersion: this.sameVersion(),
      ...(this.password() === '' ? {} : { password: this.password() }),
    };
    await this.orSayWhyNot(async () => {
      const answer = await firstValueFrom(this.http.post(`${URL}/rollout`, body));
      const { rollout } = FirmwareRolloutState.parse(answer);
      this.watchedId.set(rollout?.id ?? null);
      this.isToShow.set(true);
      this.ticked.set([]);
      this.password.set('');
    });
    this.state.reload();
  }

  protected async stop(): Promise<void> {
    await this.orSayWhyNot(() => firstValueFrom(this.http.post(`${URL}/rollout/stop`, {})));
    this.state.reload();
  }

  private async orSayWhyNot(work: () => Promise<unknown>): Promise<void> {
    this.problem.set('');
    try {
      await work();
    } catch (error) {
      // The API refused, or did not answer: it stays on the page until the next attempt.
      const { code, params } = apiError(error);
      this.problem.set(this.words.error(code, params));
    }
  }
}
