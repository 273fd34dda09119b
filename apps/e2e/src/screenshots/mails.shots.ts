import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, expect, test } from '@playwright/test';
import { LANGUAGES } from '@fabomatic/i18n';
import { MAIL_KINDS, type MailKind, type MailPreview } from '@fabomatic/members';
import { DemoLab } from '../demo-lab';

/** Not kept: to be looked at after a change of mails or of their words. */
const FOLDER = resolve(import.meta.dirname, '../../../../test-results/mails');

/** At a desk in the light, on a phone in the dark. */
const LOOKS = [
  { name: 'desk', width: 640, colorScheme: 'light' },
  { name: 'phone', width: 360, colorScheme: 'dark' },
] as const;

let lab: DemoLab;

test.beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  lab = await DemoLab.start({ FABOMATIC_WEB_BASE_URL: 'https://fablab-lago.example.org' });
});
test.afterAll(() => lab.product.remove());

for (const kind of MAIL_KINDS) {
  test(`${kind}, in every language`, async ({ browser }) => {
    const mails = await Promise.all(
      LANGUAGES.map(({ code }) =>
        lab.get<MailPreview>(`system/mail-preview?kind=${kind}&language=${code}`),
      ),
    );
    for (const look of LOOKS) {
      const pictures = [];
      for (const { html } of mails) pictures.push(await pictureOf(browser, html, look));
      await writeSheet(browser, { kind, look, mails, pictures });
    }
  });
}

async function pictureOf(
  browser: Browser,
  html: string,
  { width, colorScheme }: (typeof LOOKS)[number],
): Promise<Buffer> {
  const context = await browser.newContext({ viewport: { width, height: 200 }, colorScheme });
  const page = await context.newPage();
  await page.setContent(html);
  // Nothing may be cut off at the side, however long the words of a language are.
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  const picture = await page.screenshot({ fullPage: true });
  await context.close();
  return picture;
}

/** All languages of a kind side by side, each below its subject. */
async function writeSheet(
  browser: Browser,
  {
    kind,
    look,
    mails,
    pictures,
  }: {
    kind: MailKind;
    look: (typeof LOOKS)[number];
    mails: readonly MailPreview[];
    pictures: readonly Buffer[];
  },
): Promise<void> {
  const columns = mails.map(({ subject, language }, index) => {
    const data = pictures[index]?.toString('base64') ?? '';
    return `<figure><figcaption><b>${language}</b> <span></span></figcaption>
      <img data-subject="${encodeURIComponent(subject)}" src="data:image/png;base64,${data}"></figure>`;
  });
  const page = await browser.newPage({
    viewport: { width: mails.length * (look.width + 20) + 20, height: 200 },
  });
  await page.setContent(`<style>body{display:flex;gap:20px;margin:20px;font:14px sans-serif}
    figure{margin:0}figcaption{height:3em;width:${look.width}px}</style>${columns.join('')}`);
  await page.evaluate(() => {
    document.querySelectorAll('img').forEach((img) => {
      const caption = img.parentElement?.querySelector('span');
      if (caption) caption.textContent = decodeURIComponent(img.dataset['subject'] ?? '');
    });
  });
  writeFileSync(
    join(FOLDER, `${kind}-${look.name}.png`),
    await page.screenshot({ fullPage: true }),
  );
  await page.close();
}
