import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { DemoLab } from './demo-lab';
import { DESK, PHONE, PICTURES } from './screenshots/pages';

/** Besides those that the manual shows. `:use`, `:plan` and so on stand for one of the demo lab. */
const MORE_PAGES = [
  { path: 'forgot-password', isPublic: true },
  { path: 'set-password?token=none', isPublic: true },
  { path: 'unsubscribe?token=none', isPublic: true },
  { path: 'machines/new' },
  { path: 'machine-types/:type' },
  { path: 'maintenance/:plan' },
  { path: 'interventions/:intervention' },
  { path: 'members/:member/edit' },
  { path: 'roles/:role' },
  { path: 'history/:use' },
  { path: 'system/jobs/purge' },
  { path: 'system/mails/weekly-summary' },
  { path: 'system/mails/test' },
  { path: 'system/audit/:entry' },
  { path: 'system/api-keys/new' },
  { path: 'not-allowed' },
  { path: 'nowhere' },
];

/** More than the longest page has: a focus that never comes round is found before that. */
const MAX_TABS = 400;

/** Of each table, that are looked at one by one. */
const ROWS = 8;

/**
 * Rules to which axe itself gives a moderate or minor impact, whatever they find: a quarter of its
 * time for what is not asked here.
 */
const NEVER_SERIOUS = [
  'aria-allowed-role',
  'aria-deprecated-role',
  'empty-heading',
  'empty-table-header',
  'form-field-multiple-labels',
  'heading-order',
  'html-xml-lang-mismatch',
  'image-redundant-alt',
  'landmark-banner-is-top-level',
  'landmark-contentinfo-is-top-level',
  'landmark-main-is-top-level',
  'landmark-no-duplicate-banner',
  'landmark-no-duplicate-contentinfo',
  'landmark-no-duplicate-main',
  'landmark-one-main',
  'landmark-unique',
  'meta-viewport',
  'meta-viewport-large',
  'no-autoplay-audio',
  'page-has-heading-one',
  'presentation-role-conflict',
  'region',
  'scope-attr-valid',
  'server-side-image-map',
  'skip-link',
  'table-duplicate-name',
];

test.describe.configure({ mode: 'parallel' });

let lab: DemoLab;
test.beforeAll(async () => {
  lab = await DemoLab.start();
});
test.afterAll(() => lab.product.remove());

/**
 * Each page is opened once: on a phone, then the window grows and the evening comes. Half of the
 * pages in one language of long words, half in another: what fits in these fits in English.
 */
const WALKS = [
  { locale: 'fr-FR', half: 0 },
  { locale: 'de-DE', half: 1 },
] as const;

for (const { locale, half } of WALKS) {
  test(`every page fits, has no barrier, and needs no mouse (${locale})`, async ({ browser }) => {
    test.setTimeout(600_000);
    const options = { ignoreHTTPSErrors: true, reducedMotion: 'reduce', locale } as const;
    const [anybody, member] = [
      await browser.newContext(options),
      await browser.newContext(options),
    ];
    const [outside, inside] = [await anybody.newPage(), await member.newPage()];
    await lab.logIn(inside);
    const found: string[] = [];
    const pages = [...PICTURES, ...MORE_PAGES].filter((_, n) => n % WALKS.length === half);
    for (const { path, isPublic, prepare } of pages.map(withPrepare)) {
      const page = isPublic ? outside : inside;
      await show(page, PHONE, 'light');
      await lab.open(page, path);
      await prepare?.(page);
      const onPhone = await sidewaysScroll(page);
      await fold(page);
      onPhone.push(...(await barriers(page)));
      await unfold(page);
      await show(page, DESK, 'dark');
      const onDesk = await sidewaysScroll(page);
      await fold(page);
      onDesk.push(...(await barriers(page)), ...(await mouseOnly(page)));
      onDesk.push(...(await unreachable(page)));
      found.push(...onPhone.map((problem) => `/${path} on a phone: ${problem}`));
      found.push(...onDesk.map((problem) => `/${path} on a desk: ${problem}`));
    }
    expect(found).toEqual([]);
    await anybody.close();
    await member.close();
  });
}

async function show(
  page: Page,
  [width, height]: readonly [number, number],
  colorScheme: 'light' | 'dark',
): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
}

/** Leaves the first rows of each table: the others are made as these are, and take their time. */
async function fold(page: Page): Promise<void> {
  await page.evaluate((rows) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`tbody tr:nth-child(n + ${rows + 1}) { display: none !important }`);
    document.adoptedStyleSheets.push(sheet);
  }, ROWS);
}

async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => document.adoptedStyleSheets.pop());
}

type Place = (typeof PICTURES)[number] | (typeof MORE_PAGES)[number];

function withPrepare(place: Place) {
  return { isPublic: false, prepare: undefined, ...place };
}

async function sidewaysScroll(page: Page): Promise<string[]> {
  const tooWide = () =>
    page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  // What was drawn for another size of the window is gone after a moment.
  if ((await tooWide()) > 0) await page.waitForTimeout(500);
  const px = await tooWide();
  return px > 0 ? [`scrolls ${px} px sideways`] : [];
}

/** What axe finds serious. Without frames: the only one shows a mail. */
async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .disableRules(NEVER_SERIOUS)
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** What shows a hand under the pointer and is neither part of a control nor of a label. */
async function mouseOnly(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isHand = (each: Element) => getComputedStyle(each).cursor === 'pointer';
    const controls = 'a[href], button, input, select, textarea, label, summary, [tabindex], option';
    return Array.from(document.querySelectorAll('body *'))
      .filter((each) => isHand(each) && each.closest(controls) === null)
      .filter(({ parentElement }) => parentElement === null || !isHand(parentElement))
      .filter((each) => each.querySelector(controls) === null)
      .map((each) => `only for a mouse: ${each.outerHTML.slice(0, 120)}`);
  });
}

/**
 * Controls that the tab key does not come to, of those that were there when it set out. The lab is
 * live: what moved out of its way meanwhile has a second chance.
 */
async function unreachable(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    const controls = 'a[href], button, input, select, textarea';
    for (const each of Array.from(document.querySelectorAll<HTMLElement>(controls))) {
      each.dataset['expected'] = '';
    }
    document.addEventListener('focusin', ({ target }) => {
      (target as HTMLElement).dataset['visited'] = '';
    });
  });
  await walkByTab(page);
  if ((await notVisited(page)).length > 0) await walkByTab(page);
  return notVisited(page);
}

async function walkByTab(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const each of Array.from(document.querySelectorAll<HTMLElement>('[data-visited]'))) {
      delete each.dataset['expected'];
      delete each.dataset['visited'];
    }
    (document.activeElement as HTMLElement | null)?.blur();
    window.scrollTo(0, 0);
  });
  let before = -1;
  for (let pressed = 0; pressed < MAX_TABS; pressed += 10) {
    await Promise.all(Array.from({ length: 10 }, () => page.keyboard.press('Tab')));
    const visited = await page.locator('[data-visited]').count();
    if (visited === before) return;
    before = visited;
  }
}

function notVisited(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLElement>('[data-expected]:not([data-visited])'))
      .filter((each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .filter((each) => !each.matches(':disabled') && each.tabIndex >= 0)
      .filter((each) => each.closest('[inert]') === null)
      // Of a group of radio buttons the tab key comes to one; the arrows reach the others.
      .filter((each) => (each as HTMLInputElement).type !== 'radio')
      .map((each) => `not by the tab key: ${each.outerHTML.slice(0, 160)}`),
  );
}
