/** What a mail says, before it has a form. */
export interface MailParts {
  readonly subject: string;
  /** 'Hello Marta,' */
  readonly greeting: string;
  readonly paragraphs: readonly string[];
  readonly link?: { readonly label: string; readonly url: string };
  /** Small print under a line. */
  readonly foot: readonly string[];
}

export interface MailContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Additional header lines: 'List-Unsubscribe'. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The same mail as text and as HTML that looks right without pictures, styles or scripts. */
export function mailContent(parts: MailParts, language: string): MailContent {
  return { subject: oneLine(parts.subject), text: asText(parts), html: asHtml(parts, language) };
}

/** A name with a line break must not begin another header. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function asText({ greeting, paragraphs, link, foot }: MailParts): string {
  const blocks = [greeting, ...paragraphs];
  if (link) blocks.push(`${link.label}:\n${link.url}`);
  return `${[...blocks, '-- ', ...foot].join('\n\n')}\n`;
}

const FONT = 'font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif';

function asHtml({ subject, greeting, paragraphs, link, foot }: MailParts, language: string) {
  const paragraph = (text: string) => `<p style="margin:0 0 16px">${escaped(text)}</p>`;
  const small = (text: string) => `<p style="margin:0 0 8px">${escaped(text)}</p>`;
  const button = link
    ? `<p style="margin:24px 0"><a href="${escaped(link.url)}" style="display:inline-block;` +
      `padding:12px 20px;border-radius:6px;background:#1d4ed8;color:#ffffff;font-weight:600;` +
      `text-decoration:none">${escaped(link.label)}</a></p>` +
      `<p style="margin:0 0 16px;font-size:13px;color:#555555;word-break:break-all">${escaped(link.url)}</p>`
    : '';
  return `<!doctype html>
<html lang="${escaped(language)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:24px;background:#f5f5f4;color:#1c1917;${FONT};font-size:16px;line-height:1.5">
<div style="max-width:560px;margin:0 auto;padding:32px;background:#ffffff;border:1px solid #e7e5e4;border-radius:8px">
${paragraph(greeting)}${paragraphs.map(paragraph).join('')}${button}
<div style="margin-top:32px;padding-top:16px;border-top:1px solid #e7e5e4;font-size:13px;color:#57534e">
${foot.map(small).join('')}</div>
</div></body></html>
`;
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
