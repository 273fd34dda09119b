import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  MAX_MEMBER_IMPORT_BYTES,
  MEMBER_IMPORT_FIELDS,
  type MemberImportPlan,
  type MemberImportPreview,
  type MemberImportProblem,
  type MemberImportResult,
  MemberImportTarget,
  machineTarget,
} from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { apiError } from '../../auth/api-error';
import { Downloads } from '../../frame/export-button/downloads';
import { FileChoice } from '../../frame/file-choice/file-choice';
import { Icon } from '../../frame/icon';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { LiveFeed } from '../../live/live-feed';
import { allRoles } from '../../roles/roles-api';
import { memberImportApi, TEMPLATE_URL } from './member-import-api';

/** Days, which a table may write in many ways: the preview shows how they were understood. */
const DAYS = ['consentAt', 'membershipEndsOn'] as const;

type Plan = Pick<MemberImportPlan, 'columns' | 'existing' | 'roleId'>;

/** A table of members: what its columns mean, what becomes of its rows, and then all of it or nothing. */
@Component({
  selector: 'fab-member-import-page',
  imports: [FileChoice, Icon, RouterLink, TranslatePipe],
  templateUrl: './member-import-page.html',
  styleUrl: './member-import-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MemberImportPage {
  private readonly api = memberImportApi();
  private readonly feed = inject(LiveFeed);
  private readonly roles = allRoles();
  protected readonly words = inject(Words);
  protected readonly formats = inject(Formats);
  private readonly downloads = inject(Downloads);

  private readonly file = signal<File | null>(null);
  protected readonly plan = signal<Plan>({ columns: null, existing: 'skip', roleId: null });
  protected readonly preview = signal<MemberImportPreview | null>(null);
  protected readonly result = signal<MemberImportResult | null>(null);
  protected readonly problem = signal('');
  protected readonly busy = signal<'' | 'looking' | 'running'>('');
  /** A later look overtakes an earlier one. */
  private looks = 0;

  protected readonly roleOptions = computed(() =>
    this.roles().filter(({ assignable }) => assignable),
  );
  // i18n-keys: member_import.target.*
  protected readonly targets = computed(() => [
    ...MEMBER_IMPORT_FIELDS.map((field) => ({
      value: field as MemberImportTarget,
      label: this.words.say(`member_import.target.${field}`),
    })),
    ...(this.feed.view()?.machines ?? []).map(({ id, name }) => ({
      value: machineTarget(id),
      label: this.words.say('member_import.target.machine', { machine: name }),
    })),
  ]);
  protected readonly isCut = computed(() => {
    const preview = this.preview();
    if (preview === null) return false;
    const { create, update, skip, wrong } = preview.counts;
    return create + update + skip + wrong > preview.rows.length;
  });
  /** Those that the table has a column for. */
  protected readonly days = computed(() => {
    const columns = this.preview()?.columns ?? [];
    return DAYS.filter((field) => columns.some(({ target }) => target === field));
  });
  protected readonly mayRun = computed(() => {
    const preview = this.preview();
    return preview !== null && preview.problemCount === 0 && this.busy() === '';
  });

  protected take(file: File | null): void {
    this.file.set(file);
    this.preview.set(null);
    this.plan.update((plan) => ({ ...plan, columns: null }));
    if (file === null) return;
    if (file.size > MAX_MEMBER_IMPORT_BYTES) {
      this.problem.set(this.words.say('errors.member_import.too_large'));
      return;
    }
    void this.look();
  }

  protected setTarget(column: number, value: string): void {
    const target = value === '' ? null : MemberImportTarget.parse(value);
    // A meaning is one column's: choosing it here takes it from another one.
    const columns = (this.preview()?.columns ?? []).map((each, at) => {
      if (at === column) return target;
      return each.target === target ? null : each.target;
    });
    this.change({ columns });
  }

  protected change(change: Partial<Plan>): void {
    this.plan.update((plan) => ({ ...plan, ...change }));
    if (this.file() !== null) void this.look();
  }

  protected sentence({ code, params }: MemberImportProblem): string {
    return this.words.error(code, params);
  }

  protected dayOf(day: string | null): string {
    return day === null ? '' : this.formats.calendarDay(day);
  }

  protected samplesOf(samples: readonly string[]): string {
    return samples.filter((each) => each !== '').join(' · ');
  }

  protected headingOf(column: number | null): string {
    if (column === null) return this.words.say('member_import.whole_row');
    const heading = this.preview()?.columns[column]?.heading ?? '';
    return heading || this.words.say('member_import.column', { n: column + 1 });
  }

  protected async run(): Promise<void> {
    const file = this.file();
    const preview = this.preview();
    if (file === null || preview === null) return;
    this.problem.set('');
    this.busy.set('running');
    try {
      const columns = preview.columns.map(({ target }) => target);
      this.result.set(await this.api.run(file, { ...this.plan(), columns }));
    } catch (error) {
      this.tell(error); // a refusal, or no answer; nothing was written
      await this.look(this.problem());
    } finally {
      this.busy.set('');
    }
  }

  protected async saveTemplate(): Promise<void> {
    const error = await this.downloads.save(TEMPLATE_URL);
    this.problem.set(error === null ? '' : this.words.error(error.code, error.params));
  }

  protected again(): void {
    this.result.set(null);
    this.take(null);
  }

  /** `problem`: what was said before and stays. */
  private async look(problem = ''): Promise<void> {
    const file = this.file();
    if (file === null) return;
    const number = ++this.looks;
    this.busy.set('looking');
    try {
      const preview = await this.api.preview(file, this.plan());
      if (number !== this.looks) return;
      this.problem.set(problem);
      this.preview.set(preview);
    } catch (error) {
      if (number === this.looks) this.tell(error); // a refusal, or no answer
    } finally {
      if (number === this.looks) this.busy.set('');
    }
  }

  private tell(error: unknown): void {
    const { code, params } = apiError(error);
    this.problem.set(this.words.error(code, params));
  }
}
