import { SECONDS_PER_DAY, SECONDS_PER_HOUR } from '@fabomatic/kernel';
import { identityOf } from '@fabomatic/virtual-board';
import type { Db } from '../database/db';
import type { DemoMachineHistory } from './demo-lab';
import { DEMO_EMAIL } from './demo-login';
import { DEMO_TYPES } from './demo-machines';
import { DEMO_MEMBERS, STRANGE_CARDS } from './demo-people';
import { HISTORY_DAYS } from './demo-uses';

/** Boards tell of themselves every 120 s; sooner would look like a bad network. */
const BOARD_HEARD_AGO_S = 70;

export interface DemoWriting {
  readonly nowS: number;
  readonly passwordHash: string;
  /** What the board of a machine tells as its address: the record must not name another computer. */
  ipOf(machineId: number): string;
}

/** What was written: ids of the members by index, and of the types by name. */
interface Ids {
  readonly members: readonly number[];
  readonly types: ReadonlyMap<string, number>;
}

/** Writes the lab into a database that holds nothing but the seed, which becomes part of it. */
export async function writeDemoLab(
  db: Db,
  lab: readonly DemoMachineHistory[],
  { nowS, passwordHash, ipOf }: DemoWriting,
): Promise<void> {
  const bornAtS = nowS - HISTORY_DAYS * SECONDS_PER_DAY - SECONDS_PER_DAY;
  await db.execute('DELETE FROM machines');
  await db.execute('DELETE FROM machine_types');
  const ids = {
    members: await writeMembers(db, bornAtS, nowS, passwordHash),
    types: await writeTypes(db),
  };
  for (const history of lab)
    await writeMachine(db, history, ids, { bornAtS, ip: ipOf(history.id) });
  await writeStrangers(db, nowS);
}

/** The seed's `admins` and `Fab Staff` stay; `Fab Users` need authorisations here. */
async function writeRoles(db: Db): Promise<ReadonlyMap<string, number>> {
  await db.execute('UPDATE roles SET authorize_all = ? WHERE name = ?', [false, 'Fab Users']);
  await db.execute('UPDATE roles SET portal_access = ? WHERE name = ?', ['machines', 'Fab Staff']);
  await db.insert('roles', { name: 'Instructors', maintenance: true, portal_access: 'members' });
  const rows = await db.query<{ id: number; name: string }>('SELECT id, name FROM roles');
  return new Map(rows.map(({ id, name }) => [name, id]));
}

async function writeMembers(
  db: Db,
  bornAtS: number,
  nowS: number,
  passwordHash: string,
): Promise<number[]> {
  const roles = await writeRoles(db);
  const ids: number[] = [];
  for (const [index, member] of DEMO_MEMBERS.entries()) {
    const createdAtS = bornAtS + index * SECONDS_PER_DAY * 0.1;
    const { firstName, lastName, role, isDisabled } = member;
    const id =
      index === 0
        ? await takeOverSeed(db, firstName, lastName, passwordHash)
        : await db.insert('members', {
            first_name: firstName,
            last_name: lastName,
            email: emailOf(firstName, lastName),
            email_key: emailOf(firstName, lastName),
            role_id: roles.get(role) ?? 0,
            disabled: isDisabled,
            created_at: createdAtS,
          });
    for (const { uid, label, isRevoked } of member.cards) {
      const revoked_at = isRevoked ? nowS - 40 * SECONDS_PER_DAY : null;
      await db.insert('cards', { member_id: id, uid, label, created_at: createdAtS, revoked_at });
    }
    ids.push(id);
  }
  return ids;
}

/** The administrator of the seed becomes the one who logs in to the demo. */
async function takeOverSeed(
  db: Db,
  firstName: string,
  lastName: string,
  passwordHash: string,
): Promise<number> {
  const [admin] = await db.query<{ id: number }>('SELECT id FROM members WHERE email = ?', [
    DEMO_EMAIL,
  ]);
  if (!admin) throw new Error('the demo was not seeded with its own e-mail');
  await db.execute(
    `UPDATE members SET first_name = ?, last_name = ?, password_hash = ?, must_change_password = ?
     WHERE id = ?`,
    [firstName, lastName, passwordHash, false, admin.id],
  );
  return admin.id;
}

