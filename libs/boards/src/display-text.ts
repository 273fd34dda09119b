/** What a board's display shows: 14 characters of a machine's name, 15 of anything else (F27). */
export const MACHINE_NAME_WIDTH = 14;
export const PERSON_NAME_WIDTH = 15;
export const DESCRIPTION_WIDTH = 15;

/** Letters that do not fall apart into a base letter and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  þ: 'th',
  Þ: 'Th',
  ı: 'i',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '°': 'o',
  µ: 'u',
  '€': 'EUR',
};

/**
 * Text for a board's display: ASCII only, at most `width` characters. The database keeps the text
 * as it was written. Worked row: 'Università di Bergamo', 15 -> 'Universita di B'.
 */
export function displayText(text: string, width: number): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.slice(0, width);
  let shown = '';
  for (const letter of text.normalize('NFD')) {
    if (shown.length >= width) break;
    if (/\p{M}/u.test(letter)) continue;
    shown += /^[\x20-\x7e]$/.test(letter) ? letter : (LETTERS[letter] ?? unknownLetter(letter));
  }
  return shown.slice(0, width);
}

/** Is every letter of the text one that a board can show, as it is or without its accents? */
export function canDisplay(text: string): boolean {
  return [...text].every((letter) => letter === '?' || !displayText(letter, 3).includes('?'));
}

/** Control characters become a space, and what has no Latin letter a question mark. */
function unknownLetter(letter: string): string {
  return /[\p{Cc}\p{Z}]/u.test(letter) ? ' ' : '?';
}
