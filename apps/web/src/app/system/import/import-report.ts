import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import {
  type ExampleWords,
  type ImportExample,
  type ImportReportView,
  PORTAL_NOTES,
  sayImportExample,
  SUSPICIOUS_NOTES,
} from '@fabomatic/system';
import { TranslatePipe } from '@ngx-translate/core';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';

type Notes = ImportReportView['notes'];

/** What an import does or did: counts in and out, and what somebody must know. */
@Component({
  selector: 'fab-import-report',
  imports: [TranslatePipe],
  template: `
    <!-- i18n-keys: import_original.from.* import_original.note.* import_original.example.* import_original.left_out.* -->
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{{ 'import_original.table' | translate }}</th>
          <th scope="col" class="end">{{ 'import_original.read' | translate }}</th>
          <th scope="col" class="end">{{ 'import_original.written' | translate }}</th>
        </tr>
      </thead>
      <tbody>
        @for (table of report().tables; track table.from) {
          <tr>
            <td>{{ 'import_original.from.' + table.from | translate }}</td>
            <td class="end num">{{ formats.number(table.read) }}</td>
            <td class="end num" [class.bold]="table.read !== table.written">
              {{ formats.number(table.written) }}
            </td>
          </tr>
        }
      </tbody>
    </table>
    @for (group of groups(); track group.heading) {
      <section>
        <h3>{{ group.heading | translate }}</h3>
        <ul>
          @for (note of group.notes; track note.code) {
            <li>
              @if (note.count > 1) {
                <b class="num">{{
                  'import_original.times' | translate: { n: formats.number(note.count) }
                }}</b>
              }
              {{ 'import_original.note.' + note.code | translate }}
              @if (note.examples.length > 0) {
                <ul class="ink-2 examples">
                  @for (example of note.examples; track $index) {
                    <li>{{ say(example) }}</li>
                  }
                  @if (note.count > note.examples.length) {
                    <li>
                      {{
                        'import_original.more'
                          | translate: { n: formats.number(note.count - note.examples.length) }
                      }}
                    </li>
                  }
                </ul>
              }
            </li>
          }
        </ul>
      </section>
    }
    @if (report().notes.length === 0) {
      <p>{{ 'import_original.nothing_changed' | translate }}</p>
    }
    @if (report().settings; as settings) {
      <section>
        <h3>{{ 'import_original.settings_taken' | translate }}</h3>
        @if (!report().isTrial) {
          <p>
            {{
              (settings.writtenTo === null
                ? 'import_original.settings_stay'
                : 'import_original.settings_written'
              ) | translate: { file: settings.writtenTo ?? '' }
            }}
          </p>
        }
        <ul class="id">
          @for (line of settings.taken; track line) {
            <li>{{ line }}</li>
          }
        </ul>
        @if (settings.leftOut.length > 0) {
          <h3>{{ 'import_original.settings_left' | translate }}</h3>
          <ul class="id">
            @for (left of settings.leftOut; track left.key) {
              <li>{{ left.key }}: {{ 'import_original.left_out.' + left.why | translate }}</li>
            }
          </ul>
        }
      </section>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s5);
      max-width: 48rem;
    }
    h3 {
      margin-bottom: var(--s2);
    }
    section ul {
      display: grid;
      gap: var(--s2);
      margin: 0;
      padding-inline-start: var(--s4);
      list-style: disc;
      overflow-wrap: anywhere;
    }
    section ul.examples {
      gap: 0;
      list-style: none;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ImportReport {
  protected readonly formats = inject(Formats);
  private readonly words = inject(Words);
  private readonly exampleWords: ExampleWords = {
    say: (key, params) => this.words.say(`import_original.example.${key}`, params),
    length: (seconds) => this.formats.duration(seconds),
  };
  readonly report = input.required<ImportReportView>();

  protected say(example: ImportExample): string {
    return sayImportExample(example, this.exampleWords);
  }

  protected readonly groups = computed(() => {
    const { notes } = this.report();
    const isOf = (codes: readonly string[]) => (note: Notes[number]) => codes.includes(note.code);
    const told = [...PORTAL_NOTES, ...SUSPICIOUS_NOTES];
    return [
      { heading: 'import_original.portal', notes: notes.filter(isOf(PORTAL_NOTES)) },
      { heading: 'import_original.suspected', notes: notes.filter(isOf(SUSPICIOUS_NOTES)) },
      { heading: 'import_original.changed', notes: notes.filter((note) => !isOf(told)(note)) },
    ].filter((group) => group.notes.length > 0);
  });
}
