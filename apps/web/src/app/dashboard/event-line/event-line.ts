import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { LabEvent, MachineStatus } from '@fabomatic/machines';
import { CurrentMember } from '../../auth/current-member';
import { Icon } from '../../frame/icon';
import type { IconName } from '../../frame/icon-paths';
import { TimeText } from '../../frame/time-text';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { StatusGlyph } from '../../machines/status-glyph/status-glyph';

type Mark = { glyph: MachineStatus } | { icon: IconName };

const MARKS: Record<LabEvent['kind'], Mark> = {
  'use-started': { glyph: 'in-use' },
  'use-stopped': { icon: 'stop' },
  'card-refused': { icon: 'refused' },
  'card-unrecognised': { icon: 'unknown' },
  'maintenance-done': { icon: 'done' },
  'maintenance-due': { glyph: 'maintenance' },
};

/** Stands for the actor while the sentence is put together, so that languages order it freely. */
const ACTOR = '\uE000';

/** One line of "just now": time, mark, and a sentence in which the actor is bold. */
@Component({
  selector: 'fab-event-line',
  imports: [Icon, RouterLink, StatusGlyph, TimeText],
  template: `
    <fab-time [at]="event().at" as="clock" />
    @if (glyph(); as glyph) {
      <fab-status-glyph class="small" [status]="glyph" />
    }
    @if (icon(); as icon) {
      <fab-icon class="small" [name]="icon" />
    }
    <span
      >{{ sentence().before }}<b>{{ actor() }}</b
      >{{ sentence().after }}
      @if (nextStep(); as next) {
        <a [routerLink]="next.path" [queryParams]="next.query">{{ next.text }}</a>
      }
    </span>
  `,
  host: { '[class.new]': 'isNew()' },
  styles: `
    :host {
      display: grid;
      grid-template-columns: 2.75rem 1rem minmax(0, 1fr);
      gap: var(--s2);
      padding: var(--s2);
      margin: 0 calc(-1 * var(--s2));
      border-radius: var(--radius);
      transition: background-color var(--dur) var(--ease);
    }
    :host(.new) {
      background: var(--accent-soft);
    }
    fab-time,
    fab-icon {
      color: var(--ink-3);
    }
    fab-icon,
    fab-status-glyph {
      margin-top: 2px;
    }
    a {
      display: block;
      width: fit-content;
    }
    span {
      overflow-wrap: anywhere;
      text-wrap: pretty;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EventLine {
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);
  private readonly member = inject(CurrentMember);
  readonly event = input.required<LabEvent>();
  readonly isNew = input(false);

  private readonly mark = computed(() => MARKS[this.event().kind]);
  protected readonly glyph = computed(() => {
    const mark = this.mark();
    return 'glyph' in mark ? mark.glyph : null;
  });
  protected readonly icon = computed(() => {
    const mark = this.mark();
    return 'icon' in mark ? mark.icon : null;
  });

  protected readonly actor = computed(() => {
    const event = this.event();
    if (event.kind === 'maintenance-due') return event.machineName;
    if (event.kind === 'card-unrecognised')
      return this.words.say('event.card', { ending: event.cardEnding ?? '' });
    return event.memberName ?? this.words.say('event.somebody');
  });

  // i18n-keys: event.* refusal.*
  protected readonly sentence = computed(() => {
    const event = this.event();
    const text = this.words.say(`event.${event.kind}`, {
      who: ACTOR,
      machine: event.machineName,
      duration: this.formats.duration(event.durationS ?? 0),
      reason: this.words.say(`refusal.${event.reason ?? 'not-authorised'}`),
      plan: event.planDescription ?? '',
    });
    const [before = '', after = ''] = text.split(ACTOR);
    return { before, after };
  });

  /** What to do about it, for whoever may; null when nothing is. */
  protected readonly nextStep = computed(() => {
    const { kind, reason, memberId, cardUid } = this.event();
    if (!this.member.may('members')) return null;
    if (kind === 'card-unrecognised' && cardUid !== null) {
      const text = this.words.say('event.new_member');
      return { path: '/members/new', query: { card: cardUid }, text };
    }
    if (kind === 'card-refused' && reason === 'not-authorised' && memberId !== null) {
      return { path: `/members/${memberId}`, query: {}, text: this.words.say('event.give_access') };
    }
    return null;
  });
}
