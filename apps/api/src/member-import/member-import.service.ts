import { AppError } from '@fabomatic/kernel';
import {
  type AuthorizationPair,
  MAX_MEMBER_IMPORT_BYTES,
  MAX_SHOWN_PROBLEMS,
  MAX_SHOWN_ROWS,
  MemberImportPlan,
  type MemberImportPreview,
  type MemberImportResult,
  type MemberImportTarget,
  proposeTargets,
} from '@fabomatic/members';
import { Injectable } from '@nestjs/common';
import type { Editor } from '../auth/session.guard';
import { AuthorizationsService } from '../authorizations/authorizations.service';
import { type Db, ReadDb } from '../database/db';
import { LabService } from '../lab/lab.service';
import { MemberCardsService } from '../members/member-cards.service';
import { MembersService } from '../members/members.service';
import { type LabFacts, loadFacts } from './lab-facts';
import { fullName, type ImportPlan, type PlannedRow, planImport } from './plan-import';
import { readCsv } from './read-csv';
import { isZip, readXlsx } from './read-xlsx';
import type { Table } from './table';

const SAMPLES = 3;

/** A table of members, looked at and taken in: all of it, or nothing. */
@Injectable()
export class MemberImportService {
  constructor(
    private readonly db: ReadDb,
    private readonly lab: LabService,
    private readonly members: MembersService,
    private readonly cards: MemberCardsService,
    private readonly authorizations: AuthorizationsService,
  ) {}

  async preview(editor: Editor, content: Buffer, planText: string): Promise<MemberImportPreview> {
    const plan = planOf(planText);
    const table = await tableIn(content);
    const facts = await loadFacts(this.db);
    const targets = targetsOf(table, plan, facts);
    const planned = planImport({ table, targets, plan, facts, access: editor.access });
    return previewOf(table, targets, planned, facts);
  }

  /** Looks at everything again within the unit: what is written is what was checked. */
  async run(editor: Editor, content: Buffer, planText: string): Promise<MemberImportResult> {
    const plan = planOf(planText);
    const table = await tableIn(content);
    return this.lab.change(async (db) => {
      const facts = await loadFacts(db);
      const targets = targetsOf(table, plan, facts);
      const { rows, problems } = planImport({ table, targets, plan, facts, access: editor.access });
      if (problems.length > 0) {
        throw new AppError('member_import.has_problems', { count: problems.length });
      }
      const pairs: AuthorizationPair[] = [];
      const named: string[] = [];
      const machines = new Map(facts.machines.map(({ id, name }) => [id, name]));
      for (const row of rows) {
        const member = await this.write(db, editor, row);
        if (member === null) continue;
        for (const machineId of row.machineIds) {
          pairs.push({ memberId: member.id, machineId });
          named.push(`${fullName(member)}: ${machines.get(machineId) ?? `#${machineId}`}`);
        }
      }
      const count = (action: string) => rows.filter((row) => row.action === action).length;
      return {
        created: count('create'),
        updated: count('update'),
        skipped: count('skip'),
        authorizations: await this.authorizations.grantInside(db, editor.by, { pairs, named }),
      };
    });
  }

  /** The member of the row; null when the row changes nothing. */
  private async write(db: Db, editor: Editor, row: PlannedRow) {
    const { action, known, create, values } = row;
    if (action === 'create' && create !== null) {
      return this.members.createInside(db, editor, create);
    }
    if (action !== 'update' || known === null) return null;
    const changes = changesOf(row);
    if (Object.keys(changes).length > 0) {
      const body = { version: known.version, ...changes };
      await this.members.updateInside(db, editor, known.id, body);
    }
    if (row.newCard !== null) {
      await this.cards.addInside(db, editor, known.id, { uid: row.newCard, label: null });
    }
    return {
      id: known.id,
      firstName: values.firstName ?? known.firstName,
      lastName: values.lastName ?? known.lastName,
    };
  }
}

/** What the row says otherwise than the lab; an empty cell says nothing. */
function changesOf({ known, values }: PlannedRow) {
  const said = {
    firstName: values.firstName,
    lastName: values.lastName,
    email: values.email,
    roleId: values.roleId,
    language: values.language,
    weeklySummary: values.weeklySummary,
    consentAt: values.consentAt,
    membershipEndsOn: values.membershipEndsOn,
  };
  return Object.fromEntries(
    Object.entries(said).filter(
      ([field, value]) => value !== null && value !== known?.[field as keyof typeof said],
    ),
  );
}

function planOf(text: string): MemberImportPlan {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new AppError('request.invalid', {}, { plan: 'field.invalid' });
  }
  const plan = MemberImportPlan.safeParse(said);
  if (!plan.success) throw new AppError('request.invalid', {}, { plan: 'field.invalid' });
  return plan.data;
}

async function tableIn(content: Buffer): Promise<Table> {
  if (content.length === 0) throw new AppError('member_import.empty');
  if (content.length > MAX_MEMBER_IMPORT_BYTES) throw new AppError('member_import.too_large');
  return isZip(content) ? readXlsx(content) : readCsv(content);
}

function targetsOf(
  { headings }: Table,
  { columns }: MemberImportPlan,
  { machines }: LabFacts,
): readonly (MemberImportTarget | null)[] {
  if (columns === null) return proposeTargets(headings, machines);
  if (columns.length !== headings.length) throw new AppError('member_import.other_columns');
  const used = columns.filter((target) => target !== null);
  if (new Set(used).size < used.length) throw new AppError('member_import.target_twice');
  return columns;
}

function previewOf(
  { headings, rows }: Table,
  targets: readonly (MemberImportTarget | null)[],
  planned: ImportPlan,
  { machines, authorizations }: LabFacts,
): MemberImportPreview {
  const counts = { create: 0, update: 0, skip: 0, wrong: 0, authorizations: 0 };
  for (const row of planned.rows) {
    counts[row.action]++;
    if (row.action !== 'create' && row.action !== 'update') continue;
    for (const id of row.machineIds) {
      if (!authorizations.has(`${row.known?.id ?? 0}/${id}`)) counts.authorizations++;
    }
  }
  const names = new Map(machines.map(({ id, name }) => [id, name]));
  return {
    columns: headings.map((heading, at) => ({
      heading,
      target: targets[at] ?? null,
      samples: rows.slice(0, SAMPLES).map(({ cells }) => (cells[at] ?? '').slice(0, 100)),
    })),
    counts,
    rows: planned.rows
      .slice(0, MAX_SHOWN_ROWS)
      .map(({ line, action, values, known, machineIds }) => ({
        line,
        action,
        name: fullName({
          firstName: values.firstName ?? known?.firstName ?? '',
          lastName: values.lastName ?? known?.lastName ?? '',
        }),
        email: values.email ?? known?.email ?? '',
        card: values.card ?? '',
        consentAt: values.consentAt,
        membershipEndsOn: values.membershipEndsOn,
        machines: [...machineIds].map((id) => names.get(id) ?? `#${id}`),
      })),
    problems: planned.problems.slice(0, MAX_SHOWN_PROBLEMS),
    problemCount: planned.problems.length,
  };
}
