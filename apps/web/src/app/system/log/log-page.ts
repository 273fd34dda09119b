import { httpResource } from '@angular/common/http';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  linkedSignal,
  signal,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import { LOG_LEVELS, type LogLevel, LogView, MAX_LOG_LINES } from '@fabomatic/system';
import { TranslatePipe } from '@ngx-translate/core';
import { apiError } from '../../auth/api-error';
import { Downloads } from '../../frame/export-button/downloads';
import { FilterChip } from '../../frame/filter-chip/filter-chip';
import type { Filterable } from '../../frame/list-page/paged-list';
import type { PageAction } from '../../frame/page-action';
import { SearchBox } from '../../frame/search-box/search-box';
import { Toasts } from '../../frame/toast/toasts';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { LabClock } from '../../live/lab-clock';
import { reloadEvery } from '../reload-every';
import { SystemHead } from '../system-head';

const LOG_URL = '/api/v1/system/logs';
export const FOLLOW_EVERY_S = 3;
const AT_FIRST = 200;

/** What the program wrote down, the newest first; level and text stand in the URL. */
@Component({
  selector: 'fab-log-page',
  imports: [FilterChip, SearchBox, SystemHead, TranslatePipe],
  templateUrl: './log-page.html',
  styleUrl: './log-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LogPage {
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly words = inject(Words);
  private readonly downloads = inject(Downloads);
  private readonly toasts = inject(Toasts);
  private readonly formats = inject(Formats);
  private readonly nowS = inject(LabClock).nowS;
  private readonly query = toSignal(this.route.queryParamMap, { requireSync: true });

  protected readonly text = computed(() => this.query().get('q')?.trim() ?? '');
  private readonly level = computed(() =>
    LOG_LEVELS.find((level) => level === this.query().get('level')),
  );
  protected readonly levelFilter: Filterable = {
    filters: computed((): Readonly<Record<string, string>> => {
      const level = this.level();
      return level === undefined ? {} : { level };
    }),
    setFilters: (values) => this.navigate(values),
  };
  protected readonly levels = computed(() =>
    LOG_LEVELS.map((level) => ({ value: level, label: this.words.say(`log.level_${level}`) })),
  );

  /** Begins anew with each question. */
  private readonly limit = linkedSignal({
    source: () => [this.text(), this.level()],
    computation: () => AT_FIRST,
  });
  protected readonly isFollowing = signal(false);
  private readonly answer = httpResource(
    () => ({
      url: LOG_URL,
      params: {
        limit: this.limit(),
        level: this.level() ?? ('trace' satisfies LogLevel),
        ...(this.text() === '' ? {} : { q: this.text() }),
      },
    }),
    { parse: (raw) => LogView.parse(raw) },
  );
  /** Stays while the next is fetched. */
  protected readonly view = linkedSignal<LogView | undefined, LogView | undefined>({
    source: () => (this.answer.hasValue() ? this.answer.value() : undefined),
    computation: (next, previous) => next ?? previous?.value,
  });
  protected readonly problem = computed(() => {
    const error = this.answer.error();
    if (error === undefined) return '';
    const { code, params } = apiError(error);
    return this.words.error(code, params);
  });
  protected readonly canShowMore = computed(
    () => (this.view()?.items.length ?? 0) >= this.limit() && this.limit() < MAX_LOG_LINES,
  );
  /** There is more than is ever shown here. */
  protected readonly isCut = computed(() => this.view()?.isCut === true && !this.canShowMore());
  protected readonly downloadAll: PageAction = {
    label: 'log.download',
    icon: 'download',
    run: () => void this.download(),
  };

  constructor() {
    reloadEvery(FOLLOW_EVERY_S, () => this.answer.reload(), this.isFollowing);
  }

  protected search(text: string): void {
    this.navigate({ q: text === '' ? null : text });
  }

  /** Every line that came of the same message or request, whatever its level. */
  protected showAllOf(correlationId: string): void {
    this.navigate({ q: correlationId, level: null });
  }

  protected showMore(): void {
    this.limit.set(MAX_LOG_LINES);
  }

  protected follow(isOn: boolean): void {
    this.isFollowing.set(isOn);
    if (isOn) this.answer.reload();
  }

  protected reload(): void {
    this.answer.reload();
  }

  /** '14:18:07', with the day before it unless it is today's. */
  protected time(iso: string): string {
    const second = this.formats.second(iso);
    const today = new Date(this.nowS() * 1000).toISOString();
    const [day, now] = [this.formats.day(iso), this.formats.day(today)];
    return day === now ? second : `${day} ${second}`;
  }

  protected exact(iso: string): string {
    return this.formats.exact(iso);
  }

  private navigate(queryParams: Readonly<Record<string, string | null>>): void {
    void this.router.navigate([], {
      relativeTo: this.route,
      queryParams,
      queryParamsHandling: 'merge',
    });
  }

  private async download(): Promise<void> {
    const error = await this.downloads.save(`${LOG_URL}/download`);
    if (error !== null) this.toasts.show(this.words.error(error.code, error.params));
  }
}
