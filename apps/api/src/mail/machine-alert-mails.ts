import type { LanguageCode } from '@fabomatic/i18n';
import type { MailTopic } from '@fabomatic/members';
import type { MailLine, MailParts } from './mail-text';
import type { MailWords } from './mail-words.service';
import { dueLine, type MailFrame } from './weekly-summary-mail';
import type { DuePlan } from './weekly-summary.queries';

/** A machine whose board is silent, or no longer is. */
export interface SilentMachine {
  readonly name: string;
  readonly lastSeenAtS: number;
}

/** Plans that have become due. */
export function maintenanceDueMail(
  words: MailWords,
  plans: readonly DuePlan[],
  frame: MailFrame,
): MailParts {
  const { language } = frame;
  return alertMail(words, frame, {
    topic: 'maintenance-due',
    names: plans.map(({ machine }) => machine),
    lines: plans.map((plan) => dueLine(words, language, plan)),
  });
}

/** Machines that have gone offline, or are back. */
export function silenceMail(
  words: MailWords,
  topic: 'machine-offline' | 'machine-online',
  machines: readonly SilentMachine[],
  frame: MailFrame,
): MailParts {
  const { language } = frame;
  return alertMail(words, frame, {
    topic,
    names: machines.map(({ name }) => name),
    lines: machines.map(({ name, lastSeenAtS }) => ({
      label: name,
      note: words.say(language, `mails.${topic}.since`, {
        time: words.time(language, lastSeenAtS),
      }),
    })),
  });
}

interface Alert {
  readonly topic: Exclude<MailTopic, 'weekly-summary'>;
  /** Of the machines: the subject names one, and counts more. */
  readonly names: readonly string[];
  readonly lines: readonly MailLine[];
}

/** i18n-keys: mails.maintenance-due.* mails.machine-offline.* mails.machine-online.* */
function alertMail(
  words: MailWords,
  { language, firstName, labName, baseUrl, unsubscribe }: MailFrame,
  { topic, names, lines }: Alert,
): MailParts {
  const unique = [...new Set(names)];
  return {
    subject: words.count(language, `mails.${topic}.subject`, unique.length, {
      lab: labName,
      machine: unique[0] ?? '',
    }),
    greeting: words.say(language, 'mail.hello_name', { name: firstName }),
    paragraphs: [words.count(language, `mails.${topic}.text`, unique.length)],
    sections: [{ heading: words.say(language, `mails.${topic}.heading`), lines }],
    ...(baseUrl === null
      ? {}
      : { link: { label: words.say(language, 'mails.open_portal'), url: baseUrl } }),
    foot: alertFoot(words, language, labName, unsubscribe === null),
    ...(unsubscribe ? { unsubscribe } : {}),
  };
}

function alertFoot(
  words: MailWords,
  language: LanguageCode,
  lab: string,
  isWithoutLink: boolean,
): string[] {
  const foot = [words.say(language, 'mail.foot', { lab }), words.say(language, 'mails.alert_why')];
  return isWithoutLink ? [...foot, words.say(language, 'mails.unsubscribe_by_lab')] : foot;
}
