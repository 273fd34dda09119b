import { expect, type Page, test } from '@playwright/test';
import { type Board, Product } from './product';

const CARD = '12345678';
const PASSWORD = 'correct horse battery';
/** One more than the connections that a browser opens to a server. */
const TABS = 7;

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

async function logIn(page: Page): Promise<void> {
  await page.goto(product.url);
  await page.getByLabel('Email').fill('admin@fablab.org');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
}

const tile = (page: Page) => page.locator('[data-machine-id="1"]');
const allShow = (pages: readonly Page[], status: string, timeout: number) =>
  Promise.all(
    pages.map((page) => expect(tile(page)).toHaveAttribute('data-status', status, { timeout })),
  );

test('[16] seven tabs of one browser change together within a second', async ({ context }) => {
  const streams: string[] = [];
  context.on('request', (request) => {
    if (request.url().endsWith('/api/v1/live')) streams.push(request.url());
  });
  const first = await context.newPage();
  await logIn(first);
  const pages = [first];
  while (pages.length < TABS) {
    const page = await context.newPage();
    await page.goto(product.url);
    pages.push(page);
  }
  await allShow(pages, 'free', 15_000);

  await board.ask(1, { action: 'startuse', uid: CARD });
  await allShow(pages, 'in-use', 1000);
  expect(streams).toHaveLength(1);

  // The one that followed the stream is closed: another takes over, and none is lost.
  await first.close();
  await expect.poll(() => streams.length).toBe(2);
  const others = pages.slice(1);
  await expect(others[0]?.getByText('Live', { exact: true }) ?? tile(first)).toBeVisible();
  await board.ask(1, { action: 'stopuse', uid: CARD, duration: 5 });
  await allShow(others, 'free', 5000);
  await board.ask(1, { action: 'startuse', uid: CARD });
  await allShow(others, 'in-use', 1000);
  await board.ask(1, { action: 'stopuse', uid: CARD, duration: 5 });
  expect(streams).toHaveLength(2);
});

test('[21] a change keeps the place on the page and the focus', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 400 });
  await logIn(page);
  await expect(tile(page)).toHaveAttribute('data-status', 'free');
  const history = page.getByRole('link', { name: 'History' }).first();
  await history.focus();
  await page.evaluate(() => window.scrollTo(0, 150));
  const place = await page.evaluate(() => window.scrollY);
  expect(place).toBeGreaterThan(50);
  await board.ask(1, { action: 'startuse', uid: CARD });
  await expect(tile(page)).toHaveAttribute('data-status', 'in-use', { timeout: 1000 });
  expect(await page.evaluate(() => window.scrollY)).toBe(place);
  await expect(history).toBeFocused();
  await board.ask(1, { action: 'stopuse', uid: CARD, duration: 5 });
});
