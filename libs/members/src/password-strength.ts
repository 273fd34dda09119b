import { COMMON_ORDERS, COMMON_PASSWORD_WORDS } from './common-passwords';

/** What stands near a member: the first things that somebody who knows them tries. */
export interface PasswordOwner {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly labName: string;
}

/** Why a password is refused, as the code of its field. */
export type PasswordProblem = 'auth.password_common' | 'auth.password_about_owner';

/** Letters and what people write in their place. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** So many words that are guessed first make a phrase that is not. */
const MAX_WORDS = 3;
/** Figures and signs that are put around a word; more of them are worth something. */
const MAX_PADDING = 6;
const MIN_RUN = 3;
const MIN_OWN_WORD = 3;

interface Cover {
  readonly words: number;
  readonly padding: number;
  readonly isAboutOwner: boolean;
}

/**
 * Refuses what is guessed first: the whole password is made of few words of a list or of the owner's
 * name, runs on the keyboard, one thing again and again, and some figures around it. Upper and lower
 * case, accents and look-alikes make no difference. null: nothing of the kind.
 *
 * Worked rows: 'P@ssw0rd-2026!' and 'qwertyuiop12' are common, 'marta.rossi.77' is about Marta Rossi,
 * 'violet anvil under the stairs' passes.
 */
export function passwordProblem(
  password: string,
  owner: PasswordOwner | null,
): PasswordProblem | null {
  const text = plain(password);
  if (new Set(text).size < 5) return 'auth.password_common';
  const block = repeatedBlock(text);
  const cover = coverOf(block ?? text, ownWords(owner));
  if (cover !== null) {
    return cover.isAboutOwner ? 'auth.password_about_owner' : 'auth.password_common';
  }
  // A short thing that is written twice is a short password.
  return block !== null && block.length < 8 ? 'auth.password_common' : null;
}

/** Lower case without accents. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function withoutLookalikes(text: string): string {
  return [...text].map((letter) => LOOKALIKES[letter] ?? letter).join('');
}

/** 'abcabcabc' -> 'abc'; null when nothing is repeated. */
function repeatedBlock(text: string): string | null {
  const place = (text + text).indexOf(text, 1);
  return place < text.length ? text.slice(0, place) : null;
}

function ownWords(owner: PasswordOwner | null): ReadonlySet<string> {
  if (owner === null) return new Set();
  const said = [owner.firstName, owner.lastName, owner.email ?? '', owner.labName].map(plain);
  // "D'Agostino" is written as dagostino, too.
  const words = said.flatMap((text) => [
    text,
    ...text.split(/\s+/).map((word) => word.replace(/[^a-z0-9]/g, '')),
    ...text.split(/[^a-z0-9]+/),
  ]);
  return new Set(words.filter((word) => word.length >= MIN_OWN_WORD));
}

/** The best way to cut the whole text into what is guessed first; null when there is none. */
function coverOf(text: string, own: ReadonlySet<string>): Cover | null {
  const spelled = withoutLookalikes(text);
  const longest = Math.max(...[...COMMON_PASSWORD_WORDS, ...own].map(({ length }) => length));
  // Key: place up to which the text is covered.
  const best: (Cover | null)[] = [{ words: 0, padding: 0, isAboutOwner: false }];
  for (let end = 1; end <= text.length; end++) {
    best[end] = null;
    for (let start = Math.max(0, end - longest); start < end; start++) {
      const before = best[start] ?? null;
      if (before === null) continue;
      const piece = { written: text.slice(start, end), spelled: spelled.slice(start, end) };
      const after = extend(before, piece, own);
      if (after !== null && isBetter(after, best[end] ?? null)) best[end] = after;
    }
  }
  const cover = best[text.length] ?? null;
  return cover !== null && cover.words <= MAX_WORDS && cover.padding <= MAX_PADDING ? cover : null;
}

function extend(
  before: Cover,
  { written, spelled }: { written: string; spelled: string },
  own: ReadonlySet<string>,
): Cover | null {
  if (own.has(written) || own.has(spelled)) {
    return { ...before, words: before.words + 1, isAboutOwner: true };
  }
  if (COMMON_PASSWORD_WORDS.has(written) || COMMON_PASSWORD_WORDS.has(spelled)) {
    return { ...before, words: before.words + 1 };
  }
  if (written.length >= MIN_RUN && (isRun(written) || new Set(written).size === 1)) {
    return { ...before, words: before.words + 1 };
  }
  const isPadding = written.length === 1 && !/[a-z]/.test(written);
  return isPadding ? { ...before, padding: before.padding + 1 } : null;
}

function isRun(text: string): boolean {
  const backwards = [...text].reverse().join('');
  return COMMON_ORDERS.some((order) => order.includes(text) || order.includes(backwards));
}

function isBetter(cover: Cover, than: Cover | null): boolean {
  if (than === null) return true;
  const weight = ({ words, padding }: Cover) => words * MAX_PADDING + padding * MAX_WORDS;
  return weight(cover) < weight(than);
}
