import type { Words } from '@fabomatic/i18n';
import { SECONDS_PER_HOUR } from '@fabomatic/kernel';
import {
  type ExampleWords,
  type ImportExample,
  type ImportNoteCode,
  sayImportExample,
} from '@fabomatic/system';
import type { OriginalTable } from './original-file';

/** How many of one kind the report names; of the rest it gives the number. */
const MAX_EXAMPLES = 10;

/** Something that came out differently than it stood in the file, or that somebody must look at. */
export interface ImportNote {
  readonly code: ImportNoteCode;
  /** Whom or what it concerns. At most ten. */
  readonly examples: ImportExample[];
  count: number;
}

export interface TableCount {
  readonly from: OriginalTable;
  readonly to: string;
  readonly read: number;
  readonly written: number;
}

/** What an import did; kept while it goes on, printed at its end. */
export class ImportReport {
  readonly tables: TableCount[] = [];
  private readonly noted = new Map<ImportNoteCode, ImportNote>();

  get notes(): readonly ImportNote[] {
    return [...this.noted.values()];
  }

  count(from: OriginalTable, to: string, read: number, written: number): void {
    this.tables.push({ from, to, read, written });
  }

  note(code: ImportNoteCode, example?: ImportExample): void {
    const known = this.noted.get(code) ?? { code, examples: [], count: 0 };
    this.noted.set(code, known);
    known.count++;
    if (example !== undefined && known.examples.length < MAX_EXAMPLES) known.examples.push(example);
  }

  /** For a command; the portal shows the same. `words`: those of English. */
  toText(words: Words): string {
    const rows = this.tables.map(
      ({ from, to, read, written }) =>
        `  ${from.padEnd(16)}${String(read).padStart(9)}  ->  ${to.padEnd(20)}${String(written).padStart(9)}`,
    );
    return ['Imported:', ...rows, ...this.noteLines(words), ''].join('\n');
  }

  private noteLines({ import_original: { note, example: sentences } }: Words): string[] {
    if (this.noted.size === 0) return ['', 'Everything was taken over as it stood.'];
    const inEnglish: ExampleWords = {
      say: (key, params) => filled(sentences[key], params),
      length: (seconds) => `${(seconds / SECONDS_PER_HOUR).toFixed(2)} h`,
    };
    const lines = this.notes.flatMap(({ code, examples, count }) => {
      const more = count - examples.length;
      const named = examples.map((example) => `      ${sayImportExample(example, inEnglish)}`);
      const rest = more > 0 && examples.length > 0 ? [`      and ${more} more`] : [];
      return [`  - ${count > 1 ? `${count} x ` : ''}${note[code]}`, ...named, ...rest];
    });
    return ['', 'To know:', ...lines];
  }
}

/** 'Use {{id}}' with { id: 4 } -> 'Use 4' */
function filled(sentence: string, params: Readonly<Record<string, string | number>>): string {
  return sentence.replaceAll(/{{\s*(\w+)\s*}}/g, (_, name: string) => String(params[name] ?? ''));
}
