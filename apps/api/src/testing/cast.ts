import { systemClock } from '@fabomatic/kernel';
import type { Db } from '../database/db';
import type { TestLab } from './test-lab';

/** Cards of the people in {@link furnish}; the lower-case form of the boards. */
export const CARDS = {
  /** An ordinary member, authorised for every machine. */
  ada: 'ada00001',
  /** Disabled. */
  bob: 'b0b00001',
  /** Has lost this card. */
  cleo: 'c1e00001',
  /** An ordinary member without authorisations. */
  dan: 'da000001',
  /** May do maintenance; authorised like Ada. */
  eve: 'e7e00001',
  /** Nobody's. */
  stranger: 'deadbeef',
} as const;

/** Machine ids of {@link furnish}. */
export const MACHINES = { laser: 2, lathe: 3, blocked: 4, drill: 5 } as const;
/** An id that nobody registered. */
export const UNREGISTERED = 999;

/** A small lab: all that a board may be told, beside what the seed brings. */
export async function furnish(lab: TestLab): Promise<void> {
  const now = systemClock.nowS();
  await lab.change(async (db) => {
    const ordinary = await db.insert('roles', { name: 'Ordinary' });
    const maintainers = await db.insert('roles', { name: 'Maintainers', maintenance: true });
    const ada = await addMember(db, 'Ada', ordinary, CARDS.ada);
    const eve = await addMember(db, 'Eve', maintainers, CARDS.eve);
    await addMember(db, 'Bob', ordinary, CARDS.bob, { disabled: true });
    await addMember(db, 'Cleo', ordinary, CARDS.cleo, { revokedAt: now });
    await addMember(db, 'Dan', ordinary, CARDS.dan);
    for (const [name, id] of Object.entries(MACHINES)) {
      const blocked = id === MACHINES.blocked;
      await db.insert('machines', { id, name, type_id: 1, blocked, created_at: now });
      for (const member of [ada, eve]) {
        await db.insert('authorizations', { member_id: member, machine_id: id, created_at: now });
      }
    }
  });
}

async function addMember(
  db: Db,
  name: string,
  role: number,
  uid: string,
  { disabled = false, revokedAt = null }: { disabled?: boolean; revokedAt?: number | null } = {},
): Promise<number> {
  const now = systemClock.nowS();
  const id = await db.insert('members', {
    first_name: name,
    last_name: 'Test',
    role_id: role,
    disabled,
    created_at: now,
  });
  await db.insert('cards', { member_id: id, uid, created_at: now, revoked_at: revokedAt });
  return id;
}
