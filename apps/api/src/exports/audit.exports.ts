import {
  type AuditedField,
  type AuditEntryView,
  AuditListQuery,
  auditSentenceKey,
  HIDDEN_VALUE,
} from '@fabomatic/system';
import { AuditTrailService } from '../audit/audit-trail.service';
import {
  type ExportDefinition,
  number,
  type Sentence,
  sentence,
  text,
  time,
} from './export-definition';
import { type ExportWords, wordAt } from './export-words';

export const audit: ExportDefinition<AuditTrailService, AuditListQuery, AuditEntryView> = {
  name: 'audit',
  sheet: 'audit',
  permission: 'admin',
  source: AuditTrailService,
  query: AuditListQuery,
  chunks: (trail, query) => trail.chunks(query),
  columns: [
    number('id', (entry) => entry.id),
    time('at', (entry) => entry.at),
    sentence('who', (entry) => (words) => entry.actorName ?? words.audit.erased_who),
    sentence('who_kind', (entry) => (words) => words.audit.actor[entry.actorKind]),
    sentence('what', did),
    sentence(
      'record_kind',
      ({ subject }) =>
        (words) =>
          wordOr(words, `audit.record.${subject}`),
    ),
    number('record_id', (entry) => entry.subjectId),
    sentence(
      'fields',
      ({ fields }) =>
        (words) =>
          fields.map((each) => said(each, words)).join('\n'),
    ),
    text('ip', (entry) => entry.ip),
    text('correlation', (entry) => entry.correlationId),
  ],
};

// i18n-keys: audit.did.* audit.record.* audit.field_name.* audit.actor.*
function did({ subject, action, subjectName }: AuditEntryView): Sentence {
  return (words) => {
    const key = auditSentenceKey(subject, action);
    if (key === null) return words.audit.unknown.replace('{{code}}', `${subject}.${action}`);
    // Never a pattern: a name may hold '$&'.
    return wordAt(words, key).replace('{{name}}', () => subjectName ?? words.audit.erased_name);
  };
}

function said({ field, before, after }: AuditedField, words: ExportWords): string {
  return `${nameOf(field, words)}: ${valueIn(words, before)} → ${valueIn(words, after)}`;
}

/** A field of a record has a word; a key of the settings is known by its name. */
function nameOf(field: string, words: ExportWords): string {
  const names: Readonly<Record<string, string>> = words.audit.field_name;
  return names[field] ?? names[field.slice(field.lastIndexOf('.') + 1)] ?? field;
}

function valueIn(words: ExportWords, value: AuditedField['before']): string {
  if (value === null || value === '') return words.audit.nothing;
  if (typeof value === 'boolean') return value ? words.exports.word.yes : words.exports.word.no;
  return value === HIDDEN_VALUE ? words.audit.secret : String(value);
}

function wordOr(words: ExportWords, path: string): string {
  const found = wordAt(words, path);
  return found === path ? path.slice(path.lastIndexOf('.') + 1) : found;
}
