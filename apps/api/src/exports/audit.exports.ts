import { type AuditEntryView, AuditListQuery } from '@fabomatic/system';
import { AuditTrailService } from '../audit/audit-trail.service';
import { did, fieldLines } from './audit-sentences';
import { type ExportDefinition, number, sentence, text, time } from './export-definition';
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
    sentence('fields', fieldLines),
    text('ip', (entry) => entry.ip),
    text('correlation', (entry) => entry.correlationId),
  ],
};

// i18n-keys: audit.record.* audit.actor.*
function wordOr(words: ExportWords, path: string): string {
  const found = wordAt(words, path);
  return found === path ? path.slice(path.lastIndexOf('.') + 1) : found;
}
