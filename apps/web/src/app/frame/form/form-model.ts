import { computed, inject, type Signal, signal } from '@angular/core';
import type { WordKey } from '@fabomatic/i18n';
import type * as z from 'zod';
import { type ApiError, apiError } from '../../auth/api-error';
import { Words } from '../../language/words';
import { apiProblems, type FieldProblem, zodProblems } from './field-problems';
import { FormField } from './form-field';

/** The refusal of a change that was made from an older version of the record. */
const OUTDATED = 'request.outdated';

/** The values as they are typed: a field that is empty is undefined, null or ''. */
export type Draft<S extends z.ZodType> = z.input<S>;

/** What is sent when a form is saved. */
export interface Submission<S extends z.ZodType> {
  /** All values, as the schema gives them. */
  values: z.output<S>;
  /** Only those that the reader changed: the body of a `PATCH`, beside the version. */
  changes: Partial<z.output<S>>;
}

export interface FormOptions<S extends z.ZodType, R> {
  /** The form's truth: the schema of the shared lib that the API checks with too. */
  schema: S;
  /** Every field of the form and what it is called; dialogs and the save bar go by it. */
  labels: { readonly [K in keyof Draft<S> & string]?: WordKey };
  /** What the fields hold at first; undefined while the record is still loading. */
  start: () => Partial<Draft<S>> | undefined;
  save: (submission: Submission<S>) => Promise<R>;
  /** Codes of refusals that belong to one field: `{ 'machine_type.name_taken': 'name' }`. */
  codesAt?: Readonly<Record<string, keyof Draft<S> & string>>;
  /** Where the form can say more about what is wrong with a field than its code does. */
  sayProblem?: (name: string, problem: FieldProblem) => FieldProblem;
}

type Fields<S extends z.ZodType> = {
  readonly [K in keyof Draft<S> & string]-?: FormField<Draft<S>[K]>;
};

/** What {@link FormPage} and the guard need to know of a form. */
export interface AnyForm {
  readonly isReady: Signal<boolean>;
  readonly isDirty: Signal<boolean>;
  readonly isBusy: Signal<boolean>;
  readonly isOutdated: Signal<boolean>;
  readonly problemText: Signal<string>;
  readonly wrongFields: Signal<readonly FormField<unknown>[]>;
  submit(): Promise<{ saved: unknown } | null>;
  acceptReload(): void;
}

/**
 * The state of a form: what was loaded, what the reader changed, what is wrong with it. What the
 * reader typed is only ever dropped after it was saved: when the record is loaded anew, fields that
 * were not touched take the new values and the others keep the reader's.
 */
export class FormModel<S extends z.ZodType, R = unknown> implements AnyForm {
  private readonly words: Words;
  private readonly base = computed(() => this.options.start());
  /** Name of a field -> what the reader made of it. */
  private readonly edits = signal<ReadonlyMap<string, unknown>>(new Map());
  private readonly left = signal<ReadonlySet<string>>(new Set());
  private readonly isTried = signal(false);
  private readonly busy = signal(false);
  private readonly error = signal<ApiError | null>(null);
  /** Dotted path -> problem that the API found; gone once the field changes. */
  private readonly refused = signal<ReadonlyMap<string, FieldProblem>>(new Map());

  readonly fields: Fields<S>;
  readonly isBusy = this.busy.asReadonly();
  readonly isReady = computed(() => this.base() !== undefined);
  /** Somebody else saved the record meanwhile. */
  readonly isOutdated = computed(() => this.error()?.code === OUTDATED);
  readonly isDirty = computed(() => [...this.edits().keys()].some((name) => this.isChanged(name)));
  readonly values = computed<Partial<Draft<S>>>(
    () => ({ ...this.base(), ...Object.fromEntries(this.edits()) }) as Partial<Draft<S>>,
  );
  private readonly parsed = computed(() => this.options.schema.safeParse(this.values()));
  private readonly problems = computed(() => {
    const parsed = this.parsed();
    const own = parsed.success
      ? new Map<string, FieldProblem>()
      : zodProblems(parsed.error.issues, this.values());
    return new Map([...this.refused(), ...own]);
  });

