import { UseListQuery, type UseView } from '@fabomatic/uses';
import { UseRecordsService } from '../uses/use-records.service';
import {
  duration,
  type ExportDefinition,
  flag,
  number,
  text,
  time,
  word,
} from './export-definition';

export const uses: ExportDefinition<UseRecordsService, UseListQuery, UseView> = {
  name: 'uses',
  sheet: 'uses',
  source: UseRecordsService,
  query: UseListQuery,
  chunks: (records, query) => records.chunks(query),
  columns: [
    number('id', (use) => use.id),
    number('machine_id', (use) => use.machineId),
    text('machine', (use) => use.machineName),
    number('member_id', (use) => use.memberId),
    text('member', (use) => use.memberName),
    time('start', (use) => use.startedAt),
    time('end', (use) => use.endedAt),
    ...duration<UseView>('duration', 'duration_s', (use) => use.durationS),
    time('last_seen', (use) => use.lastSeenAt),
    flag('sent_later', (use) => use.replayed),
    flag('estimated', (use) => use.estimated),
    flag('authorized', (use) => use.authorized),
    word('source', (use) => `exports.word.source_${use.source}`),
    word('closed_by', (use) => use.closedBy && `exports.word.closed_${use.closedBy}`),
  ],
};
