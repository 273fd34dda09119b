import * as z from 'zod';

/** Hex digits of a card as a board tells it: the first four bytes of the chip, reversed (F9). */
export const CARD_UID_DIGITS = 8;

/** What a board sends when it knows no card: a remote stop on a free machine (F49). */
export const NO_CARD_UID = '00000000';

const BOARD_UID = /^[0-9a-f]{8}$/;
const READER_UID = /^(?:[0-9a-f]{2})+$/;

/**
 * The form in which cards are stored and compared: 8 lower-case hex digits.
 * null for anything that is no card: other types, other lengths, '', {@link NO_CARD_UID}.
 * Worked row: 'ABCD1234' -> 'abcd1234'; null -> null; '1234' -> null.
 */
export function normalizeCardUid(uid: unknown): string | null {
  if (typeof uid !== 'string') return null;
  const lower = uid.toLowerCase();
  return BOARD_UID.test(lower) && lower !== NO_CARD_UID ? lower : null;
}

/**
 * The same form from what a reader at a desk types: bytes in the order of the air, with or without
 * separators, 4, 7 or 10 of them. Boards use the first four bytes in reverse order (F9).
 * Worked row: '04:A1:B2:C3:D4:E5:F6' -> 'c3b2a104'. An 8-digit text is taken as a board shows it.
 * null when it is no card.
 */
export function cardUidFromReader(text: string): string | null {
  const hex = text.replace(/[\s:.-]/g, '').toLowerCase();
  if (hex.length === CARD_UID_DIGITS) return normalizeCardUid(hex);
  if (!READER_UID.test(hex) || (hex.length !== 14 && hex.length !== 20)) return null;
  const bytes = [0, 2, 4, 6].map((at) => hex.slice(at, at + 2));
  return normalizeCardUid(bytes.reverse().join(''));
}

/** A card in a request, written as a board or a reader tells it -> its stored form. */
export const CardUid = z
  .string()
  .max(60, 'member.card_uid_invalid')
  .overwrite((text) => cardUidFromReader(text) ?? text)
  .refine((uid) => normalizeCardUid(uid) !== null, 'member.card_uid_invalid');

/** The last four digits, which is what pages show: '0badf00d' -> 'F00D'. */
export function cardEnding(uid: string): string {
  return uid.slice(-4).toUpperCase();
}
