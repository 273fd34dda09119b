import { MAX_BELIEVED_DURATION_S, type UseClosedBy, type UseSource } from '@fabomatic/uses';
import { BatchInsert } from './batch-insert';
import { DoubledUses } from './doubled-uses';
import type { ImportContext, ImportedMembers } from './import-context';
import type { PlanCounters } from './import-maintenance';
import type { OriginalRow } from './original-file';
import { flagOf, integerOf, numberOf } from './original-values';

/** Progress is told after so many uses. */
const PROGRESS_EVERY = 50_000;

/** The original keeps hours, its boards send seconds: what rounding makes of that is no difference. */
const SAME_HOURS_S = 60;

/** What the original makes of a length that it does not believe. */
const UNBELIEVED_S = 1;

const COLUMNS = [
  'id',
  'machine_id',
  'member_id',
  'card_uid',
  'started_at',
  'last_seen_at',
  'ended_at',
  'duration_s',
  'replayed',
  'estimated',
  'authorized',
  'source',
  'closed_by',
] as const;

/** A use as it is stored. */
interface ImportedUse {
  readonly startedAtS: number;
  readonly lastSeenAtS: number;
  readonly endedAtS: number | null;
  readonly estimated: boolean;
  readonly closedBy: UseClosedBy | null;
}

/**
 * uses -> uses, ids kept. Whether the member was authorised then nobody knows: none is flagged.
 * Closed uses go into the counters of their machine's plans.
 */
export async function importUses(
  context: ImportContext,
  members: ImportedMembers,
  machines: ReadonlySet<number>,
  counters: PlanCounters,
): Promise<void> {
  const { db, original, report, progress } = context;
  const total = original.count('uses');
  const newestOpen = newestOpenUses(context);
  const rows = new BatchInsert(db, 'uses', COLUMNS);
  const doubled = new DoubledUses(context);
  /** machine id -> seconds of its closed uses */
  const usedS = new Map<number, number>();
  let readCount = 0;
  for (const row of original.rows('uses', 'use_id')) {
    readCount++;
    if (readCount % PROGRESS_EVERY === 0) await progress(readCount, total);
    const [id, machineId] = [integerOf(row['use_id']), integerOf(row['machine_id'])];
    const startedAtS = numberOf(row['start_timestamp']);
    if (id === null || machineId === null || startedAtS === null || !machines.has(machineId)) {
      report.note('use_incomplete');
      continue;
    }
    const memberId = integerOf(row['user_id']);
    const member = memberId === null ? undefined : members.get(memberId);
    if (!member) report.note('use_without_member');
    const mayBeOpen = newestOpen.get(machineId) === id;
    const use = importedUse(context, row, { id, startedAtS, mayBeOpen });
    const { endedAtS } = use;
    if (endedAtS !== null) {
      const { lastSeenAtS } = use;
      const compared = {
        id,
        memberId: member ? memberId : null,
        startedAtS,
        lastSeenAtS,
        endedAtS,
      };
      if (doubled.isMerged(machineId, compared)) continue;
      counters.count(machineId, { startedAtS, endedAtS });
      usedS.set(machineId, (usedS.get(machineId) ?? 0) + endedAtS - startedAtS);
    }
    await rows.add(
      id,
      machineId,
      member ? memberId : null,
      member?.cardUid ?? null,
      startedAtS,
      use.lastSeenAtS,
      endedAtS,
      endedAtS === null ? null : endedAtS - startedAtS,
      flagOf(row['replay']),
      use.estimated,
      true,
      'import' satisfies UseSource,
      use.closedBy,
    );
  }
  await rows.end();
  await doubled.end();
  await compareHours(context, usedS);
  report.count('uses', 'uses', total, rows.count - doubled.removed);
}

/**
 * Tells where the hours of a machine are not those of its uses: the original counts a stop without a
 * start twice, and an admin can edit them. They stay what they are.
 */
async function compareHours(
  { db, report }: ImportContext,
  usedS: ReadonlyMap<number, number>,
): Promise<void> {
  const machines = await db.query<{ id: number; hours_s: number }>(
    'SELECT id, hours_s FROM machines ORDER BY id',
  );
  for (const { id, hours_s: hoursS } of machines) {
    const usesS = usedS.get(id) ?? 0;
    if (Math.abs(hoursS - usesS) <= SAME_HOURS_S) continue;
    report.note('hours_not_of_uses', { form: 'hours_and_uses', machineId: id, hoursS, usesS });
  }
}

/** machine id -> its open use that began last: a machine serves one card at a time. */
function newestOpenUses({ original }: ImportContext): Map<number, number> {
  const newest = new Map<number, number>();
  const open = original.select(
    `SELECT use_id, machine_id FROM uses WHERE end_timestamp IS NULL
     ORDER BY start_timestamp, use_id`,
  );
  for (const row of open) {
    const [id, machineId] = [integerOf(row['use_id']), integerOf(row['machine_id'])];
    if (id !== null && machineId !== null) newest.set(machineId, id);
  }
  return newest;
}

function importedUse(
  { report, nowS }: ImportContext,
  row: OriginalRow,
  { id, startedAtS, mayBeOpen }: { id: number; startedAtS: number; mayBeOpen: boolean },
): ImportedUse {
  const told = numberOf(row['end_timestamp']);
  const lastSeenAtS = numberOf(row['last_seen']) ?? told ?? startedAtS;
  if (told === null && mayBeOpen) {
    return { startedAtS, lastSeenAtS, endedAtS: null, estimated: false, closedBy: null };
  }
  if (told === null) {
    report.note('second_open_use', { form: 'use', useId: id });
  }
  const endedAtS = told ?? lastSeenAtS;
  const closedBy: UseClosedBy = told === null ? 'import' : 'stop';
  if (endedAtS < startedAtS) {
    report.note('use_ends_before_start', { form: 'use', useId: id });
    return { startedAtS, lastSeenAtS, endedAtS: startedAtS, estimated: true, closedBy };
  }
  const durationS = endedAtS - startedAtS;
  if (durationS > MAX_BELIEVED_DURATION_S) {
    report.note('use_over_24_hours', { form: 'use_length', useId: id, lengthS: durationS });
  } else if (durationS === UNBELIEVED_S) {
    report.note('use_of_one_second', { form: 'use', useId: id });
  } else if (endedAtS > nowS) {
    report.note('use_in_future', { form: 'use', useId: id });
  }
  return { startedAtS, lastSeenAtS, endedAtS, estimated: told === null, closedBy };
}
