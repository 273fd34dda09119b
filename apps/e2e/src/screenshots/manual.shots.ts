import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { Product } from '../product';
import { DESK, PHONE, type Picture, PICTURES } from './pages';
import { withPalette } from './palette-png';

const FOLDER = resolve(import.meta.dirname, '../../../../docs/user/img');
/** The login of the demo lab, as its banner says it. */
const LOGIN = { email: 'demo@fablab.org', password: 'fabomatic-demo' };
/** Parts that come after the page: a chart that draws itself, an answer of the API. */
const SETTLE_MS = 700;

let product: Product;
let ids: { machine: number; member: number };

test.beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  const settings = {
    FABOMATIC_LAB_NAME: 'FabLab Lago',
    FABOMATIC_PUBLIC_STATUS_PAGE: 'true',
    FABOMATIC_PUBLIC_TV: 'true',
    FABOMATIC_PUBLIC_NAMES: 'short',
    FABOMATIC_PUBLIC_REASONS: 'true',
  };
  product = await Product.start(settings, ['--demo']);
  const login = await product.api<{ accessToken: string }>('auth/login', undefined, LOGIN);
  type Found = Record<'machines' | 'members', { id: number }[]>;
  const found = async (q: string) => product.api<Found>(`search?q=${q}`, login.accessToken);
  ids = {
    machine: (await found('Laser')).machines[0]?.id ?? 1,
    member: (await found('Aiko')).members[0]?.id ?? 1,
  };
});

test.afterAll(() => product.remove());

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
    await logIn(inside);
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

async function logIn(page: Page): Promise<void> {
  await page.goto(`${product.url}/login`);
  await page.locator('input[type="email"]').fill(LOGIN.email);
  await page.locator('input[type="password"]').fill(LOGIN.password);
  await page.keyboard.press('Enter');
  await page.locator('[data-machine-id]').first().waitFor();
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
  const path = picture.path
    .replace(':machine', String(ids.machine))
    .replace(':member', String(ids.member));
  await page.goto(`${product.url}/${path}`);
  await page.waitForLoadState('load');
  await page.evaluate(() => document.fonts.ready);
  await picture.prepare?.(page);
  await expect(page.locator('.ghost, [aria-busy="true"]')).toHaveCount(0);
  await page.waitForTimeout(SETTLE_MS);
  const png = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  writeFileSync(join(FOLDER, `${picture.name}-${width}-${ending}.png`), withPalette(png));
}
