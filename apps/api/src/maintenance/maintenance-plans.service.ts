import { canDisplay } from '@fabomatic/boards';
import { AppError, type Clock, type Page } from '@fabomatic/kernel';
import type {
  MaintenancePlanCreate,
  MaintenancePlanImpactView,
  MaintenancePlanListQuery,
  MaintenancePlanUpdate,
  MaintenancePlanView,
} from '@fabomatic/maintenance';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { type Db, ReadDb } from '../database/db';
import { invalidField, refusing, updateVersioned } from '../database/refusals';
import { CLOCK, LabService } from '../lab/lab.service';
import { findPlans } from './maintenance-plan-list';
import { type PlanOfMachine, planViews } from './maintenance-plan-view';
import { PlanCounter } from './plan-counter.service';

const SUBJECT = 'maintenance-plan';

@Injectable()
export class MaintenancePlansService {
  constructor(
    private readonly db: ReadDb,
    private readonly lab: LabService,
    private readonly counter: PlanCounter,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(query: MaintenancePlanListQuery): Promise<Page<MaintenancePlanView>> {
    const { page, pageSize } = query;
    const found = findPlans(this.lab, query);
    const onPage = found.slice((page - 1) * pageSize, page * pageSize);
    const items = await planViews(this.db, onPage, this.clock.nowS());
    return { items, total: found.length, page, pageSize };
  }

  async get(id: number): Promise<MaintenancePlanView> {
    const [view] = await planViews(this.db, [this.existing(id)], this.clock.nowS());
    if (view === undefined) throw new AppError('plan.not_found', { id });
    return view;
  }

  /** Counts the uses that the machine has had: a plan that was never done waits for its first time. */
  async create(by: Actor, body: MaintenancePlanCreate): Promise<MaintenancePlanView> {
    requireShowable(body.lcdMessage);
    const change = this.lab.change(async (db) => {
      const id = await db.insert('maintenance_plans', {
        machine_id: body.machineId,
        description: body.description,
        lcd_message: body.lcdMessage,
        interval_s: body.intervalS,
        instructions_url: emptyAsNull(body.instructionsUrl) ?? null,
        created_at: this.clock.nowS(),
      });
      await this.counter.recount(db, id);
      const after = await storedPlan(db, id);
      const name = after.description;
      await this.audit.record(db, by, { action: 'create', subject: SUBJECT, id, name, after });
      return id;
    });
    const noMachine = invalidField('machineId', 'machine.not_found');
    return this.get(await refusing(change, { 'foreign-key': noMachine }));
  }

  async update(by: Actor, id: number, body: MaintenancePlanUpdate): Promise<MaintenancePlanView> {
    if (body.lcdMessage !== undefined) requireShowable(body.lcdMessage);
    await this.lab.change(async (db) => {
      const before = await storedPlan(db, id);
      await updateVersioned(
        db,
        'maintenance_plans',
        { id, version: body.version },
        {
          description: body.description,
          lcd_message: body.lcdMessage,
          interval_s: body.intervalS,
          instructions_url: emptyAsNull(body.instructionsUrl),
        },
      );
      const after = await storedPlan(db, id);
      const name = after.description;
      await this.audit.record(db, by, {
        action: 'update',
        subject: SUBJECT,
        id,
        name,
        before,
        after,
      });
    });
    return this.get(id);
  }

  async impact(id: number): Promise<MaintenancePlanImpactView> {
    this.existing(id);
    return { interventions: await countInterventions(this.db, id) };
  }

  /** With its interventions. */
  remove(by: Actor, id: number): Promise<void> {
    return this.lab.change(async (db) => {
      const plan = await storedPlan(db, id);
      const before = { ...plan, removed: { interventions: await countInterventions(db, id) } };
      await db.execute('DELETE FROM interventions WHERE plan_id = ?', [id]);
      await db.execute('DELETE FROM maintenance_plans WHERE id = ?', [id]);
      const name = plan.description;
      await this.audit.record(db, by, { action: 'delete', subject: SUBJECT, id, name, before });
    });
  }

  private existing(id: number): PlanOfMachine {
    for (const machine of this.lab.machines()) {
      const plan = machine.plans.find((each) => each.id === id);
      if (plan) return { plan, machine };
    }
    throw new AppError('plan.not_found', { id });
  }
}

/** A board shows it in ASCII: letters without their accents, and question marks for all others. */
function requireShowable(lcdMessage: string): void {
  if (!canDisplay(lcdMessage)) throw invalidField('lcdMessage', 'plan.message_not_showable');
}

function emptyAsNull(text: string | null | undefined): string | null | undefined {
  return text === '' ? null : text;
}

async function countInterventions(db: ReadDb, planId: number): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    'SELECT COUNT(*) AS count FROM interventions WHERE plan_id = ?',
    [planId],
  );
  return row?.count ?? 0;
}

/** What the audit trail keeps of a plan. */
interface StoredPlan {
  machineId: number;
  description: string;
  lcdMessage: string;
  intervalS: number;
  instructionsUrl: string | null;
}

async function storedPlan(db: Db, id: number): Promise<StoredPlan> {
  const [plan] = await db.query<StoredPlan>(
    `SELECT machine_id AS "machineId", description, lcd_message AS "lcdMessage",
       interval_s AS "intervalS", instructions_url AS "instructionsUrl"
     FROM maintenance_plans WHERE id = ?`,
    [id],
  );
  if (plan === undefined) throw new AppError('plan.not_found', { id });
  return plan;
}
