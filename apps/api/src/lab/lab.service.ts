import { AppError } from '@fabomatic/kernel';
import { decideAccess, type AccessDecision } from '@fabomatic/members';
import type { CardHolder, MachineSession } from '@fabomatic/uses';
import { Injectable, Logger } from '@nestjs/common';
import { MachineQueues } from '../boards/machine-queues.service';
import { type Db, ReadDb } from '../database/db';
import { ForeignCommits } from '../database/foreign-commits';
import { UnitOfWork } from '../database/unit-of-work';
import { loadLab, loadSession } from './lab-loader';
import type { LabData, MachineRecord, MemberRecord } from './lab-records';

export { CLOCK } from './lab-clock';
export type {
  BoardAccountRecord,
  MachineRecord,
  MachineTypeRecord,
  MemberRecord,
  PlanRecord,
} from './lab-records';

/** How many ids of machines that nobody registered are remembered. */
const MAX_STRANGERS = 100;

/**
 * The lab in memory: everything that decides about a card, so that a board is answered without
 * asking the database. It is changed by those who change the database, after their commit and
 * before their answer, and it is read again when somebody else changed the database
 * (docs/decisions/0003-memory-model.md). Its danger is a stale "yes"; its tests are about that.
 */
@Injectable()
export class LabService {
  private data: LabData = {
    roles: new Map(),
    members: new Map(),
    cards: new Map(),
    types: new Map(),
    machines: new Map(),
  };
  /** Key: id of a machine that nobody registered; value: when its board was last heard. */
  readonly strangers = new Map<number, number>();
  private isReloading = false;
  private isFresh = false;
  private isOutdated = false;
  private isAskedMeanwhile = false;
  private readonly log = new Logger('Lab');
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly readDb: ReadDb,
    private readonly unitOfWork: UnitOfWork,
    private readonly foreignCommits: ForeignCommits,
    private readonly queues: MachineQueues,
  ) {}

  machine(id: number): MachineRecord | undefined {
    return this.data.machines.get(id);
  }

  /** A machine that a request names. */
  existingMachine(id: number): MachineRecord {
    const machine = this.data.machines.get(id);
    if (machine === undefined) throw new AppError('machine.not_found', { id });
    return machine;
  }

  /** All machines, by id. */
  machines(): Iterable<MachineRecord> {
    return this.data.machines.values();
  }

  member(id: number): MemberRecord | undefined {
    return this.data.members.get(id);
  }

  /** The member who has this card and has not lost it. */
  memberOfCard(cardUid: string): MemberRecord | undefined {
    const id = this.data.cards.get(cardUid);
    return id === undefined ? undefined : this.data.members.get(id);
  }

  /** A card that this member has; the newest, if there are more. */
  cardOf(memberId: number): string | null {
    let card: string | null = null;
    for (const [uid, holder] of this.data.cards) if (holder === memberId) card = uid;
    return card;
  }

  /** May this member use this machine now? */
  access(member: MemberRecord, machine: MachineRecord): AccessDecision {
    const access = machine.type?.access ?? null;
    const isAuthorised = machine.authorized.has(member.id);
    return decideAccess(member, { blocked: machine.blocked, access }, isAuthorised);
  }

  /** Whose card a board reports, for the record of a use. */
  holder(cardUid: string, machine: MachineRecord): CardHolder {
    const member = this.memberOfCard(cardUid);
    if (!member) return { cardUid, memberId: null, authorized: false };
    return { cardUid, memberId: member.id, authorized: this.access(member, machine).allowed };
  }

  /** The cards that a board may keep: those that used the machine last and may use it now. */
  recentCards(machine: MachineRecord, max: number): { uid: string; level: 1 | 2 }[] {
    const cards: { uid: string; level: 1 | 2 }[] = [];
    for (const use of [...machine.session.recent].reverse()) {
      if (cards.length >= max) break;
      const uid = use.cardUid;
      if (uid === null || cards.some((card) => card.uid === uid)) continue;
      const member = this.memberOfCard(uid);
      const decision = member && this.access(member, machine);
      if (decision?.allowed) cards.push({ uid, level: decision.level });
    }
    return cards;
  }

  /** A board spoke for a machine that nobody registered. */
  noteStranger(machineId: number, nowS: number): void {
    if (this.strangers.size < MAX_STRANGERS || this.strangers.has(machineId)) {
      this.strangers.set(machineId, nowS);
    }
  }

  /** Called after everything was read anew: pages may show something else now. */
  onReload(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Reads everything; once at the start, before boards are listened to. */
  async load(): Promise<void> {
    this.foreignCommits.changed();
    const data = await loadLab(this.readDb);
    for (const machine of data.machines.values()) {
      machine.session = await loadSession(this.readDb, machine);
    }
    this.install(data);
  }

  /**
   * Did another program change the database? Then everything is read again before anything is
   * decided: machines' queues wait for it. Nearly always nothing changed, which on SQLite still
   * costs 20 µs of file locks: messages that arrive in the same turn of the event loop share it.
   */
  refresh(): void {
    if (this.isReloading) this.isAskedMeanwhile = true;
    if (this.isFresh || this.isReloading) return;
    this.isFresh = true;
    setImmediate(() => (this.isFresh = false));
    if (!(this.foreignCommits.changed() || this.isOutdated)) return;
    this.isReloading = true;
    this.isOutdated = false;
    this.queues
      .alone(() => this.reload())
      .catch((error: unknown) => {
        // The database does not answer: what is known stays, and the next message tries again.
        this.isOutdated = true;
        this.log.error(`The database could not be read again: ${String(error)}`);
      })
      .finally(() => (this.isReloading = false));
  }

  /** Messages that come meanwhile wait, and must see what was committed before they came. */
  private async reload(): Promise<void> {
    do {
      this.isAskedMeanwhile = false;
      await this.changeUses(async () => undefined);
    } while (this.isAskedMeanwhile && this.foreignCommits.changed());
  }

  /**
   * An admin's change to anything but uses: what the unit writes is in memory before this
   * resolves, and no board is answered in between.
   */
  change<T>(unit: (db: Db) => Promise<T>): Promise<T> {
    return this.changeAnd(unit, async () => undefined);
  }

  /** Like {@link change}, and reads the machines' latest uses again as well. */
  changeUses<T>(unit: (db: Db) => Promise<T>): Promise<T> {
    return this.changeAnd(unit, async (db, data) => {
      for (const machine of data.machines.values()) {
        const stored = await loadSession(db, machine);
        if (!tellsTheSame(stored, machine.session)) machine.session = stored;
      }
    });
  }

  private changeAnd<T>(
    unit: (db: Db) => Promise<T>,
    more: (db: Db, data: LabData) => Promise<void>,
  ): Promise<T> {
    return this.queues.alone(() =>
      this.unitOfWork.run(async (db) => {
        const result = await unit(db);
        const data = await loadLab(db);
        this.keepWhatOnlyMemoryKnows(data);
        await more(db, data);
        db.afterCommit(() => this.install(data));
        return result;
      }),
    );
  }

  /** Sessions, the last sign of life, which is written every half minute only, and first logins. */
  private keepWhatOnlyMemoryKnows(data: LabData): void {
    for (const machine of data.machines.values()) {
      const known = this.data.machines.get(machine.id);
      if (!known) continue;
      machine.session = known.session;
      machine.lastSeenAtS = later(machine.lastSeenAtS, known.lastSeenAtS);
      // The first login is in memory at once, and written down a moment later.
      const isSameAccount = machine.account?.passwordHash === known.account?.passwordHash;
      if (machine.account && isSameAccount && known.account?.isUsed) machine.account.isUsed = true;
    }
  }

  private install(data: LabData): void {
    this.data = data;
    for (const id of data.machines.keys()) this.strangers.delete(id);
    for (const listener of this.listeners) listener();
  }
}

function later(a: number | null, b: number | null): number | null {
  return a === null || (b !== null && b > a) ? b : a;
}

/** Do the stored uses say what memory says? Only then are the finer things in memory still true. */
function tellsTheSame(stored: MachineSession, known: MachineSession): boolean {
  const key = (session: MachineSession) =>
    JSON.stringify(
      [...session.recent, session.open].map(
        (use) => use && [use.id, use.memberId, use.cardUid, use.startedAtS, use.endedAtS],
      ),
    );
  return key(stored) === key(known);
}
