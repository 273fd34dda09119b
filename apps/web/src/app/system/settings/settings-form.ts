import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  DOCUMENT,
  inject,
  Injector,
  input,
  output,
  runInInjectionContext,
  signal,
  untracked,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import type { WordKey } from '@fabomatic/i18n';
import type { SettingsView, UnknownSetting } from '@fabomatic/system';
import { TranslatePipe } from '@ngx-translate/core';
import { Dialogs } from '../../frame/dialog/dialogs';
import type { FormField } from '../../frame/form/form-field';
import { formModel } from '../../frame/form/form-model';
import { OutdatedNotice } from '../../frame/form/outdated-notice';
import { UnsavedChanges } from '../../frame/form/unsaved-changes';
import { Icon } from '../../frame/icon';
import { SearchBox } from '../../frame/search-box/search-box';
import { Toasts } from '../../frame/toast/toasts';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { ConnectionTest } from './connection-test';
import { draftSchema, expectedInstead } from './setting-problem';
import { SettingRow } from './setting-row';
import { fits, SettingsDraft, startOf } from './setting-value';
import { settingsApi, type TestKind } from './settings-api';

/** The section below which each connection can be tried. */
const TESTS: Readonly<Record<string, TestKind>> = {
  database: 'database',
  MQTT: 'broker',
  email: 'mail',
};

/** All keys by section, with a search, a list to jump to a section, and a bar to save. */
@Component({
  selector: 'fab-settings-form',
  imports: [ConnectionTest, Icon, OutdatedNotice, RouterLink, SearchBox, SettingRow, TranslatePipe],
  templateUrl: './settings-form.html',
  styleUrls: ['../../frame/form/form-page.css', './settings-form.css'],
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SettingsForm {
  private readonly injector = inject(Injector);
  private readonly document = inject(DOCUMENT);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly formats = inject(Formats);
  protected readonly words = inject(Words);
  private readonly api = settingsApi();

  readonly view = input.required<SettingsView>();
  /** The field to begin at: 'lab.name'. */
  readonly key = input<string>();
  readonly saved = output<SettingsView>();
  /** Somebody else changed the file. */
  readonly outdated = output();

  protected readonly tests = TESTS;
  protected readonly search = signal('');
  private readonly paths = computed(() => this.view().items.map(({ path }) => path), {
    equal: (a, b) => a.join() === b.join(),
  });
  /** Made once, when the keys are known. */
  protected readonly form = computed(() => {
    const paths = this.paths();
    const labels: Record<string, WordKey> = Object.fromEntries(
      paths.map((path) => [path, `settings.key.${path}.label` as WordKey]),
    );
    return untracked(() =>
      runInInjectionContext(this.injector, () =>
        formModel({
          schema: draftSchema(() => this.view().items),
          labels,
          start: () => startOf(this.view().items),
          sayProblem: (path, problem) => {
            const item = this.view().items.find((each) => each.path === path);
            return item ? expectedInstead(item, problem, this.formats) : problem;
          },
          save: ({ changes }) => this.save(changes),
        }),
      ),
    );
  });
  protected readonly changes = computed<SettingsDraft>(() => {
    const start = startOf(this.view().items);
    const values = this.form().values();
    return Object.fromEntries(
      Object.entries(values).flatMap(([at, value]) =>
        value === undefined || value === start[at] ? [] : [[at, value] as const],
      ),
    );
  });
  protected readonly sections = computed(() => {
    const search = this.search();
    const sections = new Map<string, { item: SettingsView['items'][number]; field: Field }[]>();
    for (const item of this.view().items) {
      const field = this.form().fields[item.path];
      const texts = [item.path, item.variable, ...this.wordsOf(item.path, item.section)];
      if (field === undefined || !fits(search, texts)) continue;
      sections.set(item.section, [...(sections.get(item.section) ?? []), { item, field }]);
    }
    return [...sections].map(([name, rows]) => ({ name, rows }));
  });
  protected readonly pending = computed(() =>
    this.view()
      .items.filter(({ isPending }) => isPending)
      .map(({ path }) => path)
      .join(', '),
  );
  protected readonly isBusy = computed(() => this.form().isBusy());
  protected readonly wrong = computed(() => this.form().wrongFields());

  constructor() {
    const isDirty = computed(() => this.form().isDirty());
    inject(UnsavedChanges).watch(isDirty, inject(DestroyRef));
    afterNextRender(() => this.form().fields[this.key() ?? '']?.focus());
  }

  protected sectionText(name: string): string {
    return this.words.say(`settings.section.${name}` as WordKey);
  }

  protected sectionId(name: string): string {
    return `settings-${name}`;
  }

  protected jump(name: string, event: Event): void {
    event.preventDefault();
    const heading = this.document.getElementById(this.sectionId(name));
    heading?.scrollIntoView();
    heading?.focus({ preventScroll: true });
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (!this.form().isDirty()) return;
    if ((await this.form().submit()) !== null) {
      this.toasts.show(this.words.say('toast.saved'));
      return;
    }
    // What is wrong must be on the page.
    if (this.wrong().length > 0) this.search.set('');
    setTimeout(() => this.wrong()[0]?.focus());
  }

  protected goTo(field: FormField<unknown>, event: Event): void {
    event.preventDefault();
    field.focus();
  }

  protected loadAnew(): void {
    this.form().acceptReload();
    this.outdated.emit();
  }

  protected nearText({ path, nearest }: UnknownSetting): string {
    if (nearest === null) return '';
    const section = path.includes('.') ? `${path.split('.')[0]}.` : '';
    return this.words.say('settings.unknown_near', { name: section + nearest });
  }

  protected async takeOut({ path }: UnknownSetting): Promise<void> {
    await this.dialogs.danger({
      title: this.words.say('settings.take_out_title', { name: path }),
      text: this.words.say('settings.take_out_text'),
      action: this.words.say('settings.take_out_do'),
      run: async () => {
        await this.save({ [path]: null });
        this.toasts.show(this.words.say('toast.saved'));
      },
    });
  }

  private async save(changes: Partial<SettingsDraft>): Promise<SettingsView> {
    const { version } = this.view();
    const saved = await this.api.update({ version, values: SettingsDraft.parse(changes) });
    this.saved.emit(saved);
    return saved;
  }

  private wordsOf(path: string, section: string): string[] {
    const keys = [`key.${path}.label`, `key.${path}.text`, `section.${section}`];
    return keys.map((key) => this.words.say(`settings.${key}` as WordKey));
  }
}

type Field = FormField<SettingsDraft[string]>;