  /** Fields that keep the form from being saved, in the form's order, once that was tried. */
  readonly wrongFields = computed<readonly FormField<unknown>[]>(() =>
    this.allFields().filter(({ name }) => this.messageOf(name) !== ''),
  );
  /** What went wrong with the form as a whole; empty: nothing. */
  readonly problemText = computed(() => {
    const error = this.error();
    if (error === null || this.refused().size > 0 || this.isOutdated()) return '';
    return this.words.error(error.code, error.params);
  });

  constructor(private readonly options: FormOptions<S, R>) {
    this.words = inject(Words);
    const made = Object.entries(options.labels).map(([name, label]) => [
      name,
      new FormField(name, label as WordKey, this),
    ]);
    this.fields = Object.fromEntries(made) as Fields<S>;
  }

  valueOf(name: string): unknown {
    return Reflect.get(this.values() as object, name);
  }

  setValue(name: string, value: unknown): void {
    this.edits.update((edits) => new Map(edits).set(name, value));
    this.refused.update((refused) => without(refused, name));
    if (!this.isOutdated()) this.error.set(null);
  }

  leave(name: string): void {
    this.left.update((left) => new Set(left).add(name));
  }

  /** The problem of a field, or of what lies below it ('cards' for the path 'cards.0.uid' of an item); empty: none to show. */
  messageOf(name: string): string {
    const found = [...this.problems()].find(([path]) => isAt(path, name));
    if (!found) return '';
    const isShown = this.isTried() || this.left().has(name) || this.refused().has(found[0]);
    if (!isShown) return '';
    const problem = this.options.sayProblem?.(name, found[1]) ?? found[1];
    return this.words.problem(problem.key, problem.params);
  }

  /** Saves when the schema has nothing against it. Null: it was not saved, and the form says why. */
  async submit(): Promise<{ saved: R } | null> {
    const parsed = this.parsed();
    this.isTried.set(true);
    if (this.busy() || !parsed.success) return null;
    this.busy.set(true);
    this.error.set(null);
    try {
      const saved = await this.options.save({
        values: parsed.data,
        changes: this.changesOf(parsed.data),
      });
      this.edits.set(new Map());
      return { saved };
    } catch (error) {
      this.refuse(apiError(error)); // a refusal, or no answer
      return null;
    } finally {
      this.busy.set(false);
    }
  }

  /** After the record was deleted: there is nothing left to save. */
  dropChanges(): void {
    this.edits.set(new Map());
  }

  /** Lets go of the notice that the record is outdated: it was loaded anew. */
  acceptReload(): void {
    this.error.set(null);
  }

  private refuse(error: ApiError): void {
    const field = this.options.codesAt?.[error.code];
    const fields = field === undefined ? error.fields : { [field]: error.code, ...error.fields };
    const known = Object.entries(fields).filter(([path]) =>
      this.allFields().some(({ name }) => isAt(path, name)),
    );
    this.refused.set(apiProblems({ fields: Object.fromEntries(known), params: error.params }));
    this.error.set(error);
  }

  private changesOf(values: z.output<S>): Partial<z.output<S>> {
    const entries = Object.entries(values as object).filter(([name]) => this.isChanged(name));
    return Object.fromEntries(entries) as Partial<z.output<S>>;
  }

  private isChanged(name: string): boolean {
    const edits = this.edits();
    const before = Reflect.get(this.base() ?? {}, name) as unknown;
    return edits.has(name) && JSON.stringify(edits.get(name)) !== JSON.stringify(before);
  }

  private allFields(): FormField<unknown>[] {
    return Object.values(this.fields) as FormField<unknown>[];
  }
}

/** Makes a {@link FormModel}; call it where `inject` may be called. */
export function formModel<S extends z.ZodType, R>(options: FormOptions<S, R>): FormModel<S, R> {
  return new FormModel(options);
}

function isAt(path: string, name: string): boolean {
  return path === name || path.startsWith(`${name}.`);
}

function without(
  problems: ReadonlyMap<string, FieldProblem>,
  name: string,
): ReadonlyMap<string, FieldProblem> {
  return new Map([...problems].filter(([path]) => !isAt(path, name)));
}
