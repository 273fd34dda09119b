import { AppError, type Clock, fromIso, type Page } from '@fabomatic/kernel';
import type {
  InterventionCreate,
  InterventionListQuery,
  InterventionUpdate,
  InterventionView,
} from '@fabomatic/maintenance';
import { SYSTEM_ROLE } from '@fabomatic/members';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { type Db, ReadDb } from '../database/db';
import { invalidField, updateVersioned } from '../database/refusals';
import { CLOCK, LabService } from '../lab/lab.service';
import { LiveService } from '../live/live.service';
import { findIntervention, listInterventions } from './interventions.queries';
import { PlanCounter } from './plan-counter.service';

const SUBJECT = 'intervention';
/** A browser's clock may be a little ahead of ours. */
const CLOCK_DIFFERENCE_S = 60;

/** Interventions as admins note and correct them; the plan's counter follows each change. */
@Injectable()
export class InterventionsService {
  constructor(
    private readonly db: ReadDb,
    private readonly lab: LabService,
    private readonly live: LiveService,
    private readonly counter: PlanCounter,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(query: InterventionListQuery): Promise<Page<InterventionView>> {
    return listInterventions(this.db, query);
  }

  get(id: number): Promise<InterventionView> {
    return existing(this.db, id);
  }

  async create(by: Actor, body: InterventionCreate): Promise<InterventionView> {
    const nowS = this.clock.nowS();
    const memberId = body.memberId ?? (by.kind === 'member' ? by.id : null);
    const after = await this.lab.change(async (db) => {
      const id = await db.insert('interventions', {
        plan_id: body.planId,
        machine_id: await machineOfPlan(db, body.planId),
        member_id: memberId === null ? null : this.worker(memberId),
        done_at: body.doneAt === undefined ? nowS : pastTime(body.doneAt, nowS),
        note: emptyAsNull(body.note) ?? null,
      });
      await this.counter.recount(db, body.planId);
      const made = await existing(db, id);
      await this.audit.record(db, by, {
        action: 'create',
        subject: SUBJECT,
        id,
        name: nameOf(made),
        after: made,
      });
      return made;
    });
    this.tell(after, nowS);
    return after;
  }

  update(by: Actor, id: number, body: InterventionUpdate): Promise<InterventionView> {
    const nowS = this.clock.nowS();
    return this.lab.change(async (db) => {
      const before = await existing(db, id);
      const planId = body.planId ?? before.planId;
      const isSamePlan = planId === before.planId;
      await updateVersioned(
        db,
        'interventions',
        { id, version: body.version },
        {
          plan_id: body.planId,
          machine_id: isSamePlan ? undefined : await machineOfPlan(db, planId),
          // Who did it may have left meanwhile, and stays unless somebody else is named.
          member_id:
            body.memberId === undefined || body.memberId === before.memberId
              ? undefined
              : this.worker(body.memberId),
          done_at: body.doneAt === undefined ? undefined : pastTime(body.doneAt, nowS),
          note: emptyAsNull(body.note),
        },
      );
      await this.counter.recount(db, planId);
      if (!isSamePlan) await this.counter.recount(db, before.planId);
      const after = await existing(db, id);
      const name = nameOf(after);
      await this.audit.record(db, by, {
        action: 'update',
        subject: SUBJECT,
        id,
        name,
        before,
        after,
      });
      return after;
    });
  }

  remove(by: Actor, id: number): Promise<void> {
    return this.lab.change(async (db) => {
      const before = await existing(db, id);
      await db.execute('DELETE FROM interventions WHERE id = ?', [id]);
      await this.counter.recount(db, before.planId);
      const name = nameOf(before);
      await this.audit.record(db, by, { action: 'delete', subject: SUBJECT, id, name, before });
    });
  }

  /** Somebody who can have done it: neither a deleted member nor the one who stands for nobody. */
  private worker(memberId: number): number {
    const member = this.lab.member(memberId);
    if (member === undefined || member.deleted || member.role.name === SYSTEM_ROLE) {
      throw invalidField('memberId', 'intervention.member_invalid');
    }
    return memberId;
  }

  private tell(intervention: InterventionView, nowS: number): void {
    const machine = this.lab.machine(intervention.machineId);
    const plan = machine?.plans.find(({ id }) => id === intervention.planId);
    const member =
      intervention.memberId === null ? undefined : this.lab.member(intervention.memberId);
    const isJustNow = nowS - fromIso(intervention.doneAt) < CLOCK_DIFFERENCE_S;
    if (machine && plan && member && isJustNow) {
      this.live.maintenanceDone(machine, member, plan, nowS);
    }
  }
}

function pastTime(iso: string, nowS: number): number {
  const atS = fromIso(iso);
  if (atS > nowS + CLOCK_DIFFERENCE_S) throw invalidField('doneAt', 'intervention.in_future');
  return Math.min(atS, nowS);
}

function emptyAsNull(text: string | null | undefined): string | null | undefined {
  return text === '' ? null : text;
}

function nameOf({ planDescription, machineName }: InterventionView): string {
  return `${planDescription}, ${machineName}`;
}

async function machineOfPlan(db: Db, planId: number): Promise<number> {
  const [row] = await db.query<{ machine_id: number }>(
    'SELECT machine_id FROM maintenance_plans WHERE id = ?',
    [planId],
  );
  if (row === undefined) throw invalidField('planId', 'plan.not_found');
  return row.machine_id;
}

async function existing(db: ReadDb, id: number): Promise<InterventionView> {
  const found = await findIntervention(db, id);
  if (found === null) throw new AppError('intervention.not_found', { id });
  return found;
}
