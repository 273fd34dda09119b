import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import type { WordKey } from '@fabomatic/i18n';
import { type AttentionView, SystemView } from '@fabomatic/system';
import { TranslatePipe } from '@ngx-translate/core';
import { DetailStates } from '../../frame/detail-page/detail-states';
import { detail } from '../../frame/detail-page/detail';
import { DetailColumns, DetailSection } from '../../frame/detail-page/detail-section';
import { Downloads } from '../../frame/export-button/downloads';
import { Icon } from '../../frame/icon';
import type { PageAction } from '../../frame/page-action';
import { Toasts } from '../../frame/toast/toasts';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { BackupWork } from '../backups/backup-work';
import { Banner } from '../banner';
import { ProgramRestart } from '../program-restart';
import { reloadEvery } from '../reload-every';
import { SystemHead } from '../system-head';
import { actionOf, toneOf } from './attention-actions';
import { HealthStrip } from './health-strip';
import { MinuteBars } from './minute-bars';
import { SystemBoards } from './system-boards';

export const REFRESH_S = 10;
const LOG_URL = '/api/v1/system/logs/download';
/** What boards said since the start, as the API counts it. */
const COUNTERS = ['received', 'sent', 'dropped', 'malformed', 'ignored', 'failed'] as const;

/** How the product is: its parts, what needs somebody, its boards, and the computer it runs on. */
@Component({
  selector: 'fab-health-page',
  imports: [
    Banner,
    DetailColumns,
    DetailSection,
    DetailStates,
    HealthStrip,
    Icon,
    MinuteBars,
    SystemBoards,
    SystemHead,
    TranslatePipe,
  ],
  templateUrl: './health-page.html',
  styleUrl: './health-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class HealthPage {
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);
  private readonly downloads = inject(Downloads);
  private readonly toasts = inject(Toasts);
  protected readonly restarting = inject(ProgramRestart);
  protected readonly backups = inject(BackupWork);

  protected readonly system = detail({ url: () => '/api/v1/system', schema: SystemView });
  protected readonly back = { label: 'nav.dashboard', link: '/' } as const;
  protected readonly isFetchingLog = signal(false);

  protected readonly version = computed(() => {
    const view = this.system.record();
    return view ? this.words.say('health.version', { version: view.versions.product }) : '';
  });
  /** While what is shown is older than it should be. */
  protected readonly outOfDate = computed(() => {
    const [view, error] = [this.system.record(), this.system.error()];
    if (!view || error === null || this.restarting.state() !== 'none') return '';
    const why = this.words.error(error.code, error.params);
    return this.words.say('health.out_of_date', {
      time: this.formats.second(view.serverTime),
      why,
    });
  });
  protected readonly banners = computed(() =>
    (this.system.record()?.attention ?? []).map((attention) => {
      const action = actionOf(attention.code, () => void this.backUp());
      return {
        code: attention.code,
        text: this.sentence(attention),
        tone: toneOf(attention.code),
        actions: action === null ? [] : ([action] satisfies PageAction[]),
      };
    }),
  );
  protected readonly facts = computed<readonly { label: WordKey; text: string }[]>(() => {
    const view = this.system.record();
    if (!view) return [];
    const { host, memory, versions, database, broker } = view;
    return [
      {
        label: 'health.host',
        text: this.words.count('health.cores', host.cores, { name: host.name }),
      },
      { label: 'health.operating_system', text: host.system },
      {
        label: 'health.memory',
        text: this.words.say('health.free_of', {
          free: this.formats.size(memory.freeBytes),
          total: this.formats.size(memory.totalBytes),
        }),
      },
      { label: 'health.own_memory', text: this.formats.size(memory.ownBytes) },
      { label: 'health.running_for', text: this.uptime(view.uptimeS) },
      { label: 'health.timezone', text: view.timezone },
      { label: 'health.database', text: database.place },
      {
        label: 'health.broker',
        text: this.words.say(`health.broker_${broker.kind}`, { address: broker.address }),
      },
      { label: 'health.node', text: versions.node },
    ];
  });
  protected readonly counters = computed(() => {
    const messages = this.system.record()?.messages;
    return COUNTERS.map((name) => ({
      name,
      label: this.words.say(`health.messages_${name}`),
      text: this.formats.number(messages?.[name] ?? 0),
    }));
  });

  constructor() {
    reloadEvery(
      REFRESH_S,
      () => this.system.reload(),
      () => this.restarting.state() === 'none',
    );
  }

  protected async downloadLog(): Promise<void> {
    if (this.isFetchingLog()) return;
    this.isFetchingLog.set(true);
    const error = await this.downloads.save(LOG_URL);
    this.isFetchingLog.set(false);
    if (error !== null) this.toasts.show(this.words.error(error.code, error.params));
  }

  protected async restart(): Promise<void> {
    if (await this.restarting.ask()) this.system.reload();
  }

  private async backUp(): Promise<void> {
    if (await this.backups.make()) this.system.reload();
  }

  private sentence({ code, params }: AttentionView): string {
    const told = { ...params };
    if (code === 'job_failed') told['job'] = this.words.problem(`jobs.name.${params['job']}`);
    if (code === 'restore_failed') {
      told['error'] = this.words.error(String(params['error']).split(':', 1)[0] ?? '');
    }
    return this.words.say(`health.attention.${code}`, told);
  }

  /** '12 d 04 h' once it is days. */
  private uptime(seconds: number): string {
    const hours = Math.floor(seconds / 3600);
    if (hours < 48) return this.formats.duration(seconds);
    return this.words.say('health.days_hours', {
      days: this.formats.number(Math.floor(hours / 24)),
      hours: String(hours % 24).padStart(2, '0'),
    });
  }
}
