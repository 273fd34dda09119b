/** A JSON object as a board takes it: nothing is known of its fields. */
export type Answer = Readonly<Record<string, unknown>>;

/**
 * The object at the beginning of `text`; what follows it is ignored, the last of two equal keys
 * wins (F26). An empty object when there is none: that reads like `request_ok:false` (F16, F23).
 */
export function parseAnswer(text: string): Answer {
  return parseObject(text) ?? parseObject(text.slice(0, endOfObject(text))) ?? {};
}

function parseObject(text: string): Answer | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null; // a SyntaxError: the text is not JSON
  }
}

/** Index after the brace that closes the first one; 0 if it is never closed. */
function endOfObject(text: string): number {
  let depth = 0;
  let isInString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (isInString) {
      if (char === '\\') i++;
      else if (char === '"') isInString = false;
    } else if (char === '"') isInString = true;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return i + 1;
  }
  return 0;
}

/** A string, even "false", counts as true (F25). */
export function readBoolean(value: unknown): boolean {
  return typeof value === 'string' || Boolean(value);
}

/** Missing and null are shown as "null" (F24). */
export function readText(value: unknown): string {
  return value === null || value === undefined ? 'null' : String(value);
}

/** Numeric strings are numbers; what is outside 0..`max` becomes 0 (F25). */
export function readInteger(value: unknown, max: number): number {
  const number = Math.trunc(Number(value));
  return number >= 0 && number <= max ? number : 0;
}

/** `level` modulo 256: -1 is 255, 256 is 0, missing is 0 (F22). */
export function readLevel(value: unknown): number {
  const level = Math.trunc(Number(value) || 0) % 256;
  return level < 0 ? level + 256 : level;
}

/** 8 lower-case hex digits; what does not begin with one is 00000000 (F50). */
export function readUid(value: unknown): string {
  const digits = /^\s*([0-9a-f]+)/i.exec(readText(value))?.[1] ?? '0';
  return (parseInt(digits, 16) >>> 0).toString(16).padStart(8, '0');
}
