import type { SettingFormat } from '@fabomatic/system';
import { z } from 'zod';

/** What the documentation, the example file and the settings page say about one key. */
export interface KeyFacts {
  /** One or two sentences for the person who edits the file. */
  readonly description: string;
  /** The values that pass, in words: follows "expected" in an error. */
  readonly expected: string;
  /** The same for a page that says it in the reader's language. */
  readonly format: SettingFormat;
  /** The fewest letters; null: any number of them. */
  readonly minLength: number | null;
  /** Whether a change is seen only after a restart. */
  readonly restart: boolean;
  /** Whether the value must never be shown, logged or put into an error. */
  readonly isSecret: boolean;
  /** What the settings page offers to fill it in where the type of its value does not say it. */
  readonly control: 'schedule' | 'timezone' | 'list' | null;
  /** What a number counts. */
  readonly unit: 'days' | 'weeks' | 'minutes' | null;
}

/** schema of a key -> its facts */
const factsOfKey = new WeakMap<z.ZodType, KeyFacts>();

/** A key of the settings: its schema (with its default) and what is said about it. */
export function key<T extends z.ZodType>(
  schema: T,
  facts: Pick<KeyFacts, 'description' | 'expected' | 'format'> & Partial<KeyFacts>,
): T {
  factsOfKey.set(schema, {
    restart: true,
    isSecret: false,
    minLength: null,
    control: null,
    unit: null,
    ...facts,
  });
  return schema;
}

/** The facts that {@link key} recorded. Throws for a schema that did not come from `key`. */
export function keyFacts(schema: z.ZodType): KeyFacts {
  const facts = factsOfKey.get(schema);
  if (facts === undefined) throw new Error('this key of the settings has no description');
  return facts;
}

/** What kind of literal an environment variable must be turned into for this key. */
export function keyKind(schema: z.ZodType): 'number' | 'boolean' | 'text' {
  const inner = schema instanceof z.ZodDefault ? schema.unwrap() : schema;
  if (inner instanceof z.ZodNumber) return 'number';
  return inner instanceof z.ZodBoolean ? 'boolean' : 'text';
}

/** The values of a key that is a choice; empty for any other. */
export function keyChoices(schema: z.ZodType): readonly string[] {
  const inner = schema instanceof z.ZodDefault ? schema.unwrap() : schema;
  return inner instanceof z.ZodEnum ? inner.options.map(String) : [];
}

/** Between which a number of this key has to be; null: no such limit, or no number. */
export function keyLimits(schema: z.ZodType): { min: number | null; max: number | null } {
  const inner = schema instanceof z.ZodDefault ? schema.unwrap() : schema;
  return inner instanceof z.ZodNumber
    ? { min: inner.minValue, max: inner.maxValue }
    : { min: null, max: null };
}
