import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { WordKey } from '@fabomatic/i18n';
import type { AttentionCode, SystemView } from '@fabomatic/system';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../../frame/icon';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { LabClock } from '../../live/lab-clock';
import { scheduleText } from '../jobs/schedule-text';

interface Part {
  readonly name: WordKey;
  readonly isWell: boolean;
  readonly now: string;
  readonly more: string;
}

/** The five parts that everything rests on: each well or not, what it does, and one figure. */
@Component({
  selector: 'fab-health-strip',
  imports: [Icon, TranslatePipe],
  template: `
    <ul>
      @for (part of parts(); track part.name) {
        <li [class.unwell]="!part.isWell">
          <div class="row mid">
            <fab-icon [name]="part.isWell ? 'done' : 'warning'" />
            {{ part.name | translate }}
            <span class="only-read-aloud">{{
              (part.isWell ? 'health.well' : 'health.unwell') | translate
            }}</span>
          </div>
          <div class="ink-2 num">{{ part.now }}</div>
          <div class="small ink-3 num">{{ part.more }}</div>
        </li>
      }
    </ul>
  `,
  styleUrl: './health-strip.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class HealthStrip {
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);
  private readonly nowS = inject(LabClock).nowS;
  readonly view = input.required<SystemView>();

  protected readonly parts = computed<readonly Part[]>(() => {
    const view = this.view();
    return [
      this.broker(view),
      this.database(view),
      this.backup(view),
      this.mail(view),
      this.disk(view),
    ];
  });

  private broker({ broker, boards, messages }: SystemView): Part {
    const online = boards.filter(({ isOnline }) => isOnline).length;
    const since = this.formats.since(broker.since, this.nowS());
    const rate = this.words.count('health.per_minute', messages.perMinute, {
      n: this.formats.number(messages.perMinute),
    });
    return {
      name: 'health.broker',
      isWell: broker.connected,
      now: broker.connected
        ? this.words.count('health.connected', online)
        : this.words.say('health.not_connected'),
      more: broker.connected ? `${since}, ${rate}` : since,
    };
  }

  private database({ database }: SystemView): Part {
    const kind = database.kind === 'sqlite' ? 'SQLite' : 'PostgreSQL';
    return {
      name: 'health.database',
      isWell: true,
      now: `${kind}, ${this.formats.size(database.sizeBytes)}`,
      more: this.words.say('health.answers_in', {
        ms: this.formats.number(Math.max(1, database.answersInMs)),
      }),
    };
  }

  private backup(view: SystemView): Part {
    const { latest, schedule } = view.backups;
    const now =
      latest === null
        ? this.words.say('health.no_backup')
        : this.words.say('health.latest_backup', {
            ago: this.formats.ago(latest.createdAt, this.nowS()),
          });
    return {
      name: 'health.backup',
      isWell: !has(view, 'backup_missing', 'backup_old', 'restore_failed'),
      now,
      more: scheduleText(this.words, schedule),
    };
  }

  private mail({ mail }: SystemView): Part {
    const { server, lastSentAt, waiting, givenUp } = mail;
    const last =
      lastSentAt === null
        ? this.words.say('health.no_mail_yet')
        : this.words.say('health.latest_mail', {
            when: this.formats.when(lastSentAt, this.nowS()),
          });
    const more = [
      waiting > 0 ? this.words.count('health.mails_waiting', waiting) : '',
      givenUp > 0 ? this.words.count('health.mails_given_up', givenUp) : '',
    ];
    return {
      name: 'health.mail',
      isWell: server === null || givenUp === 0,
      now: server === null ? this.words.say('health.mail_off') : last,
      more: more.filter((text) => text !== '').join(', ') || (server ?? ''),
    };
  }

  private disk(view: SystemView): Part {
    const { freeBytes, totalBytes } = view.disk;
    const percent = totalBytes === 0 ? 0 : Math.floor((freeBytes / totalBytes) * 100);
    return {
      name: 'health.disk',
      isWell: !has(view, 'disk_full', 'disk_low'),
      now: this.words.say('health.free_of', {
        free: this.formats.size(freeBytes),
        total: this.formats.size(totalBytes),
      }),
      more: this.words.say('health.free_percent', { percent: this.formats.number(percent) }),
    };
  }
}

function has({ attention }: SystemView, ...codes: AttentionCode[]): boolean {
  return attention.some(({ code }) => codes.includes(code));
}
