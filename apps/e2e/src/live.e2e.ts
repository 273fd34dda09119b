import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type Board, Product } from './product';

const CARD = '12345678';
const PASSWORD = 'correct horse battery';

let product: Product;
let board: Board;

test.beforeAll(async () => {
  product = await Product.start();
  await product.firstLogin(PASSWORD);
  board = await product.connectBoard();
  await board.ask(1, { action: 'startuse', uid: CARD });
  await board.ask(1, { action: 'stopuse', uid: CARD, duration: 60 });
});

test.afterAll(async () => {
  await board.end();
  await product.remove();
});

async function logIn(page: Page, password: string, at = product): Promise<void> {
  await page.goto(at.url);
  await page.getByLabel('Email').fill('admin@fablab.org');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}

test('the first login asks for a password of one’s own, and nothing works before', async ({
  page,
}) => {
  const fresh = await Product.start();
  try {
    await logIn(page, 'admin', fresh);
    const title = page.getByRole('heading', { name: 'Choose your password' });
    await expect(title).toBeVisible();
    await page.goto(`${fresh.url}/machines`);
    await expect(title).toBeVisible();
    await page.getByLabel('Current password', { exact: true }).fill('admin');
    await page.getByLabel('New password', { exact: true }).fill(PASSWORD);
    await page.getByLabel('New password, once more', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Save and go on' }).click();
    await expect(page.getByText('MACHINE1').first()).toBeVisible();
  } finally {
    await fresh.remove();
  }
});

test('a tap turns the tile green within a second, and the hours are right', async ({ page }) => {
  await logIn(page, PASSWORD);
  const tile = page.locator('[data-machine-id="1"]');
  await board.ask(1, { action: 'checkmachine' });
  await expect(tile).toHaveAttribute('data-status', 'free');

  await board.ask(1, { action: 'startuse', uid: CARD });
  await expect(tile).toHaveAttribute('data-status', 'in-use', { timeout: 1000 });
  await expect(tile).toContainText('admin');

  await board.ask(1, { action: 'stopuse', uid: CARD, duration: 3725 });
  await expect(tile).toHaveAttribute('data-status', 'free', { timeout: 1000 });
  await page.goto(`${product.url}/history`);
  await expect(page.getByRole('row').filter({ hasText: '1 h 02 min' })).toHaveCount(1);
  await page.goto(`${product.url}/machines`);
  await expect(page.getByRole('row').nth(1)).toContainText('1.1');
});

test('a page that lost its stream says so, and comes back by itself', async ({ page }) => {
  await logIn(page, PASSWORD);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await product.end();
  await expect(page.getByText(/No live data since/).first()).toBeVisible();
  await product.run();
  await expect(page.getByText('Live', { exact: true })).toBeVisible({ timeout: 20_000 });
  board = await product.connectBoard();
});

test('a lab that has nothing yet: each list says what to do first', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await logIn(page, PASSWORD);
  await expect(page.getByText('MACHINE1').first()).toBeVisible();
  for (const [path, word] of [
    ['boards', 'No boards yet'],
    ['maintenance', 'No maintenance plans yet'],
    ['interventions', 'No interventions yet'],
  ] as const) {
    await page.goto(`${product.url}/${path}`);
    await expect(page.getByText(word).locator('visible=true').first()).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  }
});

test('the language changes without a reload', async ({ page }) => {
  await logIn(page, PASSWORD);
  await expect(page.getByText('MACHINE1').first()).toBeVisible();
  await page.getByRole('button', { name: /Language/ }).click();
  await page.getByText('Italiano').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'it');
  await expect(page.getByRole('link', { name: 'Macchine' }).first()).toBeVisible();
});

test('the search opens by a key from anywhere and leads to what was found', async ({ page }) => {
  await logIn(page, PASSWORD);
  await expect(page.getByText('MACHINE1').first()).toBeVisible();
  for (const key of ['/', 'Control+k']) {
    await page.goto(`${product.url}/history`);
    await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
    await page.keyboard.press(key);
    const field = page.getByRole('combobox', { name: 'Search' });
    await expect(field).toBeFocused();
    await page.keyboard.type('machine');
    await expect(page.getByRole('option', { name: /MACHINE1/ })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(`${product.url}/machines/1`);
  }
});
