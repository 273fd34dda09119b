import {
  cardUidFromReader,
  emailKey,
  mayChangeMember,
  MemberCreate,
  type MemberImportAction,
  type MemberImportField,
  type MemberImportPlan,
  type MemberImportProblem,
  type MemberImportTarget,
  missingEmail,
  type PortalAccess,
} from '@fabomatic/members';
import type { KnownMember, LabFacts } from './lab-facts';
import { readCells, type RowValues } from './read-cells';
import type { Table, TableRow } from './table';

/** What is to become of a row. */
export interface PlannedRow {
  readonly line: number;
  action: MemberImportAction;
  readonly values: RowValues;
  /** Whom the lab has already. */
  readonly known: KnownMember | null;
  /** Checked by the schema of a new member; null for a known one. */
  readonly create: MemberCreate | null;
  /** A card that the known member does not have yet. */
  readonly newCard: string | null;
  readonly machineIds: Set<number>;
}

export interface ImportPlan {
  readonly rows: readonly PlannedRow[];
  readonly problems: readonly MemberImportProblem[];
}

export interface PlanInput {
  readonly table: Table;
  readonly targets: readonly (MemberImportTarget | null)[];
  readonly plan: Pick<MemberImportPlan, 'existing' | 'roleId'>;
  readonly facts: LabFacts;
  /** Of whoever imports. */
  readonly access: PortalAccess;
}

/** Column names of the schema's fields, for what it says of them. */
const FIELD_CODES: Readonly<Record<string, { field: MemberImportField; code: string }>> = {
  firstName: { field: 'firstName', code: 'member_import.too_long' },
  lastName: { field: 'lastName', code: 'member_import.too_long' },
  email: { field: 'email', code: 'member_import.email_invalid' },
  cards: { field: 'card', code: 'member.card_uid_invalid' },
};

/** What a table would do: a rule without a database, the same for the preview and for the import. */
export function planImport(input: PlanInput): ImportPlan {
  return new Planner(input).plan();
}

class Planner {
  private readonly rows: PlannedRow[] = [];
  private readonly problems: MemberImportProblem[] = [];
  private readonly byEmail = new Map<string, KnownMember[]>();
  private readonly byName = new Map<string, KnownMember[]>();
  private readonly byId = new Map<number, KnownMember>();
  /** 'email:...', 'card:...', 'name:...' -> the row that said so first. */
  private readonly seen = new Map<string, PlannedRow>();

  constructor(private readonly input: PlanInput) {
    for (const member of input.facts.members) {
      this.byId.set(member.id, member);
      push(this.byName, nameKey(member.firstName, member.lastName), member);
      if (member.email !== null) push(this.byEmail, emailKey(member.email), member);
    }
  }

  plan(): ImportPlan {
    for (const row of this.input.table.rows) this.planRow(row);
    return { rows: this.rows, problems: this.problems };
  }

  private planRow(row: TableRow): void {
    const before = this.problems.length;
    const { targets, facts, table } = this.input;
    const tell = (
      column: number | null,
      code: string,
      params: Record<string, string | number> = {},
    ) =>
      void this.problems.push({
        line: row.line,
        column,
        value: column === null ? '' : (row.cells[column] ?? '').slice(0, 100),
        code,
        params,
      });
    const extra = row.cells.findIndex((cell, at) => at >= table.headings.length && cell !== '');
    if (extra >= 0) tell(null, 'member_import.extra_cells', { cells: row.cells.length });
    const values = readCells(row, targets, facts, tell);
    const uid = values.card === null ? null : cardUidFromReader(values.card);
    const told = { tell, columnOf: (field: MemberImportField) => this.columnOf(field) };
    const repeated = this.repeated(values, uid);
    if (repeated !== null && targets.includes('machines')) {
      // One row for each machine of a member.
      for (const id of values.machineIds) repeated.machineIds.add(id);
      return;
    }
    if (repeated !== null) tell(null, 'member_import.repeated', { line: repeated.line });
    const known = this.knownMember(values, uid, told);
    const create = known === null ? this.newMember(values, told) : null;
    if (known !== null) this.checkKnown(known, values, uid, told);
    const newCard = uid !== null && known && facts.cards.get(uid) !== known.id ? uid : null;
    const planned: PlannedRow = {
      line: row.line,
      action: known === null ? 'create' : this.input.plan.existing,
      values,
      known,
      create,
      newCard,
      machineIds: new Set(values.machineIds),
    };
    if (this.problems.length > before) planned.action = 'wrong';
    this.rows.push(planned);
    for (const key of keysOf(values, uid)) if (!this.seen.has(key)) this.seen.set(key, planned);
  }

  private repeated(values: RowValues, uid: string | null): PlannedRow | null {
    for (const key of keysOf(values, uid)) {
      const row = this.seen.get(key);
      if (row !== undefined) return row;
    }
    return null;
  }

