import type { MailLine, MailLink, MailParts, MailSection } from './mail-text';

const FONT = 'font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif';
/** Outlook has tables and no widths in style sheets: hence both, and its own comments. */
const TABLE = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"';
const MSO_BEGIN =
  '<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" align="center"><tr><td><![endif]-->';
const MSO_END = '<!--[if mso]></td></tr></table><![endif]-->';

/** What stands in each element, since many mail programs drop style sheets. */
const STYLE = {
  page: 'background-color:#f3f5f5',
  card: 'background-color:#ffffff;border:1px solid #dde2e3;border-radius:8px',
  ink: 'color:#14181a',
  ink2: 'color:#465055',
  line: 'border-bottom:1px solid #dde2e3',
} as const;

/** For those that keep them: the dark scheme of whoever reads in the dark, and small screens. */
const SHEET = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.page{background-color:#0e1112!important}
.card{background-color:#15191b!important;border-color:#2a3134!important}
.ink,.ink a{color:#e8eced!important}
.ink2,.ink2 a{color:#b5bec2!important}
.line{border-color:#2a3134!important}
.button{background-color:#1d6cab!important}
}
@media (max-width:480px){
.outer{padding:0!important}
.card{border-left:0!important;border-right:0!important;border-radius:0!important}
.inner{padding:24px 20px!important}
}`;

/** The HTML of a mail: nothing is fetched from anywhere, nothing runs, all that people typed is text. */
export function mailHtml(parts: MailParts, language: string): string {
  const { subject, greeting, paragraphs, sections = [], link, foot, unsubscribe } = parts;
  const small = foot.map((text) => `<p style="margin:0 0 8px">${escaped(text)}</p>`);
  if (unsubscribe) small.push(`<p style="margin:0 0 8px">${anchor(unsubscribe)}</p>`);
  return `<!doctype html>
<html lang="${escaped(language)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${escaped(subject)}</title><style>${SHEET}</style></head>
<body class="page" style="margin:0;padding:0;${STYLE.page};-webkit-text-size-adjust:100%">
<table ${TABLE} class="page" style="${STYLE.page}"><tr><td class="outer" align="center" style="padding:24px 12px">
${MSO_BEGIN}
<table ${TABLE} class="card" style="max-width:600px;margin:0 auto;${STYLE.card}"><tr><td class="inner ink" align="left" style="padding:32px;${FONT};font-size:16px;line-height:1.5;${STYLE.ink}">
${[greeting, ...paragraphs].map(paragraph).join('\n')}
${sections.map(section).join('\n')}
${link ? button(link) : ''}
<table ${TABLE}><tr><td class="line" style="padding-top:24px;font-size:0;line-height:0;${STYLE.line}">&nbsp;</td></tr>
<tr><td class="ink2" style="padding-top:16px;${FONT};font-size:13px;line-height:1.5;${STYLE.ink2}">
${small.join('\n')}</td></tr></table>
</td></tr></table>
${MSO_END}
</td></tr></table>
</body></html>
`;
}

function paragraph(text: string): string {
  return `<p style="margin:0 0 16px">${escaped(text)}</p>`;
}

function section({ heading, lines, sentence }: MailSection): string {
  const rows = lines.map(line).join('\n');
  const end = sentence === undefined ? '' : sentenceRow(sentence);
  return `<h2 class="ink" style="margin:24px 0 4px;${FONT};font-size:17px;line-height:1.4;font-weight:600;${STYLE.ink}">${escaped(heading)}</h2>
<table ${TABLE}>${rows}${end}</table>`;
}

function sentenceRow(text: string): string {
  return `<tr><td colspan="2" class="ink2" style="padding:8px 0;${FONT};font-size:15px;line-height:1.5;${STYLE.ink2}">${escaped(text)}</td></tr>`;
}

function line({ label, value, note, link, isTotal }: MailLine): string {
  const cell = `padding:8px 0;${FONT};font-size:15px;line-height:1.4;${isTotal === true ? 'font-weight:600;' : ''}${STYLE.line}`;
  const below = [note === undefined ? '' : escaped(note), link ? anchor(link) : '']
    .filter((each) => each !== '')
    .map(
      (each) =>
        `<br><span class="ink2" style="font-size:13px;font-weight:400;${STYLE.ink2}">${each}</span>`,
    );
  const first = `<td class="ink line" valign="top" style="${cell};${STYLE.ink}${value === undefined ? '" colspan="2' : ''}">${escaped(label)}${below.join('')}</td>`;
  if (value === undefined) return `<tr>${first}</tr>`;
  return `<tr>${first}<td class="ink line" align="right" valign="top" style="${cell};padding-left:16px;white-space:nowrap;${STYLE.ink}">${escaped(value)}</td></tr>`;
}

function anchor({ label, url }: MailLink): string {
  return `<a href="${escaped(url)}" style="color:inherit;text-decoration:underline">${escaped(label)}</a>`;
}

/** The address stands below, for whoever does not trust a button. */
function button({ label, url }: MailLink): string {
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:24px 0 16px"><tr>
<td class="button" bgcolor="#16598f" style="border-radius:6px;background-color:#16598f"><a href="${escaped(url)}" style="display:inline-block;padding:12px 20px;${FONT};font-size:16px;font-weight:600;color:#ffffff;text-decoration:none">${escaped(label)}</a></td>
</tr></table>
<p class="ink2" style="margin:0;font-size:13px;word-break:break-all;${STYLE.ink2}">${escaped(url)}</p>`;
}

/** Names are what people typed: none of it becomes markup. */
export function escaped(text: string): string {
  const names: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (letter) => names[letter] ?? letter);
}
