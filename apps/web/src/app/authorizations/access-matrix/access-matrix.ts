import { httpResource } from '@angular/common/http';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  ElementRef,
  inject,
  linkedSignal,
  signal,
} from '@angular/core';
import {
  AuthorizationMatrix,
  type MatrixMachine,
  MatrixMember,
  MATRIX_SORTS,
} from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { apiError } from '../../auth/api-error';
import { CurrentMember } from '../../auth/current-member';
import { ExportButton } from '../../frame/export-button/export-button';
import { FilterChip } from '../../frame/filter-chip/filter-chip';
import { RecordFilterChip } from '../../frame/filter-chip/record-filter-chip';
import { UnsavedChanges } from '../../frame/form/unsaved-changes';
import { Icon } from '../../frame/icon';
import { ListBar } from '../../frame/list-page/list-bar';
import { ListFoot } from '../../frame/list-page/list-foot';
import { pagedList } from '../../frame/list-page/paged-list';
import { PageTabs } from '../../frame/page-tabs/page-tabs';
import { ScreenWidth } from '../../frame/screen-width';
import { Toasts } from '../../frame/toast/toasts';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { MACHINE_TYPE_SOURCE } from '../../machine-types/machine-types-api';
import { AccessChanges, type CellState } from '../access-changes';
import {
  ACCESS_TABS,
  authorizationsApi,
  MATRIX_URL,
  ROLE_FILTER_SOURCE,
} from '../authorizations-api';
import { AccessMark } from './access-mark';

/** Keys that move in the matrix: by how many rows and columns. */
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -Infinity],
  End: [0, Infinity],
  PageUp: [-10, 0],
  PageDown: [10, 0],
};

