import { SECONDS_PER_HOUR } from '@fabomatic/kernel';
import { MAX_MACHINE_HOURS_S } from '@fabomatic/machines';
import type { MachineAccess } from '../machines/machine-type.entity';
import { BatchInsert } from './batch-insert';
import type { ImportContext, ImportedMembers } from './import-context';
import type { OriginalRow } from './original-file';
import { filledTextOf, flagOf, integerOf, numberOf, textOf } from './original-values';

/** What the original takes for a type that says nothing about it. */
const DEFAULT_TIMEOUT_MIN = 1440;
const DEFAULT_GRACE_MIN = 2;

/** machine_types -> machine_types. A type without `access_management` asks for authorisations. */
export async function importTypes({ db, original, report }: ImportContext): Promise<Set<number>> {
  const types = new Set<number>();
  const rows = new BatchInsert(db, 'machine_types', [
    'id',
    'name',
    'timeout_min',
    'grace_min',
    'access',
  ]);
  for (const row of original.rows('machine_types', 'type_id')) {
    const id = integerOf(row['type_id']);
    if (id === null) continue;
    const name = textOf(row['type_name']) ?? `type ${id}`;
    const timeoutMin = integerOf(row['type_timeout_min']) ?? DEFAULT_TIMEOUT_MIN;
    const graceMin = integerOf(row['grace_period_min']) ?? DEFAULT_GRACE_MIN;
    if (timeoutMin < 0 || graceMin < 0) report.note('type_minutes', { form: 'text', text: name });
    const access: MachineAccess =
      numberOf(row['access_management']) === 1 ? 'open' : 'authorization';
    await rows.add(id, name, Math.max(0, timeoutMin), Math.max(0, graceMin), access);
    types.add(id);
  }
  await rows.end();
  report.count('machine_types', 'machine_types', original.count('machine_types'), rows.count);
  return types;
}

/**
 * machines -> machines. The hours are those of the original, never the sum of its uses: an admin
 * can edit them there, and each repeated stop was counted.
 */
export async function importMachines(
  { db, original, report, nowS }: ImportContext,
  types: ReadonlySet<number>,
): Promise<Set<number>> {
  const machines = new Set<number>();
  const rows = new BatchInsert(db, 'machines', [
    'id',
    'name',
    'type_id',
    'hours_s',
    'blocked',
    'last_seen_at',
    'created_at',
  ]);
  for (const row of original.rows('machines', 'machine_id')) {
    const id = integerOf(row['machine_id']);
    if (id === null) continue;
    const name = textOf(row['machine_name']) ?? `machine ${id}`;
    const wanted = integerOf(row['machine_type_id']);
    const typeId = wanted !== null && types.has(wanted) ? wanted : null;
    if (wanted !== typeId) {
      report.note('type_missing', { form: 'text', text: name });
    }
    // The original takes 'inf' for a number of hours, and shows no machine from then on.
    const toldS = (numberOf(row['machine_hours']) ?? -1) * SECONDS_PER_HOUR;
    const isPossible = toldS >= 0 && toldS <= MAX_MACHINE_HOURS_S;
    if (!isPossible) report.note('hours_impossible', { form: 'text', text: name });
    await rows.add(
      id,
      name,
      typeId,
      isPossible ? toldS : 0,
      flagOf(row['blocked']),
      numberOf(row['last_seen']),
      nowS,
    );
    machines.add(id);
  }
  await rows.end();
  report.count('machines', 'machines', original.count('machines'), rows.count);
  return machines;
}

