import type { SettingView } from '@fabomatic/system';
import type { FieldProblem } from '../../frame/form/field-problems';
import type { Formats } from '../../language/formats';
import { type SettingDraft, SettingsDraft } from './setting-value';

/** What the API says of a value that does not pass by itself. */
const INVALID = 'settings.value_invalid';

/**
 * The schema of the form: what the view says about numbers and texts that must not be empty is
 * checked here already, everything else by the API. A value that nobody changed stays as it is.
 */
export function draftSchema(items: () => readonly SettingView[]) {
  return SettingsDraft.superRefine((values, context) => {
    for (const item of items()) {
      const value = values[item.path];
      if (value === item.value || passes(item, value)) continue;
      context.addIssue({ code: 'custom', path: [item.path], message: INVALID });
    }
  });
}

function passes({ format, min, max }: SettingView, value: SettingDraft | undefined): boolean {
  // null: as the default says.
  if (value === null) return true;
  switch (format) {
    case 'whole_number':
    case 'seconds':
      return (
        Number.isInteger(value) &&
        Number(value) >= (min ?? -Infinity) &&
        Number(value) <= (max ?? Infinity)
      );
    case 'not_empty':
      return String(value ?? '').trim() !== '';
    default:
      return true;
  }
}

/** A value that cannot be -> what is expected instead: 'A whole number from 1 to 65,535.' */
export function expectedInstead(
  { format, min, max, choices }: SettingView,
  problem: FieldProblem,
  formats: Formats,
): FieldProblem {
  // What is no number at all does not get as far as the API.
  if (![`errors.${INVALID}`, 'errors.field.invalid'].includes(problem.key)) return problem;
  // i18n-keys: settings.expected.*
  return {
    key: `settings.expected.${format}`,
    params: {
      min: min === null ? '' : formats.number(min),
      max: max === null ? '' : formats.number(max),
      choices: choices.filter((choice) => choice !== '').join(', '),
    },
  };
}
