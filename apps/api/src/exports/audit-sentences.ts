import {
  type AuditedField,
  auditSentenceKey,
  type AuditEntryView,
  HIDDEN_VALUE,
} from '@fabomatic/system';
import type { Sentence } from './export-definition';
import { type ExportWords, wordAt } from './export-words';

type Deed = Pick<AuditEntryView, 'subject' | 'action' | 'subjectName'>;

/**
 * 'changed the member Ada': what was done, to whom.
 * i18n-keys: audit.did.*
 */
export function did({ subject, action, subjectName }: Deed): Sentence {
  return (words) => {
    const key = auditSentenceKey(subject, action);
    if (key === null) return words.audit.unknown.replace('{{code}}', `${subject}.${action}`);
    // Never a pattern: a name may hold '$&'.
    return wordAt(words, key).replace('{{name}}', () => subjectName ?? words.audit.erased_name);
  };
}

/** 'Email: a@b.org → c@d.org', a line for each field that was changed. */
export function fieldLines({ fields }: { readonly fields: readonly AuditedField[] }): Sentence {
  return (words) => fields.map((each) => said(each, words)).join('\n');
}

function said({ field, before, after }: AuditedField, words: ExportWords): string {
  return `${nameOf(field, words)}: ${valueIn(words, before)} → ${valueIn(words, after)}`;
}

/**
 * A field of a record has a word; a key of the settings is known by its name.
 * i18n-keys: audit.field_name.*
 */
function nameOf(field: string, words: ExportWords): string {
  const names: Readonly<Record<string, string>> = words.audit.field_name;
  return names[field] ?? names[field.slice(field.lastIndexOf('.') + 1)] ?? field;
}

function valueIn(words: ExportWords, value: AuditedField['before']): string {
  if (value === null || value === '') return words.audit.nothing;
  if (typeof value === 'boolean') return value ? words.exports.word.yes : words.exports.word.no;
  return value === HIDDEN_VALUE ? words.audit.secret : String(value);
}
