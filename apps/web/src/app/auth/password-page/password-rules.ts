import { MIN_PASSWORD_LENGTH } from '@fabomatic/members';

export interface PasswordDraft {
  current: string;
  chosen: string;
  again: string;
}

/** What the page ticks off while the new password is typed. */
export function passwordRules(draft: PasswordDraft): {
  isLong: boolean;
  isOther: boolean;
  isSame: boolean;
} {
  const isTyped = draft.chosen !== '';
  return {
    isLong: draft.chosen.length >= MIN_PASSWORD_LENGTH,
    isOther: isTyped && draft.chosen !== draft.current,
    isSame: isTyped && draft.chosen === draft.again,
  };
}
