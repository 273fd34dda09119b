import { mailHtml } from './mail-html';

/** Letters; mail programs show some eighty. */
const MAX_HEADER = 200;

/** One line of a section: 'Laser cutter — 12.5 h', with what is to know about it below. */
export interface MailLine {
  readonly label: string;
  /** At the right edge. */
  readonly value?: string;
  readonly note?: string;
  readonly link?: MailLink;
  /** Adds the lines above up. */
  readonly isTotal?: boolean;
}

export interface MailLink {
  readonly label: string;
  readonly url: string;
}

export interface MailSection {
  readonly heading: string;
  readonly lines: readonly MailLine[];
  /** A sentence: what there is instead of lines, or below them. */
  readonly sentence?: string;
}

/** What a mail says, before it has a form. */
export interface MailParts {
  readonly subject: string;
  /** 'Hello Marta,' */
  readonly greeting: string;
  readonly paragraphs: readonly string[];
  readonly sections?: readonly MailSection[];
  readonly link?: MailLink;
  /** Small print under a line. */
  readonly foot: readonly string[];
  /** Ends mails of this kind, without a login; in the small print, and in the header for mailers. */
  readonly unsubscribe?: MailLink;
}

export interface MailContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Additional header lines: 'List-Unsubscribe'. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The same mail as text and as HTML that looks right without pictures or scripts. */
export function mailContent(parts: MailParts, language: string): MailContent {
  const { unsubscribe } = parts;
  const content = {
    subject: oneLine(parts.subject),
    text: asText(parts),
    html: mailHtml(parts, language),
  };
  if (!unsubscribe) return content;
  // RFC 8058: a button of the mail program, which posts to the address and asks nothing else.
  const headers = {
    'List-Unsubscribe': `<${unsubscribe.url}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
  return { ...content, headers };
}

/**
 * A text as a header may hold it: a name with a line break must not begin another header, and one of
 * 1000 letters without a blank makes a line that mail servers refuse.
 */
export function oneLine(text: string): string {
  const letters = [...text.replace(/\s+/g, ' ').trim()];
  return letters.length <= MAX_HEADER
    ? letters.join('')
    : `${letters.slice(0, MAX_HEADER).join('')}…`;
}

function asText(parts: MailParts): string {
  const { greeting, paragraphs, sections = [], link, foot, unsubscribe } = parts;
  const blocks = [greeting, ...paragraphs, ...sections.map(sectionText)];
  if (link) blocks.push(linkText(link));
  blocks.push('-- ', ...foot);
  if (unsubscribe) blocks.push(linkText(unsubscribe));
  return `${blocks.join('\n\n')}\n`;
}

function linkText({ label, url }: MailLink): string {
  return `${label}:\n${url}`;
}

function sectionText({ heading, lines, sentence }: MailSection): string {
  const parts = [`${heading}\n${'='.repeat([...heading].length)}`];
  if (lines.length > 0) parts.push(lines.map(lineText).join('\n'));
  if (sentence !== undefined) parts.push(sentence);
  return parts.join('\n');
}

function lineText({ label, value, note, link }: MailLine): string {
  const first = value === undefined ? label : `${label}: ${value}`;
  const more = [note, link && `${link.label}: ${link.url}`].filter((each) => each !== undefined);
  return [`* ${first}`, ...more.map((each) => `  ${each}`)].join('\n');
}
