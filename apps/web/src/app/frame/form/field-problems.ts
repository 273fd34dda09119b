import type * as z from 'zod';
import type { WordParams } from '../../language/words';

/** What is wrong with a field: a key of libs/i18n and what fills its placeholders. */
export interface FieldProblem {
  key: string;
  params: WordParams;
}

/** A code that a schema gives as its message: 'member.card_uid_invalid'. As the API reads it. */
const OWN_CODE = /^[a-z_]+\.[a-z_.]+$/;

/**
 * The issues of a zod schema -> dotted path -> problem; the first of a field counts. A key of the
 * form's own words says the bound (`form.at_least`), which a code of the API cannot.
 */
export function zodProblems(
  issues: readonly z.core.$ZodIssue[],
  values: unknown,
): ReadonlyMap<string, FieldProblem> {
  const problems = new Map<string, FieldProblem>();
  for (const issue of issues) {
    const path = issue.path.join('.');
    if (!problems.has(path)) problems.set(path, problemOf(issue, valueAt(values, issue.path)));
  }
  return problems;
}

/** The `fields` of the API's error body -> dotted path -> problem. */
export function apiProblems(error: {
  fields: Readonly<Record<string, string>>;
  params: WordParams;
}): ReadonlyMap<string, FieldProblem> {
  const { fields, params } = error;
  return new Map(
    Object.entries(fields).map(([path, code]) => [path, { key: `errors.${code}`, params }]),
  );
}

/** i18n-keys: form.at_least form.at_most form.too_short form.too_long */
function problemOf(issue: z.core.$ZodIssue, value: unknown): FieldProblem {
  if (OWN_CODE.test(issue.message)) return { key: `errors.${issue.message}`, params: {} };
  const isEmpty = value === undefined || value === null || value === '';
  if (isEmpty) return { key: 'errors.field.required', params: {} };
  if (issue.code === 'too_small') {
    const min = Number(issue.minimum);
    if (issue.origin === 'string') return { key: 'form.too_short', params: { min } };
    if (isNumeric(issue.origin)) return { key: 'form.at_least', params: { min } };
    return { key: 'errors.field.too_small', params: {} };
  }
  if (issue.code === 'too_big') {
    const max = Number(issue.maximum);
    if (issue.origin === 'string') return { key: 'form.too_long', params: { max } };
    if (isNumeric(issue.origin)) return { key: 'form.at_most', params: { max } };
    return { key: 'errors.field.too_big', params: {} };
  }
  return { key: 'errors.field.invalid', params: {} };
}

function isNumeric(origin: string): boolean {
  return origin === 'number' || origin === 'int';
}

function valueAt(values: unknown, path: readonly PropertyKey[]): unknown {
  let found = values;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}
