import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { DemoLab } from '../demo-lab';
import { DESK, PHONE, type Picture, PICTURES } from './pages';
import { withPalette } from './palette-png';

const FOLDER = resolve(import.meta.dirname, '../../../../docs/user/img');
/** Parts that come after the page: a chart that draws itself, an answer of the API. */
const SETTLE_MS = 700;

let lab: DemoLab;

test.beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  lab = await DemoLab.start();
});

test.afterAll(() => lab.product.remove());

/** The English manual in both themes; the Italian one has its own words in the pictures. */
const SETS = [
  { theme: 'light', language: 'en', locale: 'en-GB', ending: 'light' },
  { theme: 'dark', language: 'en', locale: 'en-GB', ending: 'dark' },
  { theme: 'light', language: 'it', locale: 'it-IT', ending: 'light-it' },
] as const;

for (const { theme, language, locale, ending } of SETS) {
  test(`every page, ${ending}`, async ({ browser }) => {
    const options = {
      ignoreHTTPSErrors: true,
      colorScheme: theme,
      locale,
      timezoneId: 'Europe/Rome',
    };
    const anybody = await browser.newContext(options);
    const member = await browser.newContext(options);
    const [outside, inside] = [await anybody.newPage(), await member.newPage()];
    await lab.logIn(inside);
    for (const picture of PICTURES) {
      for (const size of picture.sizes ?? [PHONE, DESK]) {
        const page = picture.isPublic ? outside : inside;
        await take(page, { ...picture, path: inLanguage(picture, language) }, size, ending);
      }
    }
    await anybody.close();
    await member.close();
  });
}

/** A screen on the wall speaks the lab's language, unless its address says otherwise. */
function inLanguage({ name, path }: Picture, language: string): string {
  return name === 'tv' ? `${path}?lang=${language}` : path;
}

async function take(
  page: Page,
  picture: Picture,
  [width, height]: readonly [number, number],
  ending: string,
): Promise<void> {
  await page.setViewportSize({ width, height });
  await lab.open(page, picture.path);
  await picture.prepare?.(page);
  await expect(page.locator('.ghost, [aria-busy="true"]')).toHaveCount(0);
  await page.waitForTimeout(SETTLE_MS);
  const png = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  writeFileSync(join(FOLDER, `${picture.name}-${width}-${ending}.png`), withPalette(png));
}
