import { freePort } from '@fabomatic/virtual-board';
import { expect, test } from '@playwright/test';
import { Product } from './product';

let product: Product;

test.beforeAll(async () => {
  const boardPort = String(await freePort());
  const port = String(await freePort());
  product = await Product.start(
    {
      FABOMATIC_FIRMWARE_BOARD_PORT: boardPort,
      FABOMATIC_FIRMWARE_PORT_FROM: port,
      FABOMATIC_FIRMWARE_PORT_TO: port,
    },
    ['--demo'],
  );
});

test.afterAll(() => product.remove());

test('an administrator gives a board new firmware and sees it come back', async ({ page }) => {
  test.setTimeout(90_000);
  await page.goto(product.url);
  await page.getByLabel('Email').fill('demo@fablab.org');
  await page.getByLabel('Password', { exact: true }).fill('fabomatic-demo');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('link', { name: 'Machines' }).first().click();
  await page.getByRole('link', { name: 'Firmware' }).click();
  await expect(page.getByText('fab-o-matic-1.4.0.bin').first()).toBeVisible();

  // At once, before the boards have told of themselves: none may be invited at another address.
  const board = page.locator('fab-section li', { hasText: '1.3.0' });
  await board.getByRole('checkbox', { disabled: false }).first().check({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Update the boards' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Update the boards' }).click();

  const progress = page.locator('fab-firmware-progress').first();
  await expect(progress).toContainText('updated', { timeout: 60_000 });
  await expect(progress).toContainText('1.3.0 → hardware-rev0-en_US,1.4.0');
});
