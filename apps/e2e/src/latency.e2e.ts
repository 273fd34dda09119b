import { expect, test } from '@playwright/test';
import { Product } from './product';

const CARD = '12345678';
const PASSWORD = 'correct horse battery';
const TAPS = 40;

/**
 * From the moment at which a board publishes a start or a stop to its answer, and to the change of
 * the tile on an open dashboard. Prints the figures of docs/performance.md.
 */
test('a tap is answered and shown at once', async ({ page }) => {
  const product = await Product.start();
  try {
    await product.firstLogin(PASSWORD);
    const board = await product.connectBoard();
    await page.goto(product.url);
    await page.getByLabel('Email').fill('admin@fablab.org');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Log in' }).click();
    await board.ask(1, { action: 'checkmachine' });
    await expect(page.locator('[data-machine-id="1"]')).toHaveAttribute('data-status', 'free');
    await page.evaluate(watchTiles);

    const replyMs: number[] = [];
    const tileMs: number[] = [];
    for (let tap = 0; tap < TAPS; tap++) {
      const isStart = tap % 2 === 0;
      const said = isStart
        ? { action: 'startuse', uid: CARD }
        : { action: 'stopuse', uid: CARD, duration: 1 };
      const publishedAt = Date.now();
      await board.ask(1, said);
      replyMs.push(Date.now() - publishedAt);
      const status = isStart ? 'in-use' : 'free';
      await page.waitForFunction(
        ([wanted, count]) => {
          const changes = JSON.parse(document.body.dataset['changes'] ?? '[]') as [
            string,
            number,
          ][];
          return changes.length === count && changes.at(-1)?.[0] === wanted;
        },
        [status, tap + 1] as const,
      );
      const changes = JSON.parse(
        (await page.locator('body').getAttribute('data-changes')) ?? '[]',
      ) as [string, number][];
      tileMs.push((changes.at(-1)?.[1] ?? Infinity) - publishedAt);
    }
    process.stdout.write(
      `publish to reply: ${summary(replyMs)}; publish to tile: ${summary(tileMs)}\n`,
    );
    expect(Math.max(...replyMs)).toBeLessThan(1000);
    expect(Math.max(...tileMs)).toBeLessThan(1000);
    await board.end();
  } finally {
    await product.remove();
  }
});

/** Runs in the page: notes on the body when the tile was drawn with another status. */
function watchTiles(): void {
  const changes: [string, number][] = [];
  const shown = () =>
    document.querySelector('[data-machine-id="1"]')?.getAttribute('data-status') ?? null;
  let last = shown();
  // A tile that changes its group is made anew, so attributes alone do not tell.
  new MutationObserver(() => {
    const now = shown();
    if (now === null || now === last) return;
    last = now;
    changes.push([now, Date.now()]);
    document.body.dataset['changes'] = JSON.stringify(changes);
  }).observe(document.body, { attributeFilter: ['data-status'], childList: true, subtree: true });
}

function summary(milliseconds: number[]): string {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)];
  return `median ${at(0.5)} ms, 95 % within ${at(0.95)} ms`;
}
