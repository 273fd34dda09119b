import { AppError, type Clock, type Page } from '@fabomatic/kernel';
import type {
  AuthorizationBulk,
  AuthorizationBulkResult,
  AuthorizationCreate,
  AuthorizationListQuery,
  AuthorizationMatrix,
  AuthorizationMatrixQuery,
  AuthorizationPair,
  AuthorizationView,
} from '@fabomatic/members';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { type Db, ReadDb } from '../database/db';
import { refusing } from '../database/refusals';
import { CLOCK, LabService } from '../lab/lab.service';
import {
  findAuthorization,
  grantPairs,
  listAuthorizations,
  revokePairs,
} from './authorizations.queries';
import { authorizationMatrix } from './matrix.queries';

const SUBJECT = 'authorization' as const;

/** Who may use which machine; boards obey each change at once. */
@Injectable()
export class AuthorizationsService {
  constructor(
    private readonly db: ReadDb,
    private readonly lab: LabService,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(query: AuthorizationListQuery): Promise<Page<AuthorizationView>> {
    return listAuthorizations(this.db, query);
  }

  matrix(query: AuthorizationMatrixQuery): Promise<AuthorizationMatrix> {
    return authorizationMatrix(this.db, query);
  }

  get(id: number): Promise<AuthorizationView> {
    return existing(this.db, id);
  }

  create(by: Actor, body: AuthorizationCreate): Promise<AuthorizationView> {
    const change = this.lab.change(async (db) => {
      this.refuseUnknown([body], (_, field) => field);
      const id = await db.insert('authorizations', {
        member_id: body.memberId,
        machine_id: body.machineId,
        created_at: this.clock.nowS(),
      });
      const after = await existing(db, id);
      await this.audit.record(db, by, { ...subject(after), action: 'create', after });
      return after;
    });
    const taken = 'authorization.taken';
    return refusing(change, { unique: new AppError(taken, {}, { machineId: taken }) });
  }

  /** Gives and takes away many at once; what is so already is skipped. Taking away comes last. */
  bulk(by: Actor, { grant, revoke }: AuthorizationBulk): Promise<AuthorizationBulkResult> {
    return this.lab.change(async (db) => {
      this.refuseUnknown(grant, (index, field) => `grant.${index}.${field}`);
      const granted = await grantPairs(db, grant, this.clock.nowS());
      const revoked = await revokePairs(db, revoke);
      const skipped = grant.length + revoke.length - granted - revoked;
      if (granted + revoked > 0) {
        const named = { grant: this.named(grant), revoke: this.named(revoke) };
        await this.audit.record(db, by, {
          action: 'bulk',
          subject: SUBJECT,
          id: null,
          name: `+${granted} -${revoked}`,
          after: { granted, revoked, skipped, ...named },
        });
      }
      return { granted, revoked, skipped };
    });
  }

  /**
   * Inside a unit, for members who are perhaps new in it; `named` is what the trail tells, such as
   * 'Ada Lovelace: Laser 1'. How many were not there yet.
   */
  async grantInside(
    db: Db,
    by: Actor,
    { pairs, named }: { pairs: readonly AuthorizationPair[]; named: readonly string[] },
  ): Promise<number> {
    const granted = await grantPairs(db, pairs, this.clock.nowS());
    if (granted === 0) return 0;
    const skipped = pairs.length - granted;
    await this.audit.record(db, by, {
      action: 'bulk',
      subject: SUBJECT,
      id: null,
      name: `+${granted} -0`,
      after: { granted, revoked: 0, skipped, grant: named, revoke: [] },
    });
    return granted;
  }

  remove(by: Actor, id: number): Promise<void> {
    return this.lab.change(async (db) => {
      const before = await existing(db, id);
      await db.execute('DELETE FROM authorizations WHERE id = ?', [id]);
      await this.audit.record(db, by, { ...subject(before), action: 'delete', before });
    });
  }

  /** Inside `lab.change` memory is what the database says. */
  private refuseUnknown(
    pairs: readonly AuthorizationPair[],
    path: (index: number, field: keyof AuthorizationPair) => string,
  ): void {
    const fields: Record<string, string> = {};
    for (const [index, { memberId, machineId }] of pairs.entries()) {
      const member = this.lab.member(memberId);
      if (!member || member.deleted) fields[path(index, 'memberId')] = 'member.not_found';
      if (!this.lab.machine(machineId)) fields[path(index, 'machineId')] = 'machine.not_found';
    }
    if (Object.keys(fields).length > 0) throw new AppError('request.invalid', {}, fields);
  }

  private named(pairs: readonly AuthorizationPair[]): string[] {
    return pairs.map(({ memberId, machineId }) => {
      const member = this.lab.member(memberId);
      const name = member ? `${member.firstName} ${member.lastName}`.trim() : `#${memberId}`;
      return `${name}: ${this.lab.machine(machineId)?.name ?? `#${machineId}`}`;
    });
  }
}

function subject(authorization: AuthorizationView) {
  const { id, memberName, machineName } = authorization;
  return { subject: SUBJECT, id, name: `${memberName}: ${machineName}` };
}

async function existing(db: ReadDb, id: number): Promise<AuthorizationView> {
  const authorization = await findAuthorization(db, id);
  if (authorization === null) throw new AppError('authorization.not_found', { id });
  return authorization;
}
