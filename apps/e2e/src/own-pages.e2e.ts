import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { Product } from './product';

const ADMIN = 'admin@fablab.org';
const PASSWORD = 'correct horse battery';
const PLAIN = 'plain@fablab.org';
const CARD = '0badf00d';
const PHONE = { width: 360, height: 800 };

async function enter(page: Page, url: string, email: string): Promise<void> {
  await page.goto(`${url}/login`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
}

/** As the member does who was sent a link. */
async function setPassword(link: string, browser: Browser): Promise<void> {
  const page = await browser.newPage({ ignoreHTTPSErrors: true });
  await page.goto(link);
  await page.getByLabel('New password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('New password, once more', { exact: true }).fill(PASSWORD);
  await page.getByRole('main').getByRole('button').last().click();
  await page.getByText('Your password is set.').waitFor();
  await page.close();
}

/** Of this half minute, or of the one `later`: a code is good once. */
const codeOf = (secret: string, later = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: Date.now() + later * 30_000,
  });

async function expectNothingSerious(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact ?? ''));
  expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
}

test('an administrator who needs a second factor sets it up first, and logs in with it', async ({
  browser,
}) => {
  const product = await Product.start({ FABOMATIC_WEB_REQUIRE_SECOND_FACTOR: 'true' });
  try {
    await product.firstLogin(PASSWORD);
    const first = await browser.newContext({ viewport: PHONE, permissions: ['clipboard-write'] });
    const page = await first.newPage();
    await enter(page, product.url, ADMIN);
    await expect(page.getByText('Nothing else works before it is set up')).toBeVisible();
    for (const path of ['machines', 'system', 'account']) {
      await page.goto(`${product.url}/${path}`);
      await expect(page.getByRole('heading', { name: 'authenticator app' })).toBeVisible();
    }
    await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectNothingSerious(page);
    const secret = ((await page.locator('code').textContent()) ?? '').replaceAll(' ', '');
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const code = page.getByLabel('Code that the app shows now');
    await code.fill('000000');
    await page.getByRole('button', { name: 'Turn on' }).click();
    await expect(page.getByText('This code is not right.').first()).toBeVisible();
    await code.fill(codeOf(secret));
    await page.getByRole('button', { name: 'Turn on' }).click();

    const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    await expect(codes).toHaveCount(10);
    const recovery = (await codes.first().textContent()) ?? '';
    await expectNoSidewaysScroll(page);
    await expectNothingSerious(page);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as file' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('recovery-codes.txt');
    const goOn = page.getByRole('button', { name: 'Go on' });
    await expect(goOn).toBeDisabled();
    await page.getByLabel('I have kept the codes').check();
    await goOn.click();
    await expect(page).toHaveURL(`${product.url}/account`);
    await expect(page.getByText('10 recovery codes left')).toBeVisible();
    await first.close();

    const second = await browser.newContext();
    const again = await second.newPage();
    await enter(again, product.url, ADMIN);
    await expect(again.getByRole('heading', { name: 'One more step' })).toBeVisible();
    await again.getByLabel('Code').fill(codeOf(secret, 1));
    await again.getByRole('button', { name: 'Log in' }).click();
    await expect(again.getByRole('link', { name: 'Machines' })).toBeVisible();
    await again.goto(`${product.url}/account`);
    await expect(again.getByText('10 recovery codes left')).toBeVisible();
    await expect(again.getByRole('button', { name: 'Turn off' })).toHaveCount(0);
    await again.getByRole('link', { name: 'New recovery codes' }).click();
    await again.getByLabel('Code').fill(recovery);
    await again.getByRole('button', { name: 'Make new codes' }).click();
    await expect(again.getByRole('list', { name: 'Recovery codes' })).not.toContainText(recovery);
    await again.goBack();
    await expect(again.getByRole('heading', { name: 'Leave without the codes?' })).toBeVisible();
    await again.getByRole('button', { name: 'Stay' }).click();
    await again.getByLabel('I have kept the codes').check();
    await again.getByRole('button', { name: 'Go on' }).click();
    await expect(again.getByText('10 recovery codes left')).toBeVisible();
    await second.close();
  } finally {
    await product.remove();
  }
});