async function writeTypes(db: Db): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>();
  for (const { name, timeoutMin, graceMin, access } of DEMO_TYPES) {
    const row = { name, timeout_min: timeoutMin, grace_min: graceMin, access };
    ids.set(name, await db.insert('machine_types', row));
  }
  return ids;
}

async function writeMachine(
  db: Db,
  history: DemoMachineHistory,
  ids: Ids,
  { bornAtS, ip }: { readonly bornAtS: number; readonly ip: string },
): Promise<void> {
  const { id, machine, blockedAtS, lastSeenAtS } = history;
  const isBlocked = blockedAtS !== null;
  await db.insert('machines', {
    id,
    name: machine.name,
    type_id: ids.types.get(machine.type) ?? null,
    hours_s: history.hoursS,
    blocked: isBlocked,
    blocked_reason: isBlocked ? 'The spindle is loud: a new bearing is on its way' : null,
    blocked_by: isBlocked ? (ids.members[1] ?? null) : null,
    blocked_at: blockedAtS,
    last_seen_at: lastSeenAtS,
    created_at: bornAtS,
  });
  const { serial, version, heap } = identityOf(id);
  await db.insert('boards', {
    machine_id: id,
    serial,
    ip,
    firmware: version,
    heap: Number(heap),
    first_seen_at: bornAtS,
    last_seen_at: lastSeenAtS - BOARD_HEARD_AGO_S,
  });
  for (const index of history.authorized) {
    const member_id = ids.members[index] ?? 0;
    await db.insert('authorizations', { member_id, machine_id: id, created_at: bornAtS });
  }
  await writePlans(db, history, ids, bornAtS);
  await writeUses(db, history, ids);
}

async function writePlans(
  db: Db,
  { id, plans }: DemoMachineHistory,
  ids: Ids,
  bornAtS: number,
): Promise<void> {
  for (const plan of plans) {
    const planId = await db.insert('maintenance_plans', {
      machine_id: id,
      description: plan.description,
      lcd_message: plan.lcdMessage,
      interval_s: plan.intervalH * SECONDS_PER_HOUR,
      elapsed_s: plan.elapsedS,
      last_done_at: plan.doneAtS.at(-1) ?? null,
      created_at: bornAtS,
    });
    for (const [number, doneAtS] of plan.doneAtS.entries()) {
      await db.insert('interventions', {
        plan_id: planId,
        machine_id: id,
        // The staff take turns; they stand after the administrator in the list.
        member_id: ids.members[1 + (number % 3)] ?? null,
        done_at: doneAtS,
      });
    }
  }
}

async function writeUses(
  db: Db,
  { id, uses, lastSeenAtS }: DemoMachineHistory,
  ids: Ids,
): Promise<void> {
  for (const { memberIndex, startedAtS, endedAtS, ...marks } of uses) {
    const card = DEMO_MEMBERS[memberIndex]?.cards.find(({ isRevoked }) => !isRevoked);
    await db.insert('uses', {
      machine_id: id,
      member_id: ids.members[memberIndex] ?? null,
      card_uid: card?.uid ?? null,
      started_at: startedAtS,
      last_seen_at: endedAtS ?? lastSeenAtS,
      ended_at: endedAtS,
      duration_s: endedAtS === null ? null : endedAtS - startedAtS,
      replayed: marks.replayed,
      estimated: marks.estimated,
      authorized: true,
      closed_by: marks.closedBy,
    });
  }
}

async function writeStrangers(db: Db, nowS: number): Promise<void> {
  for (const [index, uid] of STRANGE_CARDS.entries()) {
    await db.insert('unrecognised_cards', {
      uid,
      machine_id: index + 1,
      first_seen_at: nowS - (index + 1) * 3 * SECONDS_PER_DAY,
      last_seen_at: nowS - (index + 1) * SECONDS_PER_DAY,
      times: index + 1,
    });
  }
}

/** 'Élodie', 'Lefèvre' -> 'elodie.lefevre@example.org' */
function emailOf(firstName: string, lastName: string): string {
  const letters = (text: string) =>
    text
      .normalize('NFD')
      .replace(/ı/g, 'i')
      .replace(/ß/g, 'ss')
      .replace(/ø/gi, 'o')
      .replace(/[^a-z]/gi, '')
      .toLowerCase();
  return `${letters(firstName)}.${letters(lastName)}@example.org`;
}
