import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { LabEvent, LabEventKind } from '@fabomatic/machines';
import { Icon } from '../../frame/icon';
import type { IconName } from '../../frame/icon-paths';
import { TimeText } from '../../frame/time-text';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { StatusGlyph } from '../../machines/status-glyph/status-glyph';

const ICONS: Readonly<Record<Exclude<LabEventKind, 'use-started' | 'maintenance-due'>, IconName>> =
  {
    'use-stopped': 'stop',
    'card-refused': 'refused',
    'card-unrecognised': 'unknown',
    'maintenance-done': 'done',
  };

/** One line of "just now": when, a mark, and a sentence. */
@Component({
  selector: 'fab-event-line',
  imports: [Icon, StatusGlyph, TimeText],
  // i18n-keys: event.* refusal.*
  template: `
    <fab-time class="ink-3 num" [at]="event().at" as="clock" />
    @switch (event().kind) {
      @case ('use-started') {
        <fab-status-glyph status="in-use" class="small" />
      }
      @case ('maintenance-due') {
        <fab-status-glyph status="maintenance" class="small" />
      }
      @default {
        <fab-icon [name]="icon()" class="small" />
      }
    }
    <span>{{ sentence() }}</span>
  `,
  host: { '[class.new]': 'isNew()' },
  styles: `
    :host {
      display: grid;
      grid-template-columns: 2.75rem 1rem 1fr;
      gap: var(--s2);
      padding: var(--s2);
      border-radius: var(--radius);
      overflow-wrap: anywhere;
    }
    :host(.new) {
      background: var(--accent-soft);
    }
    fab-icon,
    fab-status-glyph {
      margin-top: 2px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EventLine {
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);

  readonly event = input.required<LabEvent>();
  readonly isNew = input(false);

  protected readonly icon = computed((): IconName => {
    const { kind } = this.event();
    return kind === 'use-started' || kind === 'maintenance-due' ? 'wrench' : ICONS[kind];
  });

  protected readonly sentence = computed(() => {
    const event = this.event();
    return this.words.say(`event.${event.kind}`, {
      who: this.who(event),
      machine: event.machineName,
      duration: this.formats.duration(event.durationS ?? 0),
      plan: event.planDescription ?? '',
      reason: event.reason ? this.words.say(`refusal.${event.reason}`) : '',
    });
  });

  private who(event: LabEvent): string {
    if (event.kind === 'maintenance-due') return event.machineName;
    if (event.cardEnding !== null)
      return this.words.say('event.card', { ending: event.cardEnding });
    return event.memberName ?? this.words.say('event.somebody');
  }
}
