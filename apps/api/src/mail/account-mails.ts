import type { LanguageCode } from '@fabomatic/i18n';
import { SECONDS_PER_MINUTE } from '@fabomatic/kernel';
import { PASSWORD_LINK_S } from '@fabomatic/members';
import type { MailParts } from './mail-text';
import type { MailWords } from './mail-words.service';

/** Whom a mail about a password is for. */
export interface PasswordReader {
  readonly language: LanguageCode;
  readonly firstName: string;
  readonly lab: string;
}

/**
 * A link to set a password: asked for, or sent by the lab.
 * i18n-keys: mail.password_forgotten.* mail.password_invited.*
 */
export function passwordLinkMail(
  words: MailWords,
  kind: 'password_forgotten' | 'password_invited',
  { language, firstName, lab, url }: PasswordReader & { readonly url: string },
): MailParts {
  const params = { lab, minutes: PASSWORD_LINK_S / SECONDS_PER_MINUTE };
  return {
    subject: words.say(language, `mail.${kind}.subject`, params),
    greeting: words.say(language, 'mail.hello_name', { name: firstName }),
    paragraphs: [
      words.say(language, `mail.${kind}.text`, params),
      words.say(language, 'mail.password_link.good_for', params),
    ],
    link: { label: words.say(language, 'mail.password_link.label'), url },
    foot: [words.say(language, `mail.${kind}.not_you`), words.say(language, 'mail.foot', params)],
  };
}

/** A password was set: whoever did not do it should know. */
export function passwordChangedMail(
  words: MailWords,
  { language, firstName, lab }: PasswordReader,
): MailParts {
  return {
    subject: words.say(language, 'mail.password_changed.subject', { lab }),
    greeting: words.say(language, 'mail.hello_name', { name: firstName }),
    paragraphs: [
      words.say(language, 'mail.password_changed.text', { lab }),
      words.say(language, 'mail.password_changed.not_you'),
    ],
    foot: [words.say(language, 'mail.foot', { lab })],
  };
}

/** Mail works. */
export function testMail(
  words: MailWords,
  { language, firstName, lab }: PasswordReader,
): MailParts {
  return {
    subject: words.say(language, 'mail.test.subject', { lab }),
    greeting: words.say(language, 'mail.hello_name', { name: firstName }),
    paragraphs: [words.say(language, 'mail.test.text')],
    foot: [words.say(language, 'mail.foot', { lab })],
  };
}