/** Who may use what: members by machines, changed cell by cell and saved together. */
@Component({
  selector: 'fab-access-matrix',
  imports: [
    AccessMark,
    ExportButton,
    FilterChip,
    Icon,
    ListBar,
    ListFoot,
    PageTabs,
    RecordFilterChip,
    TranslatePipe,
  ],
  templateUrl: './access-matrix.html',
  styleUrl: './access-matrix.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AccessMatrix {
  protected readonly words = inject(Words);
  protected readonly formats = inject(Formats);
  protected readonly isPhone = inject(ScreenWidth).isPhone;
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly toasts = inject(Toasts);
  private readonly member = inject(CurrentMember);
  private readonly api = authorizationsApi();

  protected readonly tabs = ACCESS_TABS;
  protected readonly roleSource = ROLE_FILTER_SOURCE;
  protected readonly typeSource = MACHINE_TYPE_SOURCE;
  protected readonly legend: readonly CellState[] = [
    'yes',
    'role',
    'open',
    'no',
    'granted',
    'revoked',
  ];
  protected readonly list = pagedList({
    url: MATRIX_URL,
    item: MatrixMember,
    filters: ['roleId', 'typeId', 'authorized'],
    sorts: MATRIX_SORTS,
    defaultSort: 'name',
  });
  /** The columns; a page of members would bring them too, but not while it is being loaded. */
  private readonly columns = httpResource(
    () => {
      const { typeId } = this.list.filters();
      return { url: MATRIX_URL, params: { pageSize: 1, ...(typeId ? { typeId } : {}) } };
    },
    { parse: (raw) => AuthorizationMatrix.parse(raw).machines },
  );
  protected readonly machines = linkedSignal<MatrixMachine[] | undefined, MatrixMachine[]>({
    source: () => (this.columns.hasValue() ? this.columns.value() : undefined),
    computation: (next, previous) => next ?? previous?.value ?? [],
  });
  protected readonly members = computed(() => this.list.page()?.items ?? []);
  protected readonly changes = new AccessChanges();
  protected readonly mayChange = computed(() => this.member.may('members'));
  protected readonly isBusy = signal(false);
  protected readonly problem = signal('');
  /** Row and column that Tab leads to. */
  protected readonly place = signal<readonly [number, number]>([0, 0]);
  protected readonly summary = computed(() => {
    const total = this.list.page()?.total;
    if (total === undefined) return '';
    const n = (count: number) => ({ n: this.formats.number(count) });
    const members = this.words.count('members.summary', total, n(total));
    const { length } = this.machines();
    return `${members}, ${this.words.count('machines.summary', length, n(length))}`;
  });
  protected readonly shownOptions = computed(() => [
    { value: 'true', label: this.words.say('access.with_some') },
    { value: 'false', label: this.words.say('access.with_none') },
  ]);
  protected readonly state = computed(() => {
    const page = this.list.page();
    if (this.list.error() !== null) return 'failed';
    if (!page) return 'loading';
    if (page.total === 0) return this.list.isNarrowed() ? 'none-match' : 'empty';
    return this.machines().length === 0 ? 'empty' : 'filled';
  });
  protected readonly changeText = computed(() =>
    this.changes
      .named()
      .slice(0, 3)
      .map(({ member, given, taken }) => {
        const parts = [];
        const names = (machines: readonly string[]) => machines.join(', ');
        if (given.length > 0) {
          parts.push(this.words.say('access.gets', { member, machines: names(given) }));
        }
        if (taken.length > 0) {
          parts.push(this.words.say('access.loses', { member, machines: names(taken) }));
        }
        return parts.join(' ');
      })
      .concat(this.changes.named().length > 3 ? ['…'] : [])
      .join(' '),
  );

  constructor() {
    inject(UnsavedChanges).watch(this.changes.isDirty, inject(DestroyRef));
  }

  protected label(member: MatrixMember, machine: MatrixMachine): string {
    const state = this.words.say(`access.state_${this.changes.state(member, machine)}`);
    return `${member.name}, ${machine.name}: ${state}`;
  }

  protected isOn(member: MatrixMember, machine: MatrixMachine): boolean {
    const state = this.changes.state(member, machine);
    return state === 'yes' || state === 'granted' || state === 'role';
  }

  protected authorised(machine: MatrixMachine): string {
    return this.formats.number(machine.authorized);
  }

  /** How many of the machines a member may use, for the line of a phone. */
  protected count(member: MatrixMember): string {
    const machines = this.machines();
    const may = machines.filter((machine) => {
      const state = this.changes.state(member, machine);
      return state !== 'no' && state !== 'revoked';
    });
    return `${this.formats.number(may.length)} / ${this.formats.number(machines.length)}`;
  }

  protected toggle(member: MatrixMember, machine: MatrixMachine): void {
    if (!this.mayChange()) return;
    this.problem.set('');
    this.changes.toggle(member, machine);
  }

  /** To everybody on this page. */
  protected giveAll(machine: MatrixMachine): void {
    this.problem.set('');
    this.changes.giveAll(this.members(), machine);
  }

  protected move(event: KeyboardEvent): void {
    const by = MOVES[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const within = (at: number, count: number) => Math.min(count - 1, Math.max(0, at));
    const [row, column] = this.place();
    const next = [
      within(row + by[0], this.members().length),
      within(column + by[1], this.machines().length),
    ] as const;
    this.place.set(next);
    const cell = `[data-cell="${next[0]}:${next[1]}"]`;
    this.host.nativeElement.querySelector<HTMLElement>(cell)?.focus();
  }

  protected async save(): Promise<void> {
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.problem.set('');
    try {
      const { granted, revoked } = await this.api.bulk(this.changes.body());
      this.changes.discard();
      this.list.reload();
      this.columns.reload();
      this.toasts.show(
        this.words.say('access.saved', {
          granted: this.formats.number(granted),
          revoked: this.formats.number(revoked),
        }),
      );
    } catch (error) {
      const { code, params } = apiError(error); // a refusal, or no answer
      this.problem.set(this.words.error(code, params));
    } finally {
      this.isBusy.set(false);
    }
  }
}
