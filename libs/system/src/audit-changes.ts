/** A value of a field as it is stored: never an object. */
export type AuditValue = string | number | boolean | null;

/** One field of a record that was changed. */
export interface AuditedField {
  /** 'email', 'cards', or for a field of a part 'permissions.read'. */
  readonly field: string;
  readonly before: AuditValue;
  readonly after: AuditValue;
}

/** What tells nothing to a reader: bookkeeping of the database, and what follows from the rest. */
const UNTOLD = new Set([
  'id',
  'version',
  'assignable',
  'boardSeenAt',
  'elapsedS',
  'forecastAt',
  'isDue',
  'lastSeenAt',
  'lastUseAt',
  'membership',
  'online',
  'recentDurationS',
]);
/** A second line of defence: nothing that is called like this leaves the API, whatever was recorded. */
const SECRET = /pass(word|phrase|wd)|secret|token|hash|private_?key/i;
/** 'hasPassword', 'require_second_factor': whether there is one is no secret. */
const HARMLESS = /^(has|must|is|require)/;
/** Stands where a secret was, so that one sees that it was changed. */
export const HIDDEN_VALUE = '(secret)';
/** A list is told up to here. */
const MAX_TOLD = 50;

/**
 * The fields of a record that differ, in the order of the record. A record that is new (`before`
 * null) or gone (`after` null) tells all that is filled in.
 */
export function auditedFields(before: unknown, after: unknown): AuditedField[] {
  const [old, now] = [flat(before), flat(after)];
  const fields: AuditedField[] = [];
  for (const field of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(field) ?? null, now.get(field) ?? null];
    // That a secret was changed is told; from what to what is not.
    if (was === is && is !== HIDDEN_VALUE) continue;
    if (isEmpty(was) && isEmpty(is)) continue;
    fields.push({ field, before: was, after: is });
  }
  return fields;
}

function flat(record: unknown, prefix = ''): Map<string, AuditValue> {
  const fields = new Map<string, AuditValue>();
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return fields;
  for (const [name, value] of Object.entries(record) as [string, unknown][]) {
    if (UNTOLD.has(name) || isNamed(name, record)) continue;
    if (SECRET.test(name) && !HARMLESS.test(lastPart(name))) {
      if (value !== null) fields.set(`${prefix}${name}`, HIDDEN_VALUE);
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [path, inner] of flat(value, `${prefix}${name}.`)) fields.set(path, inner);
    } else {
      fields.set(`${prefix}${name}`, valueOf(value));
    }
  }
  return fields;
}

/** 'roleId' where 'roleName' stands beside it. */
function isNamed(name: string, record: object): boolean {
  if (!name.endsWith('Id')) return false;
  const what = name.slice(0, -'Id'.length);
  return `${what}Name` in record || `${what}Description` in record;
}

/** Settings are recorded by their path: 'mail.password'. */
function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function isEmpty(value: AuditValue): boolean {
  return value === null || value === '';
}

function valueOf(value: unknown): AuditValue {
  if (Array.isArray(value)) {
    const told = value.slice(0, MAX_TOLD).map((each) => textOf(each));
    return value.length > MAX_TOLD ? `${told.join(', ')}, …` : told.join(', ');
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  return null;
}

/** An item of a list: by the fields people know it by, such as the number of a card. */
function textOf(item: unknown): string {
  if (typeof item !== 'object' || item === null) return String(item);
  const { uid, label, name, revokedAt } = item as Record<string, unknown>;
  const told = [uid ?? name, label].filter((part) => typeof part === 'string' && part !== '');
  if (told.length === 0) return [...flat(item).values()].filter((part) => part !== null).join(' ');
  return `${told.join(' ')}${typeof revokedAt === 'string' ? ' ✕' : ''}`;
}