export async function importAuthorizations(
  { db, original, report, nowS }: ImportContext,
  members: ImportedMembers,
  machines: ReadonlySet<number>,
): Promise<void> {
  const rows = new BatchInsert(db, 'authorizations', [
    'id',
    'member_id',
    'machine_id',
    'created_at',
  ]);
  const pairs = new Set<string>();
  for (const row of original.rows('authorizations', 'authorization_id')) {
    const id = integerOf(row['authorization_id']);
    const [memberId, machineId] = [integerOf(row['user_id']), integerOf(row['machine_id'])];
    const isWhole = id !== null && memberId !== null && machineId !== null;
    if (!isWhole || !members.has(memberId) || !machines.has(machineId)) {
      report.note('authorization_orphan');
      continue;
    }
    const pair = `${memberId}/${machineId}`;
    if (pairs.has(pair)) {
      report.note('authorization_twice');
      continue;
    }
    pairs.add(pair);
    await rows.add(id, memberId, machineId, nowS);
  }
  await rows.end();
  const read = original.count('authorizations');
  report.count('authorizations', 'authorizations', read, rows.count);
}

/** boards -> boards: for each machine the one that was heard last. */
export async function importBoards(
  { db, original, report, nowS }: ImportContext,
  machines: ReadonlySet<number>,
): Promise<void> {
  /** Key: machine id. */
  const latest = new Map<number, OriginalRow>();
  const seenAt = (row: OriginalRow) => numberOf(row['last_seen']) ?? 0;
  for (const row of original.rows('boards', 'board_id')) {
    const machineId = integerOf(row['machine_id']);
    if (machineId === null || !machines.has(machineId)) {
      report.note('board_orphan');
      continue;
    }
    const known = latest.get(machineId);
    if (known) report.note('second_board');
    if (!known || seenAt(row) >= seenAt(known)) latest.set(machineId, row);
  }
  const rows = new BatchInsert(db, 'boards', [
    'id',
    'machine_id',
    'serial',
    'ip',
    'firmware',
    'heap',
    'first_seen_at',
    'last_seen_at',
  ]);
  for (const [machineId, row] of latest) {
    const lastSeenAtS = numberOf(row['last_seen']) ?? nowS;
    // '?' is the original's word for a board that told no serial number.
    const serial = filledTextOf(row['serial'])?.replace(/^\?$/, '') ?? '';
    await rows.add(
      integerOf(row['board_id']),
      machineId,
      serial,
      textOf(row['ip_address']) ?? '',
      textOf(row['fw_version']) ?? '',
      integerOf(row['heap']),
      lastSeenAtS,
      lastSeenAtS,
    );
  }
  await rows.end();
  report.count('boards', 'boards', original.count('boards'), rows.count);
}

/** unknown_cards -> unrecognised_cards: one row for each read becomes one for each card and machine. */
export async function importUnknownCards(
  { db, original, report }: ImportContext,
  machines: ReadonlySet<number>,
): Promise<void> {
  const rows = new BatchInsert(db, 'unrecognised_cards', [
    'uid',
    'machine_id',
    'first_seen_at',
    'last_seen_at',
    'times',
  ]);
  const grouped = original.select(
    `SELECT LOWER(card_UUID) AS uid, machine_id, MIN(timestamp) AS first_seen,
       MAX(timestamp) AS last_seen, COUNT(*) AS times
     FROM unknown_cards GROUP BY LOWER(card_UUID), machine_id ORDER BY MIN(id)`,
  );
  for (const row of grouped) {
    const machineId = integerOf(row['machine_id']);
    const uid = filledTextOf(row['uid']);
    const [first, last] = [numberOf(row['first_seen']), numberOf(row['last_seen'])];
    if (machineId === null || !machines.has(machineId) || first === null || last === null) {
      report.note('card_read_orphan');
      continue;
    }
    if (uid === null) {
      report.note('card_read_without_number');
      continue;
    }
    const times = integerOf(row['times']) ?? 1;
    if (times > 1) report.note('card_reads_joined', { form: 'card_reads', card: uid, times });
    await rows.add(uid, machineId, first, last, times);
  }
  await rows.end();
  report.count('unknown_cards', 'unrecognised_cards', original.count('unknown_cards'), rows.count);
}