test.describe('a member without the portal', () => {
  let product: Product;

  test.beforeAll(async ({ browser }) => {
    product = await Product.start();
    const token = await product.firstLogin(PASSWORD);
    const role = await product.api<{ id: number }>('roles', token, {
      name: 'Guests',
      portalAccess: 'none',
    });
    const member = await product.api<{ id: number }>('members', token, {
      firstName: 'Ada',
      lastName: 'Plain',
      email: PLAIN,
      roleId: role.id,
      cards: [{ uid: CARD }],
    });
    await product.api('authorizations', token, { memberId: member.id, machineId: 1 });
    const board = await product.connectBoard();
    await board.ask(1, { action: 'startuse', uid: CARD });
    await board.ask(1, { action: 'stopuse', uid: CARD, duration: 3720 });
    await board.end();
    const link = await product.api<{ path: string }>(`members/${member.id}/password-link`, token, {
      how: 'show',
    });
    await setPassword(`${product.url}${link.path}`, browser);
  });
  test.afterAll(() => product.remove());

  test('[4] [S3] lands on their own page, sees nothing else, and nothing is refused', async ({
    page,
  }) => {
    const refused: string[] = [];
    page.on('response', (answer) => {
      if (answer.status() === 403) refused.push(answer.url());
    });
    page.on('console', (line) => {
      if (line.type() === 'error') refused.push(line.text());
    });
    await page.setViewportSize(PHONE);
    await enter(page, product.url, PLAIN);
    await expect(page).toHaveURL(`${product.url}/me`);
    await expect(page.getByRole('heading', { name: 'Ada Plain' })).toBeVisible();
    await expect(page.getByText('··F00D')).toBeVisible();
    await expect(page.getByText(CARD, { exact: false })).toHaveCount(0);
    await expect(page.getByText('MACHINE1')).toHaveCount(3); // may use, hours, use
    await expect(page.getByText('1 h 02 min').last()).toBeVisible();
    const entries = page.getByRole('navigation', { name: 'Main' }).getByRole('link');
    await expect(entries.locator('visible=true')).toHaveText(['My page', 'Account', 'More']);
    await expectNoSidewaysScroll(page);
    await expectNothingSerious(page);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download as JSON' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^member-\d+-data\.json$/);
    for (const path of ['machines', 'members', 'history', 'system', 'first-run', 'search']) {
      await page.goto(`${product.url}/${path}`);
      await expect(page.getByRole('heading', { name: 'not open to you' })).toBeVisible();
    }
    await page.getByRole('link', { name: 'My page' }).last().click();
    await expect(page.getByRole('heading', { name: 'Ada Plain' })).toBeVisible();
    expect(refused).toEqual([]);
  });

  test('ends a session elsewhere, and keeps the language with the account', async ({ browser }) => {
    const [here, there] = [await browser.newContext(), await browser.newContext()];
    const [page, other] = [await here.newPage(), await there.newPage()];
    await enter(other, product.url, PLAIN);
    await expect(other).toHaveURL(`${product.url}/me`);
    await enter(page, product.url, PLAIN);
    await page.getByRole('button', { name: 'Ada Plain' }).click();
    await page.getByRole('menuitem', { name: 'Account' }).click();
    await expect(page.getByText('Chrome on Linux')).not.toHaveCount(0);
    await expect(page.getByText('this one')).toHaveCount(1);
    await expectNothingSerious(page);
    await page.getByRole('button', { name: 'End all others' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End all others' }).click();
    await expect(page.getByText('All other sessions have ended')).toBeVisible();
    await other.reload();
    await expect(other.getByRole('button', { name: 'Log in' })).toBeVisible();

    await enter(other, product.url, PLAIN);
    await expect(other).toHaveURL(`${product.url}/me`);
    await page.reload();
    await page.getByRole('button', { name: /^End the session/ }).click();
    await expect(page.getByText('Ended: Chrome on Linux')).toBeVisible();
    await other.reload();
    await expect(other.getByRole('button', { name: 'Log in' })).toBeVisible();

    await page.getByRole('button', { name: 'Italiano' }).click();
    await expect(page.getByText('Lingua salvata')).toBeVisible();
    await enter(other, product.url, PLAIN);
    await expect(other.getByRole('heading', { name: 'I tuoi utilizzi' })).toBeVisible();
    await here.close();
    await there.close();
  });

  test('[9] the language is the browser’s until one is chosen, and then stays', async ({
    browser,
  }) => {
    const italian = await browser.newContext({ locale: 'it-IT' });
    const page = await italian.newPage();
    await page.goto(product.url);
    await expect(page.locator('html')).toHaveAttribute('lang', 'it');
    await page.getByRole('button', { name: 'Deutsch' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await page.reload();
    await expect(page.getByRole('button', { name: 'Anmelden' })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await italian.close();
  });
});
