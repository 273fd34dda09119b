import { AppError, type Clock, type Page, toIso } from '@fabomatic/kernel';
import type {
  MachineCreate,
  MachineImpactView,
  MachineListQuery,
  MachineUpdate,
  MachineView,
} from '@fabomatic/machines';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { type Db, ReadDb, type SqlValue } from '../database/db';
import { fieldError, invalidField, refusing, updateVersioned } from '../database/refusals';
import { CLOCK, LabService, type MachineRecord } from '../lab/lab.service';
import { LiveService } from '../live/live.service';
import { listMachines } from './machine-list';
import { countBelongings, removeWithBelongings } from './machine-removal.queries';
import { machineView } from './machine-view';

const SUBJECT = 'machine';
/** What the schema can refuse: a name that is taken, a type that does not exist. */
const REFUSALS = {
  unique: fieldError('machine.name_taken', 'name'),
  'foreign-key': invalidField('typeId', 'machine_type.not_found'),
};

interface MachineFields {
  name: string;
  typeId: number | null;
  hoursS: number;
  blocked: boolean;
  blockedReason: string | null;
  blockedAt: string | null;
}

/** Machines as admins keep them. What boards see of a change, they see with the next answer. */
@Injectable()
export class MachinesService {
  constructor(
    private readonly db: ReadDb,
    private readonly lab: LabService,
    private readonly live: LiveService,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(query: MachineListQuery): Page<MachineView> {
    return listMachines(this.lab, query, this.clock.nowS());
  }

  get(id: number): MachineView {
    return machineView(this.lab.existingMachine(id), this.lab);
  }

  async create(by: Actor, body: MachineCreate): Promise<MachineView> {
    const nowS = this.clock.nowS();
    const change = this.lab.change(async (db) => {
      const row = {
        name: body.name,
        type_id: body.typeId,
        hours_s: body.hoursS,
        ...blockColumns(by, body.blocked, body.blockedReason, nowS),
        created_at: nowS,
      };
      const id = await db.insert('machines', row);
      const after = fieldsOf(row);
      await this.audit.record(db, by, {
        action: 'create',
        subject: SUBJECT,
        id,
        name: body.name,
        after,
      });
      return id;
    });
    return this.get(await refusing(change, REFUSALS));
  }

  async update(by: Actor, id: number, body: MachineUpdate): Promise<MachineView> {
    const change = this.lab.change(async (db) => {
      // Inside the change: no board of any machine is answered while it is decided.
      const machine = this.lab.existingMachine(id);
      const before = fieldsOf(await storedMachine(db, id));
      await updateVersioned(
        db,
        'machines',
        { id, version: body.version },
        {
          name: body.name,
          type_id: body.typeId,
          hours_s: body.hoursS,
          ...this.changedBlock(by, machine, body),
        },
      );
      const after = fieldsOf(await storedMachine(db, id));
      await this.audit.record(db, by, {
        action: 'update',
        subject: SUBJECT,
        id,
        name: after.name,
        before,
        after,
      });
    });
    await refusing(change, REFUSALS);
    return this.get(id);
  }

  async impact(id: number): Promise<MachineImpactView> {
    const machine = this.lab.existingMachine(id);
    return { ...(await countBelongings(this.db, id)), inUse: machine.session.open !== null };
  }

  /** With everything that belongs to it. Its board is told from then on that it is shut. */
  async remove(by: Actor, id: number, isForced: boolean): Promise<void> {
    await this.lab.change(async (db) => {
      const machine = this.lab.existingMachine(id);
      if (machine.session.open !== null && !isForced) throw new AppError('machine.in_use');
      const removed = await countBelongings(db, id);
      const before = { ...fieldsOf(await storedMachine(db, id)), removed };
      await removeWithBelongings(db, id);
      await this.audit.record(db, by, {
        action: 'delete',
        subject: SUBJECT,
        id,
        name: machine.name,
        before,
      });
    });
    await this.live.machineRemoved(id);
  }

  /** Another reason leaves who blocked the machine, and when. */
  private changedBlock(
    by: Actor,
    machine: MachineRecord,
    { blocked, blockedReason }: MachineUpdate,
  ): Readonly<Record<string, SqlValue | undefined>> {
    const isToBeBlocked = blocked ?? machine.blocked;
    if (isToBeBlocked && machine.blocked) return { blocked_reason: emptyAsNull(blockedReason) };
    if (blocked === undefined) return {};
    return blockColumns(by, isToBeBlocked, blockedReason ?? null, this.clock.nowS());
  }
}

function blockColumns(by: Actor, isBlocked: boolean, reason: string | null, nowS: number) {
  return {
    blocked: isBlocked,
    blocked_reason: isBlocked ? (emptyAsNull(reason) ?? null) : null,
    blocked_by: isBlocked && by.kind === 'member' ? by.id : null,
    blocked_at: isBlocked ? nowS : null,
  };
}

function emptyAsNull(text: string | null | undefined): string | null | undefined {
  return text === '' ? null : text;
}

interface MachineRow {
  name: string;
  type_id: number | null;
  hours_s: number;
  blocked: boolean;
  blocked_reason: string | null;
  blocked_at: number | null;
}

async function storedMachine(db: Db, id: number): Promise<MachineRow> {
  const [row] = await db.query<MachineRow>(
    'SELECT name, type_id, hours_s, blocked, blocked_reason, blocked_at FROM machines WHERE id = ?',
    [id],
  );
  // Another program deleted it, and memory does not know yet.
  if (row === undefined) throw new AppError('machine.not_found', { id });
  return row;
}

/** What the audit trail keeps of a machine. */
function fieldsOf(row: MachineRow): MachineFields {
  return {
    name: row.name,
    typeId: row.type_id,
    hoursS: row.hours_s,
    blocked: row.blocked,
    blockedReason: row.blocked_reason,
    blockedAt: row.blocked_at === null ? null : toIso(row.blocked_at),
  };
}
