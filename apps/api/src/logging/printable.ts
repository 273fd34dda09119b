const MAX_LENGTH = 2000;

/**
 * Control characters, the separators that some viewers take for the end of a line, and the marks
 * that turn the direction of writing: with them a board or a visitor could forge a line of the log.
 */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** 'a\nb' -> 'a\\nb': one line, whatever was in it, and not longer than 2000 characters. */
export function printable(text: string): string {
  const short = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}...` : text;
  return short.replace(UNPRINTABLE, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '\\t';
    return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
  });
}