  private knownMember(values: RowValues, uid: string | null, { tell }: Told): KnownMember | null {
    const byEmail = values.email === null ? [] : (this.byEmail.get(emailKey(values.email)) ?? []);
    const holder = uid === null ? undefined : this.input.facts.cards.get(uid);
    const byCard = holder === undefined ? undefined : this.byId.get(holder);
    const [first, ...more] = byEmail;
    if (first && byCard && !byEmail.includes(byCard)) {
      tell(null, 'member_import.differ', { one: fullName(first), other: fullName(byCard) });
      return first;
    }
    if (byCard !== undefined || first !== undefined) {
      // An address that an import found with several members says nobody; the card does.
      if (byCard === undefined && more.length > 0) tell(null, 'member_import.name_ambiguous');
      return byCard ?? first ?? null;
    }
    if (values.email !== null || uid !== null || values.firstName === null) return null;
    const named = this.byName.get(nameKey(values.firstName, values.lastName ?? '')) ?? [];
    if (named.length > 1) tell(null, 'member_import.name_ambiguous');
    return named[0] ?? null;
  }

  private newMember(values: RowValues, { tell, columnOf }: Told): MemberCreate | null {
    if (values.firstName === null && values.lastName === null) {
      tell(null, 'member_import.no_name');
      return null;
    }
    const roleId = values.roleId ?? this.input.plan.roleId;
    // An unknown name of a role was told already.
    if (roleId === null && (columnOf('role') === null || !this.isWrongAt(columnOf('role')))) {
      tell(columnOf('role'), 'member_import.role_missing');
    }
    const parsed = MemberCreate.safeParse({
      firstName: values.firstName ?? values.lastName,
      lastName: values.firstName === null ? '' : (values.lastName ?? ''),
      email: values.email,
      // The rest of the row is looked at all the same.
      roleId: roleId ?? 1,
      language: values.language,
      weeklySummary: values.weeklySummary ?? false,
      consentAt: values.consentAt,
      membershipEndsOn: values.membershipEndsOn,
      cards: values.card === null ? [] : [{ uid: values.card }],
    });
    if (!parsed.success) {
      for (const { path } of parsed.error.issues) {
        const known = FIELD_CODES[String(path[0])];
        if (known) tell(this.columnOfName(known.field), known.code);
      }
      return null;
    }
    if (roleId === null) return null;
    this.checkRole(roleId, [], { ...parsed.data }, { tell, columnOf });
    return parsed.data;
  }

  private checkKnown(known: KnownMember, values: RowValues, uid: string | null, told: Told): void {
    if (this.input.plan.existing === 'skip') return;
    const { email, card } = values;
    if (card !== null && uid === null) told.tell(told.columnOf('card'), 'member.card_uid_invalid');
    const hasBadEmail = !MemberCreate.shape.email.safeParse(email).success;
    if (hasBadEmail) told.tell(told.columnOf('email'), 'member_import.email_invalid');
    for (const field of ['firstName', 'lastName'] as const) {
      const value = values[field];
      if (value !== null && !MemberCreate.shape[field].safeParse(value).success) {
        told.tell(this.columnOfName(field), 'member_import.too_long');
      }
    }
    const after = {
      email: email ?? known.email,
      weeklySummary: values.weeklySummary ?? known.weeklySummary,
    };
    this.checkRole(values.roleId ?? known.roleId, [known.portalAccess], after, told);
  }

  /** The rules of `member-rules.ts` and of the roles. */
  private checkRole(
    roleId: number,
    accesses: PortalAccess[],
    after: { email: string | null; weeklySummary: boolean },
    { tell, columnOf }: Told,
  ): void {
    const role = this.input.facts.roles.find(({ id }) => id === roleId);
    if (role === undefined || role.isSystem) {
      tell(columnOf('role'), role === undefined ? 'role.not_found' : 'role.reserved');
      return;
    }
    const { portalAccess } = role;
    if (!mayChangeMember(this.input.access, [...accesses, portalAccess])) {
      tell(columnOf('role'), 'member.needs_administrator');
    }
    // A table asks for no alerts, and takes no address away from whoever does.
    const missing = missingEmail({ ...after, wantsAlerts: false, portalAccess });
    if (missing !== null) tell(columnOf('email'), missing);
  }

  private columnOf(field: MemberImportField): number | null {
    const at = this.input.targets.indexOf(field);
    return at < 0 ? null : at;
  }

  private columnOfName(field: MemberImportField): number | null {
    return this.columnOf(field) ?? this.columnOf('fullName');
  }

  private isWrongAt(column: number | null): boolean {
    return this.problems.at(-1)?.column === column;
  }
}

interface Told {
  tell(column: number | null, code: string, params?: Record<string, string | number>): void;
  columnOf(field: MemberImportField): number | null;
}

export function fullName({ firstName, lastName }: Pick<KnownMember, 'firstName' | 'lastName'>) {
  return `${firstName} ${lastName}`.trim();
}

function nameKey(firstName: string, lastName: string): string {
  return `${firstName} ${lastName}`.trim().toLowerCase();
}

/** By what a row is known again: the name counts only where there is nothing better. */
function keysOf({ email, firstName, lastName }: RowValues, uid: string | null): string[] {
  const keys = [
    ...(email === null ? [] : [`email:${emailKey(email)}`]),
    ...(uid === null ? [] : [`card:${uid}`]),
  ];
  return keys.length > 0 ? keys : [`name:${nameKey(firstName ?? '', lastName ?? '')}`];
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
