import type { LanguageCode } from '@fabomatic/i18n';
import { SECONDS_PER_HOUR } from '@fabomatic/kernel';
import type { SummaryParts } from '@fabomatic/members';
import type { SummaryWeek } from '@fabomatic/system';
import type { MailLine, MailLink, MailParts, MailSection } from './mail-text';
import type { MailWords } from './mail-words.service';
import type { DuePlan, MachineHours, SeenCard } from './weekly-summary.queries';

/** What a week was like for one reader. */
export interface SummaryFacts {
  readonly week: SummaryWeek;
  readonly own: readonly MachineHours[];
  /** What of the lab the reader may know; the lists are empty where they may not. */
  readonly parts: SummaryParts;
  readonly lab: readonly MachineHours[];
  readonly due: readonly DuePlan[];
  readonly cards: readonly SeenCard[];
}

export interface MailFrame {
  readonly language: LanguageCode;
  readonly firstName: string;
  readonly labName: string;
  /** null: the lab has no address for its pages. */
  readonly baseUrl: string | null;
  readonly unsubscribe: MailLink | null;
}

/** Less is 0.0 h: that a plan is due is said by the heading. */
const SHOWN_OVERDUE_S = SECONDS_PER_HOUR / 20;

/** The summary of the week, in the reader's language. */
export function weeklySummaryMail(
  words: MailWords,
  { week, own, parts, lab, due, cards }: SummaryFacts,
  frame: MailFrame,
): MailParts {
  const { language, firstName, labName, baseUrl, unsubscribe } = frame;
  // The last moment of the week is of its Sunday; its end is of the Monday after.
  const days = words.days(language, week.fromS, week.toS - SECONDS_PER_HOUR);
  const sections = [
    hoursSection(words, language, own, {
      heading: words.say(language, 'mails.weekly.own'),
      none: words.say(language, 'mails.weekly.own_none'),
    }),
  ];
  if (parts.machines) {
    sections.push(
      hoursSection(words, language, lab, {
        heading: words.say(language, 'mails.weekly.lab'),
        none: words.say(language, 'mails.weekly.lab_none'),
      }),
      dueSection(words, language, due),
    );
  }
  if (parts.unrecognisedCards) sections.push(cardsSection(words, language, cards));
  return {
    subject: words.say(language, 'mails.weekly.subject', { lab: labName, days }),
    greeting: words.say(language, 'mail.hello_name', { name: firstName }),
    paragraphs: [words.say(language, 'mails.weekly.text', { lab: labName, days })],
    sections,
    ...(baseUrl === null
      ? {}
      : { link: { label: words.say(language, 'mails.open_portal'), url: baseUrl } }),
    foot: [
      words.say(language, 'mail.foot', { lab: labName }),
      words.say(language, 'mails.weekly.why'),
      ...(unsubscribe ? [] : [words.say(language, 'mails.unsubscribe_by_lab')]),
    ],
    ...(unsubscribe ? { unsubscribe } : {}),
  };
}

/** Three lines and a total: '24 uses, 31.5 h'. */
function hoursSection(
  words: MailWords,
  language: LanguageCode,
  machines: readonly MachineHours[],
  { heading, none }: { heading: string; none: string },
): MailSection {
  if (machines.length === 0) return { heading, lines: [], sentence: none };
  const uses = (n: number) => words.count(language, 'mails.uses', n);
  const lines: MailLine[] = machines.map(({ name, uses: n, durationS }) => ({
    label: name,
    value: words.hours(language, durationS),
    note: uses(n),
  }));
  if (machines.length === 1) return { heading, lines };
  const sum = (of: (machine: MachineHours) => number) =>
    machines.reduce((total, machine) => total + of(machine), 0);
  lines.push({
    label: words.say(language, 'mails.total'),
    isTotal: true,
    value: words.hours(
      language,
      sum(({ durationS }) => durationS),
    ),
    note: uses(sum(({ uses: n }) => n)),
  });
  return { heading, lines };
}

export function dueSection(
  words: MailWords,
  language: LanguageCode,
  plans: readonly DuePlan[],
): MailSection {
  const heading = words.say(language, 'mails.due');
  if (plans.length === 0) {
    return { heading, lines: [], sentence: words.say(language, 'mails.due_none') };
  }
  return { heading, lines: plans.map((plan) => dueLine(words, language, plan)) };
}

export function dueLine(
  words: MailWords,
  language: LanguageCode,
  { machine, description, overdueS, instructionsUrl }: DuePlan,
): MailLine {
  const hours = words.hours(language, overdueS);
  return {
    label: machine,
    ...(overdueS < SHOWN_OVERDUE_S
      ? {}
      : { value: words.say(language, 'mails.overdue', { hours }) }),
    note: description,
    ...(instructionsUrl === null
      ? {}
      : { link: { label: words.say(language, 'mails.instructions'), url: instructionsUrl } }),
  };
}

function cardsSection(
  words: MailWords,
  language: LanguageCode,
  cards: readonly SeenCard[],
): MailSection {
  const heading = words.say(language, 'mails.cards');
  if (cards.length === 0) {
    return { heading, lines: [], sentence: words.say(language, 'mails.cards_none') };
  }
  const lines = cards.map(({ ending, times, firstSeenAtS, machines }) => ({
    label: `··${ending}`,
    value: words.count(language, 'mails.times', times),
    note: words.say(language, 'mails.card_note', {
      machines: machines.join(', '),
      day: words.day(language, firstSeenAtS),
    }),
  }));
  return { heading, lines };
}
