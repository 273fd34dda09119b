import { AppError, type Page } from '@fabomatic/kernel';
import type {
  MachineTypeCreate,
  MachineTypeListQuery,
  MachineTypeUpdate,
  MachineTypeView,
} from '@fabomatic/machines';
import { Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { ReadDb } from '../database/db';
import { fieldError, refusing, updateVersioned } from '../database/refusals';
import { LabService } from '../lab/lab.service';
import { findMachineType, listMachineTypes } from './machine-types.queries';

const SUBJECT = 'machine-type';
const NAME_TAKEN = fieldError('machine_type.name_taken', 'name');

@Injectable()
export class MachineTypesService {
  constructor(
    private readonly db: ReadDb,
    private readonly lab: LabService,
    private readonly audit: AuditService,
  ) {}

  list(query: MachineTypeListQuery): Promise<Page<MachineTypeView>> {
    return listMachineTypes(this.db, query);
  }

  get(id: number): Promise<MachineTypeView> {
    return existing(this.db, id);
  }

  create(by: Actor, body: MachineTypeCreate): Promise<MachineTypeView> {
    const change = this.lab.change(async (db) => {
      const id = await db.insert('machine_types', {
        name: body.name,
        timeout_min: body.timeoutMin,
        grace_min: body.graceMin,
        access: body.access,
      });
      const after = await existing(db, id);
      await this.audit.record(db, by, {
        action: 'create',
        subject: SUBJECT,
        id,
        name: after.name,
        after,
      });
      return after;
    });
    return refusing(change, { unique: NAME_TAKEN });
  }

  update(by: Actor, id: number, body: MachineTypeUpdate): Promise<MachineTypeView> {
    const change = this.lab.change(async (db) => {
      const before = await existing(db, id);
      await updateVersioned(
        db,
        'machine_types',
        { id, version: body.version },
        {
          name: body.name,
          timeout_min: body.timeoutMin,
          grace_min: body.graceMin,
          access: body.access,
        },
      );
      const after = await existing(db, id);
      await this.audit.record(db, by, {
        action: 'update',
        subject: SUBJECT,
        id,
        name: after.name,
        before,
        after,
      });
      return after;
    });
    return refusing(change, { unique: NAME_TAKEN });
  }

  /** Refused while machines are of this type: their boards would turn every card away. */
  remove(by: Actor, id: number): Promise<void> {
    return this.lab.change(async (db) => {
      const before = await existing(db, id);
      if (before.machines > 0) {
        throw new AppError('machine_type.in_use', { machines: before.machines });
      }
      await db.execute('DELETE FROM machine_types WHERE id = ?', [id]);
      await this.audit.record(db, by, {
        action: 'delete',
        subject: SUBJECT,
        id,
        name: before.name,
        before,
      });
    });
  }
}

async function existing(db: ReadDb, id: number): Promise<MachineTypeView> {
  const type = await findMachineType(db, id);
  if (type === null) throw new AppError('machine_type.not_found', { id });
  return type;
}
