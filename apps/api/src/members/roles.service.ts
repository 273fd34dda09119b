import { AppError, type Page } from '@fabomatic/kernel';
import type {
  RoleCreate,
  RoleDelete,
  RoleListQuery,
  RoleUpdate,
  RoleView,
} from '@fabomatic/members';
import { Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { type Db, ReadDb } from '../database/db';
import { fieldError, refusing, updateVersioned } from '../database/refusals';
import { LabService } from '../lab/lab.service';
import { keepingAnAdministrator } from './member-guards';
import { findRole, listRoles } from './roles.queries';

const SUBJECT = 'role';
const NAME_TAKEN = fieldError('role.name_taken', 'name');

@Injectable()
export class RolesService {
  constructor(
    private readonly db: ReadDb,
    private readonly lab: LabService,
    private readonly audit: AuditService,
  ) {}

  list(query: RoleListQuery): Promise<Page<RoleView>> {
    return listRoles(this.db, query);
  }

  get(id: number): Promise<RoleView> {
    return existing(this.db, id);
  }

  create(by: Actor, body: RoleCreate): Promise<RoleView> {
    const change = this.lab.change(async (db) => {
      const id = await db.insert('roles', {
        name: body.name,
        authorize_all: body.authorizeAll,
        maintenance: body.maintenance,
        portal_access: body.portalAccess,
      });
      const after = await existing(db, id);
      const { name } = after;
      await this.audit.record(db, by, { action: 'create', subject: SUBJECT, id, name, after });
      return after;
    });
    return refusing(change, { unique: NAME_TAKEN });
  }

  update(by: Actor, id: number, body: RoleUpdate): Promise<RoleView> {
    const change = this.lab.change(async (db) => {
      const before = await changeable(db, id);
      await keepingAnAdministrator(db, () =>
        updateVersioned(
          db,
          'roles',
          { id, version: body.version },
          {
            name: body.name,
            authorize_all: body.authorizeAll,
            maintenance: body.maintenance,
            portal_access: body.portalAccess,
          },
        ),
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

  /** Refused while members have the role, deleted ones too, unless they are to get another one. */
  remove(by: Actor, id: number, { replacementId }: RoleDelete): Promise<void> {
    return this.lab.change(async (db) => {
      const before = await changeable(db, id);
      if (replacementId === undefined) await refuseUsed(db, before);
      else await keepingAnAdministrator(db, () => moveMembers(db, id, replacementId));
      await db.execute('DELETE FROM roles WHERE id = ?', [id]);
      const { name } = before;
      const after = replacementId === undefined ? null : { replacementId };
      await this.audit.record(db, by, {
        action: 'delete',
        subject: SUBJECT,
        id,
        name,
        before,
        after,
      });
    });
  }
}

async function existing(db: ReadDb, id: number): Promise<RoleView> {
  const role = await findRole(db, id);
  if (role === null) throw new AppError('role.not_found', { id });
  return role;
}

async function changeable(db: ReadDb, id: number): Promise<RoleView> {
  const role = await existing(db, id);
  if (role.reserved) throw new AppError('role.reserved');
  return role;
}

async function refuseUsed(db: ReadDb, { id, members }: RoleView): Promise<void> {
  const [row] = await db.query<{ total: number }>(
    'SELECT COUNT(*) AS total FROM members WHERE role_id = ?',
    [id],
  );
  const total = row?.total ?? 0;
  if (total > 0) throw new AppError('role.in_use', { members, deleted: total - members });
}

async function moveMembers(db: Db, from: number, to: number): Promise<void> {
  const role = to === from ? null : await findRole(db, to);
  if (role === null || !role.assignable) {
    throw new AppError('request.invalid', {}, { replacementId: 'role.not_found' });
  }
  await db.execute('UPDATE members SET role_id = ?, version = version + 1 WHERE role_id = ?', [
    to,
    from,
  ]);
}
