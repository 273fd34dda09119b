import { expect, test } from '@playwright/test';
import { Product } from './product';

const CARD = '12345678';

test('[1] the status page and the TV are switched off', async ({ page }) => {
  const product = await Product.start();
  try {
    for (const path of ['status', 'tv']) {
      await page.goto(`${product.url}/${path}`);
      await expect(page.getByRole('heading', { name: 'This page is switched off' })).toBeVisible();
      await expect(page.getByText('MACHINE1')).toHaveCount(0);
    }
    for (const path of ['', 'machines', 'members', 'history', 'more', 'search', 'first-run']) {
      await page.goto(`${product.url}/${path}`);
      await expect(page.getByRole('button', { name: 'Log in' })).toBeVisible();
    }
  } finally {
    await product.remove();
  }
});

test('turned on, both are live, without names, and come back by themselves', async ({ page }) => {
  const product = await Product.start({
    FABOMATIC_PUBLIC_STATUS_PAGE: 'true',
    FABOMATIC_PUBLIC_TV: 'true',
  });
  try {
    let board = await product.connectBoard();
    await board.ask(1, { action: 'checkmachine' });
    const tile = page.locator('[data-machine-id="1"]');
    for (const path of ['status', 'tv']) {
      await page.goto(`${product.url}/${path}`);
      await expect(tile).toHaveAttribute('data-status', 'free');
      await board.ask(1, { action: 'startuse', uid: CARD });
      await expect(tile).toHaveAttribute('data-status', 'in-use', { timeout: 1000 });
      await expect(page.getByText('admin')).toHaveCount(0);
      await board.ask(1, { action: 'stopuse', uid: CARD, duration: 5 });
      await expect(tile).toHaveAttribute('data-status', 'free', { timeout: 1000 });
    }
    await board.end();
    await product.end();
    await expect(page.getByText(/No live data since/)).toBeVisible();
    await product.run();
    board = await product.connectBoard();
    await board.ask(1, { action: 'startuse', uid: CARD });
    await expect(tile).toHaveAttribute('data-status', 'in-use', { timeout: 30_000 });
    await expect(page.getByText(/Live, updated/)).toBeVisible();
    await board.end();
  } finally {
    await product.remove();
  }
});

test('the TV fills the screen and has no scroll bars', async ({ page }) => {
  const product = await Product.start({ FABOMATIC_PUBLIC_TV: 'true' });
  try {
    for (const [width, height] of [
      [1920, 1080],
      [1280, 720],
      [3840, 2160],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.goto(`${product.url}/tv?theme=dark&lang=it`);
      await expect(page.getByText('MACHINE1')).toBeVisible();
      await expect(page.locator('html')).toHaveAttribute('lang', 'it');
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
      const [w, h] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.scrollHeight,
      ]);
      expect([w, h]).toEqual([width, height]);
    }
  } finally {
    await product.remove();
  }
});
