import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { WordKey } from '@fabomatic/i18n';
import { LANGUAGES } from '@fabomatic/i18n';
import type { SettingView } from '@fabomatic/system';
import { TranslatePipe } from '@ngx-translate/core';
import { FieldNumber } from '../../frame/fields/field-number';
import { type Choice, FieldSelect } from '../../frame/fields/field-select';
import { FieldSwitch } from '../../frame/fields/field-switch';
import { FieldText } from '../../frame/fields/field-text';
import type { FormField } from '../../frame/form/form-field';
import { Icon } from '../../frame/icon';
import { Words } from '../../language/words';
import { SettingList } from './setting-list';
import { SettingSchedule } from './setting-schedule';
import { SettingSecret } from './setting-secret';
import type { SettingDraft } from './setting-value';
import { TimezoneList, ZONES_ID } from './timezone-list';

/** One key of the settings: its control, what it means, where its value comes from. */
@Component({
  selector: 'fab-setting-row',
  imports: [
    FieldNumber,
    FieldSelect,
    FieldSwitch,
    FieldText,
    Icon,
    SettingList,
    SettingSchedule,
    SettingSecret,
    TimezoneList,
    TranslatePipe,
  ],
  templateUrl: './setting-row.html',
  styles: `
    :host {
      display: block;
      min-width: 0;
    }
    .fixed {
      padding: var(--s2) 0 0;
      overflow-wrap: anywhere;
    }
    .facts {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s1) var(--s3);
      margin-top: var(--s1);
      color: var(--ink-3);
      font-size: var(--t-12);
      line-height: var(--l-12);
      overflow-wrap: anywhere;
    }
    .facts .pending {
      display: inline-flex;
      align-items: center;
      gap: var(--s1);
      color: var(--maint-ink);
    }
    .facts button {
      font-size: inherit;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SettingRow {
  private readonly words = inject(Words);
  readonly item = input.required<SettingView>();
  readonly field = input.required<FormField<SettingDraft>>();

  protected readonly zonesId = ZONES_ID;
  // The kind of the item says which of these its field is.
  protected readonly text = computed(() => this.field() as FormField<unknown> as FormField<string>);
  protected readonly number = computed(
    () => this.field() as FormField<unknown> as FormField<number>,
  );
  protected readonly flag = computed(
    () => this.field() as FormField<unknown> as FormField<boolean>,
  );
  protected readonly secret = computed(
    () => this.field() as FormField<unknown> as FormField<string | null>,
  );
  protected readonly help = computed(() => {
    const text = this.words.say(`settings.key.${this.item().path}.text` as WordKey);
    return this.item().kind === 'list' ? `${text} ${this.words.say('settings.list_help')}` : text;
  });
  protected readonly unit = computed(() => {
    const { unit } = this.item();
    return unit === null ? '' : this.words.say(`settings.unit.${unit}`);
  });
  protected readonly choices = computed<Choice<string>[]>(() =>
    this.item().choices.map((value) => ({ value, label: this.choiceText(value) })),
  );
  protected readonly shown = computed(() => this.valueText(this.item().value));
  protected readonly default = computed(() => this.valueText(this.item().defaultValue));
  protected readonly isDefault = computed(() => this.field().value() === this.item().defaultValue);

  private valueText(value: SettingView['value']): string {
    if (value === '' || value === null) return this.words.say('settings.default_empty');
    if (typeof value === 'boolean') return this.words.say(value ? 'settings.on' : 'settings.off');
    return this.item().kind === 'choice' ? this.choiceText(String(value)) : String(value);
  }

  /** The languages by their own names. i18n-keys: settings.choice.* */
  private choiceText(value: string): string {
    const { name, path } = this.item();
    const language = LANGUAGES.find(({ code }) => code === value);
    if (name === 'language' && language) return language.name;
    return this.words.say(`settings.choice.${path}.${value}` as WordKey);
  }
}
