import { parse, stringify, TomlError } from 'smol-toml';

/**
 * Changes single keys of a TOML text by its lines, so that comments, order, blank lines and keys that
 * this program does not know stay as they are. A text that is written in an unusual way (a section as
 * an inline table, a value over several lines) is not guessed at: the result is read again, and null
 * is returned unless exactly the wanted key has changed.
 */
export function withTomlValue(
  text: string,
  { section, name }: { readonly section: string; readonly name: string },
  /** null: the key is taken out, and has its default again. */
  value: string | number | boolean | null,
): string | null {
  const lines = text.split('\n');
  const header = lines.findIndex((line) => isHeaderOf(line, section));
  const end = header === -1 ? -1 : nextHeader(lines, header + 1);
  const place = header === -1 ? -1 : keyLine(lines, name, { from: header + 1, to: end });
  if (place !== -1) {
    const line = lines[place] ?? '';
    if (value === null) lines.splice(place, 1);
    else lines[place] = `${before(line)}${literal(value)}${commentOf(line)}`;
  } else if (value !== null && header === -1) {
    const isEmpty = text.trim() === '';
    lines.splice(lengthWithoutBlankEnd(lines), lines.length);
    lines.push(...(isEmpty ? [] : ['']), `[${section}]`, `${name} = ${literal(value)}`, '');
  } else if (value !== null) {
    const last = lines.findLastIndex(
      (line, index) => index < end && line.trim() !== '' && !/^\s*#/.test(line),
    );
    lines.splice(Math.max(last, header) + 1, 0, `${name} = ${literal(value)}`);
  }
  const changed = lines.join('\n');
  return saysTheSame(text, changed, { section, name, value }) ? changed : null;
}

/**
 * Takes a key out, or with `name` null a whole section that this program does not know: its lines go,
 * the comments in front of the next section stay. null as with {@link withTomlValue}.
 */
export function withoutTomlKey(
  text: string,
  { section, name }: { readonly section: string; readonly name: string | null },
): string | null {
  if (name !== null) return withTomlValue(text, { section, name }, null);
  const lines = text.split('\n');
  const header = lines.findIndex((line) => isHeaderOf(line, section));
  const first = nextHeader(lines, 0);
  // Outside all sections: a value in front of the first.
  const outside = header === -1 ? keyLine(lines, section, { from: 0, to: first }) : -1;
  if (outside !== -1) lines.splice(outside, 1);
  else if (header !== -1) {
    const end = nextHeader(lines, header + 1);
    const last = lines.findLastIndex(
      (line, index) => index < end && line.trim() !== '' && !/^\s*#/.test(line),
    );
    lines.splice(header, last - header + 1);
  }
  const changed = lines.join('\n');
  const [expected, found] = [read(text), read(changed)];
  if (expected === null || found === null) return null;
  delete expected[section];
  return sorted(expected) === sorted(found) ? changed : null;
}

function isHeaderOf(line: string, section: string): boolean {
  return /^\s*\[\s*"?([^\]"]+?)"?\s*\]\s*(?:#.*)?$/.exec(line)?.[1] === section;
}

function nextHeader(lines: readonly string[], from: number): number {
  const next = lines.findIndex((line, index) => index >= from && /^\s*\[/.test(line));
  return next === -1 ? lines.length : next;
}

function keyLine(
  lines: readonly string[],
  name: string,
  { from, to }: { from: number; to: number },
): number {
  return lines.findIndex((line, index) => {
    const key = /^\s*"?([A-Za-z0-9_-]+)"?\s*=/.exec(line)?.[1];
    return index >= from && index < to && key === name;
  });
}

/** 'port = ' of 'port = 1883 # why' */
function before(line: string): string {
  return /^\s*"?[A-Za-z0-9_-]+"?\s*=\s*/.exec(line)?.[0] ?? '';
}

/** ' # why' of 'port = 1883 # why'; a '#' within quotes belongs to the value. */
function commentOf(line: string): string {
  const value = line.slice(before(line).length);
  const literalEnd = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^#\s]*)/.exec(value)?.[0].length ?? 0;
  return /^\s*#.*$/.exec(value.slice(literalEnd).replace('\r', ''))?.[0] ?? '';
}

/** In the notation of TOML: a text in quotes, with what must be escaped. */
function literal(value: string | number | boolean): string {
  return stringify({ x: value }).trim().replace(/^x = /, '');
}

function lengthWithoutBlankEnd(lines: readonly string[]): number {
  return lines.findLastIndex((line) => line.trim() !== '') + 1;
}

function saysTheSame(
  text: string,
  changed: string,
  { section, name, value }: { section: string; name: string; value: unknown },
): boolean {
  const [expected, found] = [read(text), read(changed)];
  if (expected === null || found === null) return false;
  const table = expected[section];
  const values: Record<string, unknown> =
    typeof table === 'object' && table !== null ? { ...table } : {};
  if (value === null) delete values[name];
  else values[name] = value;
  const isNew = table === undefined && value === null;
  return sorted(isNew ? expected : { ...expected, [section]: values }) === sorted(found);
}

function read(text: string): Record<string, unknown> | null {
  try {
    return parse(text);
  } catch (error) {
    // TomlError: what came out is no TOML.
    if (error instanceof TomlError) return null;
    throw error;
  }
}

/** Texts are equal when the values are, in whatever order the keys stand. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : typeof each === 'bigint'
        ? String(each)
        : each,
  );
}
