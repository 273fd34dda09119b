import { inject, Injectable } from '@angular/core';
import { LANGUAGES, type WordKey } from '@fabomatic/i18n';
import { IsoTime } from '@fabomatic/kernel';
import {
  type AuditedField,
  type AuditEntryView,
  auditSentenceKey,
  type AuditValue,
  HIDDEN_VALUE,
} from '@fabomatic/system';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';

// i18n-keys: audit.did.* audit.record.* audit.actor.* audit.field_name.* roles.portal_none
// i18n-keys: roles.portal_read-only roles.portal_members roles.portal_machines roles.portal_admin
// i18n-keys: machine_types.access_authorization machine_types.access_open

/** Fields whose values are codes, and the words for those. */
const CODED: Readonly<Record<string, string>> = {
  portalAccess: 'roles.portal_',
  access: 'machine_types.access_',
};

/** Kinds of records that have a page: where it is. */
const PAGES: Readonly<Record<string, (id: number) => readonly unknown[]>> = {
  'machine-type': (id) => ['/machine-types', id],
  'maintenance-plan': (id) => ['/maintenance', id],
  intervention: (id) => ['/interventions', id],
  machine: (id) => ['/machines', id],
  member: (id) => ['/members', id],
  role: (id) => ['/roles', id],
  use: (id) => ['/history', id],
};
/** After these there is no record any more; a deleted member can still be looked at. */
const GONE = ['delete', 'erase'];

/** What the trail's codes and values are for a reader. */
@Injectable({ providedIn: 'root' })
export class AuditTexts {
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);

  /** 'Marta Rossi', 'purge', or that the name was erased. */
  who(entry: AuditEntryView): string {
    if (entry.actorName !== null && entry.actorName !== '') return entry.actorName;
    if (entry.isErased) return this.words.say('audit.erased_who');
    const kind = this.actor(entry.actorKind);
    return entry.actorId === null ? kind : `${kind} ${entry.actorId}`;
  }

  /** 'changed the machine Laser 2': goes on from who it was. */
  did({ subject, action, subjectName }: AuditEntryView): string {
    const key = auditSentenceKey(subject, action);
    if (key === null) return this.words.say('audit.unknown', { code: `${subject}.${action}` });
    const name = subjectName ?? this.words.say('audit.erased_name');
    return this.words.say(key as WordKey, { name });
  }

  actor(kind: string): string {
    return this.words.say(`audit.actor.${kind}` as WordKey);
  }

  record(subject: string): string {
    return this.wordOr(`audit.record.${subject}`, subject);
  }

  /** A field of a record has a word; a key of the settings is known by its name. */
  field(field: string): string {
    const last = field.slice(field.lastIndexOf('.') + 1);
    return this.wordOr(`audit.field_name.${last}`, field);
  }

  value(field: string, value: AuditValue): string {
    if (value === null || value === '') return this.words.say('audit.nothing');
    if (value === HIDDEN_VALUE) return this.words.say('audit.secret');
    if (typeof value === 'boolean') {
      return this.words.say(value ? 'exports.word.yes' : 'exports.word.no');
    }
    if (typeof value === 'number') return this.figure(field, value);
    if (field === 'language') return LANGUAGES.find(({ code }) => code === value)?.name ?? value;
    const coded = CODED[field];
    if (coded !== undefined) return this.wordOr(`${coded}${value}`, value);
    return IsoTime.safeParse(value).success ? this.moment(value) : value;
  }

  /** 'Name: Laser → Laser 2' */
  change({ field, before, after }: AuditedField): string {
    return `${this.field(field)}: ${this.value(field, before)} → ${this.value(field, after)}`;
  }

  /** Null where there is nothing to look at. */
  link({ subject, subjectId, action }: AuditEntryView): readonly unknown[] | null {
    if (subjectId === null || (GONE.includes(action) && subject !== 'member')) return null;
    return action === 'erase' ? null : (PAGES[subject]?.(subjectId) ?? null);
  }

  private figure(field: string, value: number): string {
    if (/[a-z]S$/.test(field)) return this.formats.duration(value);
    // The number of a record is no amount.
    return /(Id|port)$/i.test(field) ? String(value) : this.formats.number(value);
  }

  private moment(iso: string): string {
    return `${this.formats.date(iso)} ${this.formats.second(iso)}`;
  }

  private wordOr(key: string, otherwise: string): string {
    const found = this.words.say(key as WordKey);
    return found === key ? otherwise : found;
  }
}
